/** What has changed in one step, field by field. A field that has no sentence of its own is told plainly: nothing changes unseen. */
import { keptBy } from '../hears.ts';
import { sayRung, type LadderData } from '../ladder.ts';
import type { TableStep } from '../table-steps.ts';
import type { ConditionData, Fate, Reach, Rule } from '../table.ts';
import { compare, same, type Change } from './change.ts';
import {
  conditionInWords,
  fateInWords,
  instead,
  listed,
  plainly,
  quoted,
  reachInWords,
  ruleInWords,
  star,
  waiting,
} from './say.ts';

type Fields = Readonly<Record<string, unknown>>;
type Said = Pick<Change, 'kind' | 'says'>;
type Saying = (step: string, after: unknown, before: unknown) => Said;

const changed = (says: string): Said => ({ kind: 'changed', says });
const wording = (says: string): Said => ({ kind: 'wording', says });

const sayings: Readonly<Record<string, Saying>> = {
  until: (step, after, before) =>
    changed(`Customers at ${star(step)} will now wait ${insteadWaiting(String(after), String(before))}.`),
  every: (step, after, before) => changed(`${star(step)} now begins again every ${insteadMaybe(after, before)}.`),
  times: (step, after, before) =>
    changed(`${star(step)} now runs ${String(after)} times instead of ${String(before)}.`),
  due: (step, after, before) =>
    changed(`What ${star(step)} promises is now due in ${instead(String(after), String(before))}.`),
  within: (step, after, before) => changed(`At ${star(step)} a person now has ${insteadMaybe(after, before)}.`),
  say: (step, after, before) =>
    changed(`${star(step)} now says ${quoted(String(after))} instead of ${quoted(String(before))}.`),
  reach: (step, after, before) =>
    changed(`${star(step)} now goes by ${reachInWords(after as Reach)} instead of ${reachInWords(before as Reach)}.`),
  fate: (step, after, before) =>
    changed(
      `If ${star(step)} may not go out, it will now ${fateInWords(after as Fate)} instead of ${fateInWords(before as Fate)}.`,
    ),
  madeBy: (step, after) =>
    changed(
      `${star(step)} is now made by ${after === 'human' ? 'a person' : 'tech'} instead of ${after === 'human' ? 'tech' : 'a person'}.`,
    ),
  team: (step, after, before) =>
    changed(`${star(step)} is now with team ${quoted(String(after))} instead of ${quoted(String(before))}.`),
  because: (step, after, before) =>
    wording(
      `A change of wording: people at ${star(step)} now read ${quoted(String(after))} instead of ${quoted(String(before))}.`,
    ),
  about: (step, after, before) =>
    wording(
      `A change of wording: the note of ${star(step)} now reads ${quoted(String(after))} instead of ${quoted(String(before))}.`,
    ),
  ladder: (step, after, before) =>
    changed(`After the team of ${star(step)}, ${asked(after)} instead of ${asked(before).replace(' is asked', '')}.`),
  keptBy: (step, after, before) =>
    changed(`The promise of ${star(step)} is now kept by ${kept(after)} instead of ${kept(before)}.`),
  when: (step, after, before) =>
    changed(
      `${star(step)} now asks whether ${conditionInWords(after as ConditionData)}, instead of whether ${conditionInWords(before as ConditionData)}.`,
    ),
  by: (step, after, before) => changed(`${star(step)} now chooses by ${String(after)} instead of ${String(before)}.`),
};

/** Told elsewhere: where it leads, where it stands, and its rules. */
const elsewhere = new Set(['kind', 'next', 'goes', 'prefer', 'inside']);
/** What a wait hangs on is named by the wait itself. */
const moments = ['until', 'at', 'due'] as const;

export function fieldChanges(step: string, before: TableStep, after: TableStep): readonly Change[] {
  const was: Fields = { ...before };
  const is: Fields = { ...after };
  const isMoved = moments.some((name) => !same(was[name], is[name]));
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => !elsewhere.has(name));
  const said = names.flatMap((name): readonly Said[] => {
    if (same(was[name], is[name]) || (name === 'follows' && isMoved)) return [];
    const saying = is[name] === undefined || was[name] === undefined ? undefined : sayings[name];
    return [saying?.(step, is[name], was[name]) ?? other(step, name, is[name], was[name])];
  });
  return [...said, ...ruleChanges(step, rulesOf(before), rulesOf(after))].map((one) => ({
    about: 'step',
    name: step,
    ...one,
  }));
}

const other = (step: string, name: string, after: unknown, before: unknown): Said =>
  changed(`${star(step)}: '${name}' is now ${plainly(after)} instead of ${plainly(before)}.`);

const rulesOf = (step: TableStep): readonly Rule[] => ('prefer' in step ? (step.prefer ?? []) : []);

/** A rule is told apart by its words; one that means what another meant is that one in other words. */
export function ruleChanges(step: string, before: readonly Rule[], after: readonly Rule[]): readonly Said[] {
  const { gone, fresh, kept: both } = compare(byName(before), byName(after));
  const reworded = fresh.flatMap(([name, rule]) => {
    const was = gone.find(([, old]) => same({ ...old, because: '' }, { ...rule, because: '' }));
    return was ? [[was[0], name] as const] : [];
  });
  const isReworded = (name: string): boolean => reworded.some((pair) => pair.includes(name));
  const order = [...after].map((r) => r.because).filter((name) => both.some(([kept]) => kept === name));
  const orderWas = [...before].map((r) => r.because).filter((name) => both.some(([kept]) => kept === name));
  return [
    ...reworded.map(([was, is]) =>
      wording(`A change of wording: the rule ${quoted(was)} of ${star(step)} is now called ${quoted(is)}.`),
    ),
    ...gone.flatMap(([name]) =>
      isReworded(name) ? [] : [changed(`${star(step)} no longer has the rule ${quoted(name)}.`)],
    ),
    ...fresh.flatMap(([name, rule]) =>
      isReworded(name) ? [] : [changed(`${star(step)} has a new rule, ${quoted(name)}: ${ruleInWords(rule)}.`)],
    ),
    ...both.flatMap(([name, was, is]) =>
      same(was, is)
        ? []
        : [
            changed(
              `${star(step)}: the rule ${quoted(name)} now says: ${ruleInWords(is)}; before: ${ruleInWords(was)}.`,
            ),
          ],
    ),
    ...(same(order, orderWas)
      ? []
      : [changed(`${star(step)} now tries its rules in this order: ${listed(order.map(quoted), 'then')}.`)]),
  ];
}
const byName = (rules: readonly Rule[]): Readonly<Record<string, Rule>> =>
  Object.fromEntries(rules.map((rule) => [rule.because, rule]));

const insteadMaybe = (after: unknown, before: unknown): string =>
  typeof after === 'string' && typeof before === 'string'
    ? instead(after, before)
    : `${plainly(after)} instead of ${plainly(before)}`;
const insteadWaiting = (after: string, before: string): string => {
  const [is, was] = [waiting(after), waiting(before)];
  return is === after && was === before ? instead(after, before) : `${is} instead of ${was}`;
};
const kept = (said: unknown): string => listed(keptBy({ keptBy: said as string | readonly string[] }));
const asked = (ladder: unknown): string =>
  `${listed(
    (ladder as LadderData).map((rung) => quoted(sayRung(rung))),
    'then',
  )} is asked`;
