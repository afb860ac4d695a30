/** What the language can say and this engine cannot do yet. */
import type { Fault } from '../fault.ts';
import type { Entry, Journey } from '../table.ts';

/** They need a channel that this engine has not got yet. */
const conversations = ['ask', 'answer', 'offerCall'];

export function runnableFaults(journey: Journey): readonly Fault[] {
  return [
    ...timeFaults(journey.entry),
    ...Object.entries(journey.steps)
      .filter(([, { kind }]) => conversations.includes(kind))
      .map(([step, { kind }]) => ({
        step,
        problem: `This engine cannot run \`${kind}\` yet.`,
        mend: 'It runs every verb but ask, answer and offerCall.',
      })),
  ];
}

/** Its form is checked where it is read; that there is such a day and time, here. */
function timeFaults(entry: Entry): readonly Fault[] {
  if (!('audience' in entry)) return [];
  const time = new Date(`${entry.at.replace(' ', 'T')}:00Z`);
  const isThere = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(entry.at.replace(' ', 'T'));
  return isThere
    ? []
    : [
        {
          problem: `It begins at '${entry.at}', and there is no such time.`,
          mend: "Write a time as '2026-12-16 09:00'.",
        },
      ];
}
