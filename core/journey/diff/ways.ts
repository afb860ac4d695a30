/** Where steps lead: ways that are new, gone, or lead elsewhere. An ending that only has another name is a change of wording. */
import type { TableStep } from '../table-steps.ts';
import type { Journey, StepId } from '../table.ts';
import { compare, same, type Change } from './change.ts';
import { quoted, star } from './say.ts';

/** Old id → new id of endings that stand where another stood. */
export type Renamed = ReadonlyMap<StepId, StepId>;

export function renamedEndings(before: Journey, after: Journey): Renamed {
  const renamed = new Map<StepId, StepId>();
  const endings = (of: Journey, not: Journey): StepId[] =>
    Object.keys(of.steps).filter((id) => id.startsWith('end:') && !Object.hasOwn(not.steps, id));
  const [gone, fresh] = [endings(before, after), endings(after, before)];
  for (const old of gone) {
    const places = waysTo(before, old);
    const stands = fresh.find((id) => places.length > 0 && same(waysTo(after, id), places));
    if (stands !== undefined && ![...renamed.values()].includes(stands)) renamed.set(old, stands);
  }
  return renamed;
}

/** 'remind silence', 'remind next': every place that leads to it. */
const waysTo = (journey: Journey, to: StepId): readonly string[] =>
  Object.entries(journey.steps).flatMap(([id, step]) =>
    Object.entries(waysOf(step)).flatMap(([arm, leads]) => (leads === to ? [`${id} ${arm}`] : [])),
  );

export const waysOf = (step: TableStep): Readonly<Record<string, StepId>> => ({
  ...(step.next === null ? {} : { next: step.next }),
  ...(step.goes ?? {}),
});

export function wayChanges(id: StepId, before: TableStep, after: TableStep, renamed: Renamed): readonly Change[] {
  const change = (kind: Change['kind'], says: string): Change => ({ about: 'step', name: id, kind, says });
  const { gone, fresh, kept } = compare(waysOf(before), waysOf(after));
  const now = (to: StepId): StepId => renamed.get(to) ?? to;
  // A choice that leads where one that is gone led is that one in other words.
  const reworded = fresh.flatMap(([arm, to]) => {
    const was = isSaid(after) ? gone.filter(([, old]) => now(old) === to) : [];
    const alone = was.length === 1 && fresh.filter(([, other]) => other === to).length === 1;
    return alone && was[0] ? [[was[0][0], arm] as const] : [];
  });
  const isReworded = (arm: string): boolean => reworded.some((pair) => pair.includes(arm));
  return [
    ...reworded.map(([was, is]) =>
      change('wording', `A change of wording: the choice ${quoted(was)} of ${star(id)} is now called ${quoted(is)}.`),
    ),
    ...gone.flatMap(([arm]) => (isReworded(arm) ? [] : [change('changed', lost(id, after, arm))])),
    ...fresh.flatMap(([arm, to]) => (isReworded(arm) ? [] : [change('changed', won(id, after, arm, to))])),
    ...kept.flatMap(([arm, was, is]) =>
      now(was) === is ? [] : [change('changed', `${from(id, after, arm)} comes ${star(is)} instead of ${star(was)}.`)],
    ),
  ];
}

/** Its arms are words that people read: buttons, and what another system answers are not the same. */
const isSaid = ({ kind }: TableStep): boolean => kind === 'escalate';

function from(id: StepId, step: TableStep, arm: string): string {
  if (arm === 'next') return `After ${star(id)}`;
  if (arm === 'silence') return `After silence at ${star(id)}`;
  if (arm === 'nobody') return `If nobody takes it at ${star(id)}, then`;
  if (arm === 'missed') return `If it is too late for ${star(id)}, then`;
  if (step.kind === 'listen') return `When ${star(id)} hears ${arm}, then`;
  return `After ${quoted(arm)} at ${star(id)}`;
}
const lost = (id: StepId, step: TableStep, arm: string): string =>
  step.kind === 'listen'
    ? `${star(id)} no longer listens for ${arm}.`
    : `${star(id)} no longer has a way for ${quoted(arm)}.`;
const won = (id: StepId, step: TableStep, arm: string, to: StepId): string =>
  step.kind === 'listen'
    ? `${star(id)} now also listens for ${arm}, which leads to ${star(to)}.`
    : `${star(id)} now has a way for ${quoted(arm)}, which leads to ${star(to)}.`;
