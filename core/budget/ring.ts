/**
 * The recent touches as they are stored: a JSON array of small arrays, with names that repeat written once. JSON is what
 * PostgreSQL and people can read; packed bytes were no faster to decode in Node.
 */
import { channels } from '../journey/channels.ts';
import type { RecentTouch, TouchState } from './types.ts';

const states = ['reserved', 'sending', 'sent', 'unknown'] as const satisfies readonly TouchState[];
/** [touchId, at, how long before it was reserved, cost, channel, purpose, journey, state]: names by their place in `names`. */
type Packed = readonly [string, number, number, number, number, number, number, number];
export interface PackedRing {
  /** Purposes and journeys. */
  readonly names: readonly string[];
  readonly touches: readonly Packed[];
}

export function encodeRing(recent: readonly RecentTouch[]): PackedRing {
  const names: string[] = [];
  const nameOf = (name: string): number => {
    const known = names.indexOf(name);
    return known >= 0 ? known : names.push(name) - 1;
  };
  const touches = recent.map((t): Packed => [
    t.touchId,
    t.at,
    t.at - t.reservedAt,
    t.cost,
    channels.indexOf(t.channel),
    nameOf(t.purpose),
    nameOf(t.journey),
    states.indexOf(t.state),
  ]);
  return { names, touches };
}

export function decodeRing({ names, touches }: PackedRing): RecentTouch[] {
  return touches.map(([touchId, at, sinceMs, cost, channel, purpose, journey, state]) => ({
    touchId,
    reservedAt: at - sinceMs,
    at,
    cost,
    channel: known(channels[channel], touchId),
    purpose: known(names[purpose], touchId),
    journey: known(names[journey], touchId),
    state: known(states[state], touchId),
  }));
}

function known<T extends string>(value: T | undefined, touchId: string): T {
  if (value === undefined)
    throw new RangeError(
      `The stored place of touch '${touchId}' names something unknown: was it written by a newer version?`,
    );
  return value;
}
