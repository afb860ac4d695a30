import { holds, valuesRead } from '../../journey/holds.ts';
import type { ChooseStep } from '../../journey/table-steps.ts';
import { countsOf, own, waitId, type Draft, type Move } from '../draft.ts';
import type { Counts } from '../commands.ts';
import type { Scalar } from '../inputs.ts';
import type { RunState } from '../state.ts';

/** Roots whose values live outside the run: they are read when needed, where the records are. */
const outside = /^(customer|now|history)\./;

export function enterChoose(d: Draft, step: ChooseStep): Move {
  const by = 'by' in step ? step.by : step.when;
  const paths = typeof by === 'string' ? [by] : valuesRead(by);
  if (!paths.some((path) => outside.test(path))) {
    const arm = armFor(by, Object.keys(step.goes), (path) => valueInRun(d.facts, countsOf(d), path));
    return arm === null ? step.next : (own(step.goes, arm) ?? step.next);
  }
  d.wait = { for: 'arm', id: waitId(d) };
  d.commands.push({
    do: 'find-arm',
    id: d.wait.id,
    step: d.step,
    by,
    arms: Object.keys(step.goes),
    facts: d.facts,
    counts: countsOf(d),
    team: d.journey.team,
  });
  return null;
}

/** The arm that a field's value or a condition leads to; null if there is none for it. Also asked where outside facts are read. */
export function armFor(
  by: ChooseStep extends infer S ? (S extends { by: infer B } ? B : S extends { when: infer W } ? W : never) : never,
  arms: readonly string[],
  valueOf: (path: string) => Scalar | undefined,
): string | null {
  const said = typeof by === 'string' ? named(valueOf(by)) : holds(by, valueOf) ? 'yes' : 'no';
  return arms.includes(said) ? said : null;
}
const named = (value: Scalar | undefined): string =>
  value === undefined ? 'unknown' : typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);

export function valueInRun(facts: RunState['facts'], counts: Counts, path: string): Scalar | undefined {
  const dot = path.indexOf('.');
  const [root, field] = [path.slice(0, dot), path.slice(dot + 1)];
  return root === 'run' ? counts[field as keyof Counts] : facts[root]?.[field];
}
