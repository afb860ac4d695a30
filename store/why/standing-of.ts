import { channels } from '../../core/journey/channels.ts';
import { becauseOf, nothing, type Standing } from '../../core/why/standing.ts';
import type { TouchTold } from './why.ts';

/** What the sentences for people at the desk and for the customer are made of. */
export function standingOf(
  { state, channel: by, sentAt, settledBy, until, asks }: TouchTold,
  zone: string | null,
): Standing {
  const last = asks.at(-1);
  const channel = channels.find((known) => known === by) ?? null;
  const because = last ? becauseOf(last.tried, channel, last.because) : nothing;
  return { state, channel, sentAt, isAssumed: settledBy?.by === 'rule', until, zone, because };
}
