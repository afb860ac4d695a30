/** What the language can say and this engine cannot do yet. */
import type { Fault } from '../fault.ts';
import type { Journey } from '../table.ts';

const runs = ['touch', 'listen', 'pause', 'choose', 'escalate', 'promise', 'end', 'resume'];

export function runnableFaults(journey: Journey): readonly Fault[] {
  const entry = 'event' in journey.entry ? null : 'date' in journey.entry ? 'by date' : 'by audience';
  return [
    ...(entry === null
      ? []
      : [
          {
            problem: `This engine cannot begin runs ${entry} yet.`,
            mend: 'Enter it by an event, and post that event.',
          },
        ]),
    ...Object.entries(journey.steps)
      .filter(([, { kind }]) => !runs.includes(kind))
      .map(([step, { kind }]) => ({
        step,
        problem: `This engine cannot run \`${kind}\` yet.`,
        mend: 'It runs touch, listen, pause, choose, escalate, promise, goTo and end.',
      })),
  ];
}
