/** How often a customer may be touched, as data: published, versioned, and pinned with each journey's version. */
import type { Cost, Per, Policy, PolicyWindow } from '../budget/policy.ts';
import type { Channel } from './channels.ts';
import type { Blame, Sound, Stray } from './blame.ts';
import { frozen } from './frozen.ts';
import type { Lexicon } from './lexicon.ts';
import type { Duration, DurationFault, DurationSays, SpanFault, SpanLike } from './time-types.ts';

/** Which touches a rule is about; without a word, all of them. */
export interface About<L extends Lexicon> {
  readonly channels?: readonly Channel[];
  readonly purposes?: readonly L['purpose'][];
  /** Journeys by their names, and classes that this policy names. */
  readonly journeys?: readonly string[];
}
/** The cost of touches in any such span never exceeds the maximum; a `calendar` span is the customer's own day, week or month. */
export interface WindowSpec<L extends Lexicon> extends About<L> {
  readonly atMost: number;
  readonly in: SpanLike | 'calendar day' | 'calendar week' | 'calendar month';
  /** 'alert' lets it go out and tells the owners: for services, whose cap is soft. */
  readonly over?: 'refuse' | 'alert';
  /** Cost kept free for some purposes: others are refused that much sooner. */
  readonly keep?: { readonly cost: number; readonly for: readonly L['purpose'][] };
  /** Over one customer's touches, unless said: over those to one address, or to everybody of one account. */
  readonly per?: Per;
}
export type Window = PolicyWindow;
type WindowFault<L extends Lexicon, T> =
  | Stray<T, keyof WindowSpec<L>, 'A window'>
  | (T extends { in: infer S }
      ? S extends Duration | `calendar ${string}`
        ? never
        : Blame<'in', DurationSays>
      : never);

export interface PolicySpec<L extends Lexicon> {
  /** What a touch takes out of a customer's attention; `{ tech: 4, human: 2 }` where it matters who makes it. The turns of a chat or a call are free. */
  readonly cost: Readonly<Record<Channel, Cost>>;
  /** Journeys that windows, spacing and `first` speak of as one: { campaigns: ['offer', 'renewal'] }. */
  readonly classes?: Readonly<Record<string, readonly string[]>>;
  readonly windows: readonly [Window, ...Window[]];
  /** At least this long between two touches. */
  readonly spacing: readonly ({ readonly apart: SpanLike; readonly per?: Per } & About<L>)[];
  /** Hours of the customer's own clock in which nothing is sent; an answer to someone who wrote in the last ten minutes is. */
  readonly quiet: readonly ({
    readonly from: string;
    readonly to: string;
    readonly on?: readonly string[];
  } & Omit<About<L>, 'journeys'>)[];
  /** Who goes first when touches wait for the same place: purposes, single journeys and classes, best first. */
  readonly first: readonly (L['purpose'] | (string & {}))[];
  /** A touch that waits this long moves up one place, so that nobody waits for ever. */
  readonly risesEvery: SpanLike;
  /** Someone who waits for us this long gets a person, even if it was the budget that kept us silent. */
  readonly maxSilence: SpanLike;
  /** Events after which they wait for us, as they do after a message of theirs: an inquiry, a form. */
  readonly theyWaitAfter?: readonly Exclude<L['event'], 'customer-replied' | 'we-answered'>[];
  /** While a person has the conversation, tech is quiet; a hold that nobody ends, ends then. */
  readonly holdAtMost: SpanLike;
  /** What "less, please" means until the customer says otherwise. */
  readonly less: { readonly atMost: number; readonly in: SpanLike; readonly for: SpanLike };
  /** 'none': customers are not told who of us is about to make contact. */
  readonly introductions?: 'none';
  /** What a template may assume only if someone checked the customer's situation this recently. */
  readonly assumeOnlyIfChecked?: Readonly<Record<string, SpanLike>>;
  /**
   * A touch of which nobody knows whether it went out counts as sent so long after its send: '3 days', or a time for each channel that has
   * one. Without it only a receipt or a look-up settles it.
   */
  readonly unknownIsSentAfter?: SpanLike | Readonly<Partial<Record<Channel, SpanLike>>>;
  /** Which laws' hours are kept besides `quiet`: 'all' that may hold for a customer unless said otherwise; 'none', or some by name: 'US-FL'. */
  readonly legalHours?: 'all' | 'none' | readonly string[];
  readonly team: L['team'];
}
type PolicyFault<L extends Lexicon, T> =
  | SpanFault<T, 'maxSilence'>
  | SpanFault<T, 'holdAtMost'>
  | DurationFault<T, 'risesEvery'>
  | Stray<T, keyof PolicySpec<L>, 'A policy'>;

export interface PolicyWords<L extends Lexicon> {
  window<const T extends WindowSpec<L>>(name: string, what: Sound<T, WindowFault<L, T>>): Window;
  policy<const T extends PolicySpec<L>>(name: string, what: Sound<T, PolicyFault<L, T>>): Policy;
}
export const policyWords = {
  window: (name: string, what: object) => ({ name, ...what }),
  policy: (name: string, what: object) => frozen(JSON.parse(JSON.stringify({ format: 1, name, ...what })) as unknown),
};
