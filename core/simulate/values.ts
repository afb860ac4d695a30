/** What conditions, moments and templates read of a simulated customer. */
import { isOpen } from '../calendar/business.ts';
import { dayMs } from '../calendar/zone.ts';
import { momentAt } from '../calendar/moment.ts';
import { followed } from '../journey/phrases.ts';
import { fastest, sayRightWay } from '../journey/right-way.ts';
import type { Scalar } from '../journey/table.ts';
import { valueInRun } from '../run/steps/choose.ts';
import type { Counts } from '../run/commands.ts';
import type { RunState } from '../run/state.ts';
import { tell, type Draft } from './draft.ts';

export interface Known {
  readonly facts: RunState['facts'];
  readonly counts: Counts;
  readonly team: string;
}

export function valueOf(d: Draft, known: Known, path: string): Scalar | undefined {
  const dot = path.indexOf('.');
  if (path.slice(0, dot) === 'customer') return d.customer.fields[path.slice(dot + 1)];
  switch (path) {
    case 'now.teamIsOpen':
      return teamIsOpen(d, known.team);
    case 'now.fastest':
      return fastest(d.setting.channels, teamIsOpen(d, known.team) ?? false);
    case 'now.tasksAhead':
      return (
        d.customer.tasksAhead +
        d.tasks.filter(({ state, askedTeam }) => state === 'open' && askedTeam === known.team).length
      );
    case 'history.brokenPromises':
      return d.customer.brokenPromises + d.promises.filter(({ state }) => state === 'broken').length;
    case 'history.daysSincePerson':
      return daysSincePerson(d);
    default:
      return valueInRun(known.facts, known.counts, path);
  }
}

function teamIsOpen(d: Draft, team: string): boolean | undefined {
  const calendar = d.setting.calendarOf(team, d.now);
  return calendar ? isOpen(calendar, d.now) : undefined;
}

function daysSincePerson(d: Draft): number | undefined {
  const here = d.story.findLast(({ kind, says }) => kind === 'heard' && says.startsWith('A person answers'));
  if (here) return Math.floor((d.now - here.at) / dayMs);
  return d.customer.daysSincePerson ?? undefined;
}

/** The instant a phrase means for this customer; null, and a word in the story, if it cannot be found. */
export function instantOf(
  d: Draft,
  { said, from, team, facts }: { said: string; from: number; team: string; facts: RunState['facts'] },
): number | null {
  const root = followed(said);
  const values = root === 'customer' ? d.customer.fields : root === null ? {} : (facts[root] ?? {});
  const found = momentAt(said, {
    from,
    zoneOfCustomer: d.row.gates.zone,
    calendar: d.setting.calendarOf(team, from),
    fields: Object.fromEntries(Object.entries(values).map(([field, value]) => [`${String(root)}.${field}`, value])),
  });
  if (found.found) return found.at;
  tell(d, 'waits', `The moment '${said}' cannot be found (${found.because}): the wait is over at once.`);
  return null;
}

export const rightWay = (d: Draft, team: string): string =>
  sayRightWay(d.setting.channels, teamIsOpen(d, team) ?? false);
