/** Whether a company's own words hold together. */
import { readCalendar } from '../../calendar/business.ts';
import type { Fault } from '../fault.ts';
import { knownNames } from '../known-names.ts';
import { teamsOn, type LadderData } from '../ladder.ts';
import type { StoredWords } from '../stored-words.ts';

/** Things of the engine's own that an event may not be called: conditions read them by that name. */
const taken = ['customer', 'run', 'now', 'history', 'promise', 'silence', 'nobody'];

export function wordsFaults(words: StoredWords): readonly Fault[] {
  const names = knownNames(words);
  return [
    ...Object.entries(words.teams).flatMap(([team, { open, zone, ladder = [], daysOff = [], daysOn = [] }]) => {
      const calendar = readCalendar({ open, zone, holidays: new Set() });
      const wrong = calendar.ok ? [] : calendar.faults;
      return [
        ...wrong.map((problem) => ({
          problem: `Team '${team}': ${problem}.`,
          mend: "Mend it in words.ts: open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin'.",
        })),
        ...teamsOn(ladder).flatMap((other) => names.fault('team', other)),
        ...unended(team, ladder),
        ...daysFaults(team, { daysOff, daysOn }),
      ];
    }),
    ...words.causes.flatMap((cause) => names.fault('event', cause)),
    ...Object.keys(words.events)
      .filter((event) => taken.includes(event))
      .map((event) => ({
        problem: `An event cannot be called '${event}'.`,
        mend: `The engine uses the words ${taken.join(', ')} itself: choose another.`,
      })),
  ];
}

/** A ladder whose rungs say how long ends with a person by name: then somebody is told until somebody acts. */
function unended(team: string, ladder: LadderData): readonly Fault[] {
  const last = ladder.at(-1);
  if (typeof last !== 'object' || 'person' in last) return [];
  return [
    {
      problem: `Team '${team}': its ladder ends with the team '${last.team}', so in the end nobody by name is asked.`,
      mend: "End it with a person who is told until somebody acts: { to: named('Jo Meyer'), within: business('1 hour') }.",
    },
  ];
}

const isDay = (said: string): boolean => {
  const at = Date.parse(`${said}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(said);
};

function daysFaults(team: string, days: Readonly<Record<'daysOff' | 'daysOn', readonly string[]>>): readonly Fault[] {
  const none = Object.entries(days).flatMap(([key, all]) =>
    all
      .filter((day) => !isDay(day))
      .map((day) => ({ problem: `Team '${team}': ${key} has '${day}', which is no day.` })),
  );
  const both = days.daysOff
    .filter((day) => days.daysOn.includes(day))
    .map((day) => ({ problem: `Team '${team}': ${day} is a day off and a day on.` }));
  return [...none, ...both].map((fault) => ({
    ...fault,
    mend: "Write days of the calendar, each once: '2026-12-24'.",
  }));
}
