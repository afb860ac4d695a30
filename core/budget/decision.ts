/** What the budget is asked, and what it answers. All instants are epoch milliseconds. */
import type { Channel } from '../journey/channels.ts';
import type { Purpose } from './policy.ts';
import type { SharedKind, TouchState } from './row.ts';

export interface TouchRequest {
  readonly touchId: string;
  readonly customerId: string;
  readonly journey: string;
  readonly purpose: Purpose;
  readonly channel: Channel;
  /** 'human': an agent's own message. It is counted and warned about, never blocked. */
  readonly madeBy: 'tech' | 'human';
  /** Without a word, what the policy says this channel costs when it is made so. */
  readonly cost?: number;
  /** What the template takes for granted about the customer's situation. */
  readonly assumes: readonly string[];
  readonly cause?: string;
  /** When the message that this touch answers came in; within ten minutes the answer is a turn of the conversation. */
  readonly answersInboundAt?: number;
  /** When this touch was asked for the first time: rank rises from there. */
  readonly askedAt: number;
  /** How long after the reservation it may still be sent; 15 minutes unless said otherwise. */
  readonly sendWithinMs?: number;
  /** The next instant at which this channel has a token to send with, when it has none now. */
  readonly rateOpensAt?: number;
  /** Keys of the shared rows in which it counts beside its customer's own. */
  readonly countsIn?: readonly string[];
}

export type GateName =
  | 'kill switch'
  | 'suppression'
  | 'consent'
  | 'guard'
  | 'hold'
  | 'quiet hours'
  | 'windows'
  | 'spacing'
  | 'priority'
  | 'channel rate';

/** Where one window stands for this touch: `used` is what others take, `cost` what this one would add. */
export interface Counter {
  readonly window: string;
  readonly used: number;
  readonly cost: number;
  /** The maximum for this touch: what is kept for other purposes is taken off. */
  readonly atMost: number;
  readonly span: string;
  /** What it is counted over, if that is shared with others. */
  readonly over?: SharedKind;
  /** Classes of journeys that the window names. */
  readonly classes?: readonly string[];
}

/** Why it was decided so; stored with the touch, told by `explain`. */
export interface Explanation {
  /** The first gate in the fixed order that is closed; null when all are open. */
  readonly gate: GateName | null;
  /** Which rule of that gate, in its own words: a window's name, '21:00–08:00', a guard's fact. */
  readonly rule?: string;
  readonly policy: string;
  readonly policyVersion: number;
  readonly channel: Channel;
  readonly purpose: Purpose;
  readonly counters: readonly Counter[];
  /** What that rule counts over, if that is shared with others. */
  readonly over?: SharedKind;
  /** The touches that use the budget of the rule that decided. */
  readonly usedBy: readonly string[];
  /** Of those, who got the place after this touch had asked for it, or goes before it; left out if nobody did. */
  readonly wonBy?: readonly string[];
  /** When that gate alone opens; null: not by itself. */
  readonly opensAt: number | null;
  /** The earliest instant at which it would be allowed as things stand; null: not by waiting. */
  readonly earliest: number | null;
  /** What holds it last, if that is not the gate above. */
  readonly heldLastBy?: GateName;
  readonly zone: string | null;
  /** When it was decided. */
  readonly at: number;
}

export interface Warning {
  readonly gate: GateName;
  readonly rule: string;
}

export type Decision =
  | {
      readonly decided: 'allowed';
      readonly explanation: Explanation;
      /** A turn of a conversation: free, and bound by neither hours nor spacing. */
      readonly turn: boolean;
      /** Soft caps that are passed, and what a person should know before they send. */
      readonly warnings: readonly Warning[];
      /** It had its place already: this is an answer to a retry, and nothing was added. */
      readonly already?: TouchState;
    }
  | {
      readonly decided: 'deferred';
      readonly until: number;
      readonly because: GateName;
      readonly explanation: Explanation;
    }
  | { readonly decided: 'suppressed'; readonly because: GateName; readonly explanation: Explanation };
