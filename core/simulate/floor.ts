/** The floor: whoever wrote to us, or came to us otherwise, and hears nothing for `maxSilence` gets a person, whatever kept us silent. */
import { defaultOutcomes } from '../reply/nobody-listens.ts';
import { tell, type Draft } from './draft.ts';
import { giveToPerson, openTask } from './person.ts';
import { sayAt } from './say-at.ts';
import { after } from './spans.ts';
import type { SimTouch } from './types.ts';

/** `event`: what they came by; null: they wrote. Whoever waits already waits on. */
export function beginsToWait(d: Draft, event: string | null): void {
  const { journey, policy } = d.setting;
  d.waits ??= { since: d.now, event, dueAt: after(d.setting, journey.team, d.now, policy.maxSilence, 1) };
}

/** A service went out, somebody of ours answered, or a person was done with them. */
export function waitsNoLonger(d: Draft): void {
  d.waits = null;
}

/** Their time is up: whoever has a person already needs no other. */
export function giveSilent(d: Draft): void {
  const { waits } = d;
  d.waits = null;
  if (waits === null || openTask(d) !== null) return;
  const { since, event } = waits;
  const why = lastRefusal(d.touches, since);
  const came = event === null ? 'wrote to us' : `came to us (${event})`;
  tell(d, 'task', `They have heard nothing for ${d.setting.policy.maxSilence}: a person gets them.`);
  giveToPerson(d, {
    of: `silence/${String(since)}`,
    team: d.setting.journey.team,
    because: `They ${came} on ${sayAt(d, since)} and have heard nothing since${why === null ? '' : `. ${why}`}`,
    outcomes: defaultOutcomes,
    ofRun: false,
  });
}

function lastRefusal(touches: readonly SimTouch[], since: number): string | null {
  const asks = touches
    .filter(({ purpose, madeBy, state }) => purpose === 'service' && madeBy === 'tech' && state !== 'sent')
    .flatMap((touch) => touch.asks.filter(({ at }) => at >= since));
  return asks.toSorted((a, b) => a.at - b.at).at(-1)?.says ?? null;
}
