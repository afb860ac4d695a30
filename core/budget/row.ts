/** One customer's row: the touches that count, those that wait, and copies of what may stop one. All instants are epoch milliseconds. */
import type { Channel } from '../journey/channels.ts';
import type { Whereabouts } from './area.ts';
import type { Purpose } from './policy.ts';

/** reserved → sending → sent | unknown; a certain failure takes the touch out of the row. */
export type TouchState = 'reserved' | 'sending' | 'sent' | 'unknown';

export interface RecentTouch {
  readonly touchId: string;
  /** When its place was given; it cannot have been sent before. */
  readonly reservedAt: number;
  /** Reserved: the latest instant it may still be sent; past it the place is lost. From the fence on: the fence instant. */
  readonly at: number;
  readonly cost: number;
  readonly channel: Channel;
  readonly purpose: Purpose;
  readonly journey: string;
  readonly state: TouchState;
}

/** A deferred touch that still wants its place. */
export interface WaitingTouch {
  readonly touchId: string;
  readonly journey: string;
  readonly purpose: Purpose;
  readonly channel: Channel;
  readonly cost: number;
  readonly askedAt: number;
  /** When it was told to come back. */
  readonly until: number;
  /** From then on nobody makes way for it: its fate has held, or whoever asked for it is gone. */
  readonly givesUpAt: number;
}

/** Copies of what may stop a touch, changed in the same transaction as their records. */
export interface Gates extends Whereabouts {
  readonly consents: readonly { readonly channel: Channel; readonly purpose: Purpose; readonly granted: boolean }[];
  readonly suppressions: readonly { readonly channel: Channel | 'all'; readonly at: number; readonly reason: string }[];
  /** Sensitive facts. They hold until somebody lifts them: a review that is due lifts nothing. */
  readonly guards: readonly {
    readonly fact: string;
    readonly contradicts: readonly string[];
    readonly reviewAt: number;
  }[];
  /** What somebody found to be so, and when: the policy says for how long a template may assume it after that. */
  readonly checks?: readonly { readonly assumption: string; readonly at: number }[];
  /** A person has the conversation: automated touches other than services wait. */
  readonly hold: { readonly until: number; readonly taskId: string } | null;
  /** The same, said by hand and not by taking a task. */
  readonly held?: { readonly until: number; readonly by: string };
  /** Journeys that one of our people stopped for this customer, until then; null: until somebody lifts it. */
  readonly stopped?: readonly { readonly journey: string; readonly until: number | null; readonly by: string }[];
  /** The customer's zone by its IANA name; null when it is not known. */
  readonly zone: string | null;
  /** With an unknown zone: where they may be, by phone number, address and locale. Empty: we have no idea. */
  readonly zonesPlausible: readonly string[];
  /** What the customer asked of us; tightens the policy, never loosens it. Services are not held by it. */
  readonly own: OwnLimits | null;
  /** They wrote to us here: consent to a service in answer, on this channel, until then. */
  readonly inboundOpen: readonly { readonly channel: Channel; readonly until: number }[];
}

export interface OwnLimits {
  /** "Less, please": a further window over everything but services, until then. */
  readonly less?: { readonly atMost: number; readonly in: string; readonly until: number };
  /** "Not now": nothing but services until then. */
  readonly pausedUntil?: number;
  /** "Only at these hours": of their own clock, and of nothing but services. */
  readonly hours?: readonly OwnHours[];
  /** "Only by e-mail": services too, unless they write to us elsewhere. */
  readonly channels?: readonly Channel[];
}

/** From '09:00' to '18:00', within one day; without `on`, every day. */
export interface OwnHours {
  readonly from: string;
  readonly to: string;
  readonly on?: readonly string[];
}

/** A number is one phone, whether it is texted or called; a mailbox is an e-mail address. */
export type SharedKind = 'mailbox' | 'phone' | 'account';

/** What several customers have in common, with the touches to all of them. It is written only together with a customer's row. */
export interface SharedRow {
  /** Opaque: nothing of the address or the account can be read in it. */
  readonly key: string;
  readonly kind: SharedKind;
  readonly version: number;
  readonly recent: readonly RecentTouch[];
  /** Whose place is counted here, too, of whichever customer. */
  readonly waiting: readonly WaitingTouch[];
}

export interface BudgetRow {
  readonly customerId: string;
  /** Raised by every write; a write wins only on the version it read. */
  readonly version: number;
  readonly recent: readonly RecentTouch[];
  readonly waiting: readonly WaitingTouch[];
  readonly gates: Gates;
  /** Sorted by key; missing for most, who share nothing with anybody. */
  readonly shared?: readonly SharedRow[];
}

/** What our own people have stopped. Of segments, only those that this customer is in. */
export type Killed = readonly {
  readonly scope: 'all' | `journey:${string}` | `channel:${string}` | `segment:${string}` | `area:${string}`;
  readonly reason: string;
}[];
