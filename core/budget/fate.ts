/** What becomes of a touch that may not go out now. Fates are for refusals and certain failures, and for deferrals that a touch does not want to sit out. */
import { plainMs, readSpan } from '../journey/phrases.ts';
import type { Channel } from '../journey/channels.ts';
import type { Fate, Quiet } from '../journey/table.ts';
import type { Decision } from './decision.ts';

export type Refusal = Extract<Decision, { decided: 'deferred' | 'suppressed' }>;

export interface FateAsked {
  /** Why it may not go; 'failed' when a provider surely did not send it. */
  readonly decision: Refusal | 'failed';
  /** What is left of the touch's fate: the one that was given back when it was last applied. */
  readonly fate: Fate;
  /** The manner for quiet hours; 'wait' unless said otherwise. */
  readonly quiet?: Quiet;
  readonly firstAskedAt: number;
  readonly now: number;
}

export type Met =
  /** Ask again at `until`; `fate` holds if it may not go then either. */
  | { readonly then: 'wait'; readonly until: number; readonly fate: Fate }
  | { readonly then: 'substitute'; readonly channel: Channel; readonly fate: Fate }
  /** The next channel of its reach; with none left, apply the fate with `quiet: 'fate'`. */
  | { readonly then: 'next-channel'; readonly fate: Fate }
  /** Without a team: the touch's own. */
  | { readonly then: 'toHuman'; readonly team?: string }
  | { readonly then: 'drop' };

/**
 * In quiet hours the manner for them comes first, and 'wait' outlasts any fate: what is due at night is asked again in the
 * morning, and only then may another gate make it meet its fate.
 * `waitAtMost` is for gates that open by themselves and in time; otherwise the next fate holds at once.
 */
export function applyFate({ decision, fate, quiet = 'wait', firstAskedAt, now }: FateAsked): Met {
  const deferred = decision !== 'failed' && decision.decided === 'deferred' ? decision : null;
  if (deferred?.because === 'quiet hours') {
    if (quiet === 'wait') return { then: 'wait', until: deferred.explanation.opensAt ?? deferred.until, fate };
    if (quiet === 'next-channel') return { then: 'next-channel', fate };
  }
  return meet(fate, deferred?.until ?? null, firstAskedAt, now);
}

function meet(fate: Fate, until: number | null, firstAskedAt: number, now: number): Met {
  if (fate === 'drop') return { then: 'drop' };
  if (fate === 'toHuman') return { then: 'toHuman' };
  if (fate.fate === 'toHuman') return { then: 'toHuman', team: fate.team };
  if (fate.fate === 'substitute') return { then: 'substitute', channel: fate.channel, fate: fate.then };
  const inTime = until !== null && until <= firstAskedAt + waitMs(fate.atMost);
  return inTime ? { then: 'wait', until: Math.max(until, now), fate } : meet(fate.then, until, firstAskedAt, now);
}

/** The last instant up to which a touch of this fate waits; `firstAskedAt` itself if it does not. */
export function waitsUntil(fate: Fate, firstAskedAt: number): number {
  return typeof fate === 'object' && fate.fate === 'wait' ? firstAskedAt + waitMs(fate.atMost) : firstAskedAt;
}

function waitMs(atMost: string): number {
  const read = readSpan(atMost);
  const ms = read && plainMs(read);
  if (ms === null)
    throw new RangeError(
      `waitAtMost('${atMost}', …): expected a plain time such as '12 hours'; publishing refuses others`,
    );
  return ms;
}
