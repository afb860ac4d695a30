/** Where a touch stands and what that hangs on: what designers, people at the desk and the customer are told of it. Instants in epoch milliseconds. */
import { noWay } from '../budget/ask.ts';
import type { Tried } from '../budget/touch-ask.ts';
import { askedForLess } from '../budget/asked.ts';
import { theirChannels } from '../budget/rules/consent.ts';
import { pause, pausedByUs } from '../budget/rules/hold.ts';
import { theirHours } from '../budget/rules/quiet-hours.ts';
import type { Explanation } from '../budget/decision.ts';
import type { Channel } from '../journey/channels.ts';

export interface Standing {
  readonly state:
    'reserved' | 'deferred' | 'refused' | 'with-person' | 'sending' | 'sent' | 'failed' | 'unknown' | 'withdrawn';
  readonly channel: Channel | null;
  readonly sentAt: number | null;
  /** Sent, as far as anybody knows: nobody found out, and by the policy's rule it counts as sent. */
  readonly isAssumed?: boolean;
  /** Reserved: the latest instant it may be sent. Deferred: when it asks again. */
  readonly until: number | null;
  /** The customer's; null: it is not known. */
  readonly zone: string | null;
  readonly because: Because;
}

/** What stands in the way, in a closed list: nothing that a designer has named is in it. */
export type Reason =
  | 'stopped by us'
  | 'they stopped'
  | 'not agreed'
  | 'not the moment'
  | 'a person has it'
  | 'they paused'
  | 'the hour'
  | 'their hours'
  | 'their channels'
  | 'enough'
  | 'enough for all'
  | 'they asked for less'
  | 'just now'
  | 'others go first'
  | 'too many at once'
  | 'no way';

export interface Because {
  /** Null: nothing stands in the way. */
  readonly reason: Reason | null;
  /** The decision behind it; null: there was none to be made. */
  readonly explanation: Explanation | null;
}

export const nothing: Because = { reason: null, explanation: null };

/**
 * Of everything that one ask tried, what it came down to: the channel it waits for, or the first that was refused. `because`
 * is what was answered.
 */
export function becauseOf(tried: readonly Tried[], channel: Channel | null, because: string | null): Because {
  if (because === noWay) return { reason: 'no way', explanation: null };
  const decided = tried.flatMap((each) => ('decision' in each ? [each.decision] : []));
  const refused = decided.filter(({ decided: how }) => how !== 'allowed');
  const counts = refused.find(({ explanation }) => explanation.channel === channel) ?? refused[0];
  if (counts) return { reason: reasonOf(counts.explanation), explanation: counts.explanation };
  const [allowed] = decided;
  return allowed ? { reason: null, explanation: allowed.explanation } : nothing;
}

export function reasonOf({ gate, rule = '', over }: Explanation): Reason | null {
  switch (gate) {
    case 'kill switch':
      return 'stopped by us';
    case 'suppression':
      return 'they stopped';
    case 'consent':
      return rule.startsWith(theirChannels) ? 'their channels' : 'not agreed';
    case 'guard':
      return 'not the moment';
    case 'hold':
      if (rule.startsWith(pausedByUs)) return 'stopped by us';
      return rule === pause ? 'they paused' : 'a person has it';
    case 'quiet hours':
      return rule.startsWith(theirHours) ? 'their hours' : 'the hour';
    case 'windows':
      if (over !== undefined) return 'enough for all';
      return rule === askedForLess ? 'they asked for less' : 'enough';
    case 'spacing':
      return over === undefined ? 'just now' : 'enough for all';
    case 'priority':
      return 'others go first';
    case 'channel rate':
      return 'too many at once';
    case null:
      return null;
  }
}
