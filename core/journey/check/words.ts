/** Whether a company's own words hold together. */
import { readCalendar } from '../../calendar/business.ts';
import type { Fault } from '../fault.ts';
import { knownNames } from '../known-names.ts';
import type { StoredWords } from '../stored-words.ts';

/** Things of the engine's own that an event may not be called: conditions read them by that name. */
const taken = ['customer', 'run', 'now', 'history', 'promise', 'silence', 'nobody'];

export function wordsFaults(words: StoredWords): readonly Fault[] {
  const names = knownNames(words);
  return [
    ...Object.entries(words.teams).flatMap(([team, { open, zone, ladder = [] }]) => {
      const calendar = readCalendar({ open, zone, holidays: new Set() });
      const wrong = calendar.ok ? [] : calendar.faults;
      return [
        ...wrong.map((problem) => ({
          problem: `Team '${team}': ${problem}.`,
          mend: "Mend it in words.ts: open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin'.",
        })),
        ...ladder.flatMap((other) => names.fault('team', other)),
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
