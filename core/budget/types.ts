/** What the budget knows and answers. All instants are epoch milliseconds, all spans in a stored policy are written as they are said ('7 days'). */
import type { QuietRule } from '../calendar/quiet.ts';
import type { Channel } from '../journey/channels.ts';
import type { Whereabouts } from './area.ts';

/** 'service', 'relationship', 'marketing', and what teams add. */
export type Purpose = string;

// ── the policy, as published ────────────────────────────────────────────────

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
  readonly holdAtMost: string;
  readonly less: { readonly atMost: number; readonly in: string; readonly for: string };
  readonly assumeOnlyIfChecked?: Readonly<Record<string, string>>;
  /** Which laws' hours are kept: all that may hold for a customer, unless it says 'none' or names some ('US-FL', 'everywhere'). */
  readonly legalHours?: 'all' | 'none' | readonly string[];
}

// ── one customer's row ──────────────────────────────────────────────────────

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

// ── asking ──────────────────────────────────────────────────────────────────

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
