/** The rule by which a touch of which nobody found out what came of it counts as sent: its place stays taken, and nobody asks any longer. */
import { dayMs, hourMs } from '../calendar/zone.ts';
import type { Channel } from '../journey/channels.ts';
import { plainMs, readSpan } from '../journey/phrases.ts';
import type { Policy } from './policy.ts';

/** Sooner, a receipt or a look-up would have no time to tell; later, nothing is remembered. */
const soonestMs = hourMs;
const latestMs = 90 * dayMs;

/** What `unknownIsSentAfter` means; null if it means nothing. */
export function readSentAfter(said: string): number | null {
  const read = readSpan(said);
  const ms = read && plainMs(read);
  return ms === null || ms < soonestMs || ms > latestMs ? null : ms;
}

/** As the policy says it of this channel; null: it has no such rule. */
export function saidSentAfter({ unknownIsSentAfter: said }: Policy, channel: Channel): string | null {
  return (typeof said === 'object' ? said[channel] : said) ?? null;
}

/** A rule as it held for one touch. Kept with the touch that it settled. */
export interface SentRule {
  /** After the fence instant, as it was said: '3 days'. */
  readonly after: string;
  readonly policy: string;
  readonly version: number;
}
