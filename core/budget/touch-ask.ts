/** One touch that asks for its place, and what it is answered. Instants in epoch milliseconds. */
import type { Channel } from '../journey/channels.ts';
import type { Fate, Quiet } from '../journey/table.ts';
import type { Decision, Warning } from './decision.ts';

/** A channel of the touch's reach. With `skipped` it is no way to this customer, and why. */
export interface Candidate {
  readonly channel: Channel;
  readonly address?: string;
  readonly skipped?: string;
  /** Keys of the shared rows in which a touch by it counts. */
  readonly countsIn?: readonly string[];
}

export interface TouchAsk {
  readonly touchId: string;
  /** Counts the times this touch asked, from 1. */
  readonly ask: number;
  readonly customerId: string;
  readonly journey: string;
  readonly purpose: string;
  readonly madeBy: 'tech' | 'human';
  readonly cause?: string;
  readonly assumes: readonly string[];
  /** Best first, found from the touch's reach. */
  readonly candidates: readonly Candidate[];
  /** The channels its fate may substitute, found likewise; one that is not listed here is no way to them. */
  readonly substitutes?: readonly Candidate[];
  readonly quiet?: Quiet;
  /** What is left of it. */
  readonly fate: Fate;
  readonly firstAskedAt: number;
  readonly answersInboundAt?: number;
  readonly sendWithinMs?: number;
  /** For channels without a token now, when they have one. */
  readonly rateOpensAt?: Readonly<Partial<Record<Channel, number>>>;
}

/** What was tried: either it was no way to the customer, or it was decided. */
export type Tried =
  { readonly channel: Channel; readonly skipped: string } | { readonly channel: Channel; readonly decision: Decision };

/** One plain sentence. What stands behind it is in the record. */
interface Told {
  readonly says: string;
}
export type AskAnswer = Told &
  (
    | {
        readonly is: 'reserved';
        readonly channel: Channel;
        readonly cost: number;
        /** The latest instant it may be sent. */
        readonly until: number;
        /** Soft caps that are passed; for a person's own message, all that would have stopped tech. */
        readonly warnings: readonly Warning[];
      }
    | {
        readonly is: 'deferred';
        readonly channel: Channel;
        readonly until: number;
        readonly because: string;
        readonly fate: Fate;
      }
    | { readonly is: 'to-human'; readonly team?: string; readonly because: string }
    | { readonly is: 'dropped'; readonly because: string }
  );

/** What is kept of one ask, for `why`. */
export interface AskRecord {
  readonly tried: readonly Tried[];
  readonly says: string;
}
