/** The policy as it is published; all spans are written as they are said ('7 days'). */
import type { QuietRule } from '../calendar/quiet.ts';
import type { Channel } from '../journey/channels.ts';

/** 'service', 'relationship', 'marketing', and what teams add. */
export type Purpose = string;

/** Which touches a rule is about; without a word, all of them. */
export interface About {
  readonly channels?: readonly Channel[];
  readonly purposes?: readonly Purpose[];
  /** Journeys, each by its own name or by the policy's name for its class. */
  readonly journeys?: readonly string[];
}

/** What a contact takes out of a customer's attention: the same whoever makes it, or each its own. */
export type Cost = number | { readonly tech: number; readonly human: number };

export interface PolicyWindow extends About {
  readonly name: string;
  /** The cost of touches in any such span never exceeds this. */
  readonly atMost: number;
  /** A plain duration up to 90 days ('7 days'), or 'calendar day', 'calendar week', 'calendar month' on the customer's clock. */
  readonly in: string;
  /** 'alert' lets the touch go out and tells the policy's team; 'refuse' is what is meant when nothing is said. */
  readonly over?: 'refuse' | 'alert';
  /** Cost kept free for some purposes: others are refused that much sooner. */
  readonly keep?: { readonly cost: number; readonly for: readonly Purpose[] };
  readonly per?: Per;
}

/**
 * Over whose touches a rule counts: one customer's (what is meant when nothing is said), those to one address whoever has
 * it, or those to everybody of one account. Nobody without an account has a limit per account.
 */
export type Per = 'customer' | 'address' | 'account';

/** At least `apart` (a plain duration) between two touches that the rule is about. */
export interface PolicySpacing extends About {
  readonly apart: string;
  readonly per?: Per;
}

/** The stored form of `policy(...)`; its version is given by whoever publishes it. */
export interface Policy {
  readonly format: 1;
  readonly name: string;
  readonly team: string;
  readonly cost: Readonly<Record<Channel, Cost>>;
  /** Journeys that rules and ranks speak of as one: 'campaigns' → its journeys. A journey may be in several. */
  readonly classes?: Readonly<Record<string, readonly string[]>>;
  readonly windows: readonly PolicyWindow[];
  readonly spacing: readonly PolicySpacing[];
  readonly quiet: readonly QuietRule[];
  /** Purposes, journeys and classes of them, best first: who goes first when touches wait for the same place. */
  readonly first: readonly string[];
  readonly risesEvery: string;
  readonly maxSilence: string;
  /** Events after which the customer waits for us, as they do after a message of theirs; without a word, none. */
  readonly theyWaitAfter?: readonly string[];
  readonly holdAtMost: string;
  readonly less: { readonly atMost: number; readonly in: string; readonly for: string };
  /** 'none': nobody of us is introduced before they make contact. */
  readonly introductions?: 'none';
  readonly assumeOnlyIfChecked?: Readonly<Record<string, string>>;
  /**
   * How long after its send a touch of which nobody knows whether it went out counts as sent, for all channels or each ('3 days', or
   * { email: '1 day' }). Where nothing is said it stays unknown until a receipt or a look-up tells.
   */
  readonly unknownIsSentAfter?: string | Readonly<Partial<Record<Channel, string>>>;
  /** Which laws' hours are kept: all that may hold for a customer, unless it says 'none' or names some ('US-FL', 'everywhere'). */
  readonly legalHours?: 'all' | 'none' | readonly string[];
}
