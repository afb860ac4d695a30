import { own } from '../run/draft.ts';
import { sayAt } from './say-at.ts';
import type { Setting, Sim } from './types.ts';

/** What the run waits for, in a sentence. */
export function sayWait(sim: Sim & { readonly setting: Setting }): string {
  const { run, setting } = sim;
  if (!run) return `Nothing has begun: ${setting.journey.name} waits for ${sayEntry(setting)}.`;
  if (run.ended) return `Over: ${run.ended.as}.`;
  const { step, wait } = run;
  const until = 'until' in wait && wait.until !== null ? ` until ${sayAt(sim, wait.until)}` : '';
  switch (wait.for) {
    case 'events': {
      const goes = own(setting.journey.steps, step)?.goes ?? {};
      const events = Object.keys(goes).filter((arm) => arm !== 'silence');
      return `${step}: listens for ${events.join(' or ')}${until}.`;
    }
    case 'time':
      return `${step}: pauses${until}.`;
    case 'place':
      return `${step}: the message waits for its place${until} (${wait.because}).`;
    case 'person':
      return `${step}: a person has the customer.`;
    case 'conversation':
      return `${step}: a conversation is open.`;
    case 'arm':
      return `${step}: another system is asked.`;
    case 'touch':
    case 'news':
    case 'end':
      return `${step}: on its way.`;
  }
}

function sayEntry({ journey: { entry } }: Setting): string {
  if ('event' in entry) return entry.event;
  return 'date' in entry ? `${entry.date} (enter)` : `the audience ${entry.audience} (enter)`;
}
