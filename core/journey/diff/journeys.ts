/** Two versions of a journey: its steps, where they lead, and what it says once for all. */
import type { Entry, Journey, StepId } from '../table.ts';
import { compare, same, type Change } from './change.ts';
import { fieldChanges } from './fields.ts';
import { inWords } from './kinds.ts';
import { conditionInWords, listed, plainly, quoted, star } from './say.ts';
import { renamedEndings, wayChanges } from './ways.ts';

export function journeyChanges(before: Journey, after: Journey): readonly Change[] {
  return [...ownChanges(before, after), ...stepChanges(before, after)];
}

function stepChanges(before: Journey, after: Journey): readonly Change[] {
  const renamed = renamedEndings(before, after);
  const { gone, fresh, kept } = compare(before.steps, after.steps);
  const change = (name: StepId, kind: Change['kind'], says: string): Change => ({ about: 'step', name, kind, says });
  const isNewName = (id: StepId): boolean => [...renamed.values()].includes(id);
  return [
    ...gone.flatMap(([id, step]) =>
      renamed.has(id) ? [] : [change(id, 'gone', `Gone: ${star(id)}, ${inWords(step)}.`)],
    ),
    ...fresh.flatMap(([id, step]) => (isNewName(id) ? [] : [change(id, 'new', `New: ${star(id)}, ${inWords(step)}.`)])),
    ...[...renamed].map(([was, is]) =>
      change(is, 'wording', `A change of wording: the ending ${quoted(bare(was))} is now called ${quoted(bare(is))}.`),
    ),
    ...kept.flatMap(([id, was, is]) =>
      was.kind === is.kind
        ? [...fieldChanges(id, was, is), ...wayChanges(id, was, is, renamed), ...placeChanges(id, was, is)]
        : [change(id, 'changed', `${star(id)} is another kind of step now: ${inWords(is)}. Before: ${inWords(was)}.`)],
    ),
  ];
}
const bare = (ending: StepId): string => ending.replace(/^end:/, '');

function placeChanges(id: StepId, was: Journey['steps'][string], is: Journey['steps'][string]): readonly Change[] {
  if (same(was.inside, is.inside)) return [];
  const place = (inside: readonly string[] | undefined): string =>
    inside === undefined || inside.length === 0
      ? 'in the story itself'
      : `within ${listed(inside.map(quoted), 'then')}`;
  return [
    {
      about: 'step',
      name: id,
      kind: 'changed',
      says: `${star(id)} now stands ${place(is.inside)} instead of ${place(was.inside)}.`,
    },
  ];
}

function ownChanges(before: Journey, after: Journey): readonly Change[] {
  const change = (kind: Change['kind'], says: string): Change => ({ about: 'journey', name: after.name, kind, says });
  const exits = compare(before.exits, after.exits);
  const anyTime = compare(before.anyTime, after.anyTime);
  return [
    ...(same(before.story, after.story)
      ? []
      : [change('wording', `A change of wording: its story now reads ${plainly(after.story)}.`)]),
    ...(same(before.entry, after.entry)
      ? []
      : [
          change(
            'changed',
            `It is now entered ${entryInWords(after.entry)}, instead of ${entryInWords(before.entry)}.`,
          ),
        ]),
    ...(before.team === after.team
      ? []
      : [change('changed', `Its team is now ${quoted(after.team)} instead of ${quoted(before.team)}.`)]),
    ...(before.start === after.start
      ? []
      : [change('changed', `It now begins with ${star(after.start)} instead of ${star(before.start)}.`)]),
    ...(before.goal === after.goal
      ? []
      : [change('changed', `Its goal is now ${after.goal ?? 'nothing'} instead of ${before.goal ?? 'nothing'}.`)]),
    ...exits.gone.map(([event]) => change('changed', `It no longer ends when ${event} happens.`)),
    ...exits.fresh.map(([event, as]) => change('changed', `It now ends as ${quoted(as)} when ${event} happens.`)),
    ...exits.kept.flatMap(([event, was, is]) =>
      was === is
        ? []
        : [
            change(
              'wording',
              `A change of wording: what has come of it when ${event} happens is now called ${quoted(is)} instead of ${quoted(was)}.`,
            ),
          ],
    ),
    ...anyTime.gone.map(([event]) => change('changed', `${event} no longer interrupts it.`)),
    ...anyTime.fresh.map(([event, to]) =>
      change('changed', `${event} now interrupts it, at any time, with ${star(to)}.`),
    ),
    ...anyTime.kept.flatMap(([event, was, is]) =>
      was === is ? [] : [change('changed', `When ${event} interrupts it, ${star(is)} comes instead of ${star(was)}.`)],
    ),
    ...(same(before.expect, after.expect)
      ? []
      : [change('changed', `It now expects ${plainly(after.expect)} instead of ${plainly(before.expect)}.`)]),
  ];
}

function entryInWords(entry: Entry): string {
  const only = entry.only ? `, only if ${conditionInWords(entry.only)}` : '';
  if ('event' in entry)
    return `by ${entry.event}, once per ${entry.oncePer}${entry.again === undefined ? '' : `, again ${entry.again}`}${only}`;
  if ('date' in entry) return `on ${entry.date}${only}`;
  return `for the audience ${quoted(entry.audience)} at ${entry.at}${only}`;
}
