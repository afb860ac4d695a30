/**
 * The recent touches as they are stored: a line of JSON for each, in the order in which they took their places. Lines are copied
 * as they are from one state of the row to the next, so that a write says what of the old text stays and what is new.
 */
import { channels } from '../journey/channels.ts';
import type { RecentTouch, TouchState } from './row.ts';

const states = ['reserved', 'sending', 'sent', 'unknown'] as const satisfies readonly TouchState[];
/** [touchId, at, how long before it was reserved, cost, channel, purpose, journey, state]. */
type Line = readonly [string, number, number, number, number, string, string, number];

/** ASCII only: an offset in characters is one in bytes. */
export const encodeRing = (recent: readonly RecentTouch[]): string => recent.map(lineOf).join('');

function lineOf(t: RecentTouch): string {
  const line: Line = [
    t.touchId,
    t.at,
    t.at - t.reservedAt,
    t.cost,
    channels.indexOf(t.channel),
    t.purpose,
    t.journey,
    states.indexOf(t.state),
  ];
  return `${JSON.stringify(line).replace(notAscii, escaped)},\n`;
}
const notAscii = /[^\0-\x7f]/g;
const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

export const decodeRing = (text: string): RecentTouch[] =>
  (JSON.parse(`[${text.slice(0, -2)}]`) as Line[]).map(touchOf);

const touchOf = ([touchId, at, sinceMs, cost, channel, purpose, journey, state]: Line): RecentTouch => ({
  touchId,
  reservedAt: at - sinceMs,
  at,
  cost,
  channel: known(channels[channel], touchId),
  purpose,
  journey,
  state: known(states[state], touchId),
});

function known<T extends string>(value: T | undefined, touchId: string): T {
  if (value === undefined)
    throw new RangeError(
      `The stored place of touch '${touchId}' names something unknown: was it written by a newer version?`,
    );
  return value;
}

/** The new text is `length` bytes of the old one, from `from` on (0 is its first), and then `added`. */
export interface RingChange {
  readonly from: number;
  readonly length: number;
  readonly added: string;
}

/** `text` is what `before` was decoded from. What has not changed is the same object in `after`: the rules of the budget copy no touch. */
export function ringChange(text: string, before: readonly RecentTouch[], after: readonly RecentTouch[]): RingChange {
  const first = after[0] === undefined ? -1 : before.indexOf(after[0]);
  let same = 0;
  while (same < after.length && after[same] === before[first + same]) same++;
  const from = endOfLines(text, first, 0);
  return { from, length: endOfLines(text, same, from) - from, added: encodeRing(after.slice(same)) };
}

/** Where `lines` lines end, counted from an offset. */
function endOfLines(text: string, lines: number, from: number): number {
  let at = from;
  for (let n = 0; n < lines; n++) at = text.indexOf('\n', at) + 1;
  return at;
}
