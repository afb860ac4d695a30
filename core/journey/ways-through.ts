/** Where a table of steps leads: what is reached, and what leads nowhere. */
import type { Fault } from './fault.ts';
import { nearest } from './nearest.ts';
import type { TableStep } from './table-steps.ts';
import type { StepId } from './table.ts';

interface Table {
  readonly start: StepId;
  readonly anyTime: Readonly<Record<string, StepId>>;
  readonly steps: Readonly<Record<StepId, TableStep>>;
}

/** Each step another leads to; `next` counts even where every outcome has an arm of its own. */
export const leadsTo = (step: TableStep): readonly StepId[] => [
  ...(step.next === null ? [] : [step.next]),
  ...Object.values(step.goes ?? {}),
];

/** Everything that can be reached from the start or from an interruption. */
export function reached({ start, anyTime, steps }: Table): ReadonlySet<StepId> {
  const found = new Set<StepId>();
  const waiting = [start, ...Object.values(anyTime)];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    const step = Object.hasOwn(steps, id) ? steps[id] : undefined;
    if (step) waiting.push(...leadsTo(step));
  }
  return found;
}

/** Steps nothing leads to, and ways that lead to no step. */
export function unreached(table: Table): readonly Fault[] {
  const ids = Object.keys(table.steps);
  const found = reached(table);
  const nowhere = [...found].filter((id) => !Object.hasOwn(table.steps, id));
  const alone = Object.entries(table.steps).flatMap(([id, { kind }]) =>
    found.has(id) || kind === 'resume' || kind === 'end' ? [] : [id],
  );
  return [
    ...nowhere.map((id) => ({
      problem: `goTo('${id}') leads nowhere: no step of this journey has that id.`,
      mend: nearest(id, ids) ?? 'Name a step of this journey.',
    })),
    ...alone.map((id) => ({
      step: id,
      problem: `Step '${id}' can never be reached: it stands after an end or a goTo, and no goTo names it.`,
      mend: `Lead to it with goTo('${id}'), move it up, or take it out.`,
    })),
  ];
}
