/** How we behave towards a customer. A journey states its manners once; a touch may differ. */
import type { Channel } from './channels.ts';
import type { Condition, Reads } from './conditions.ts';
import type { Complete, Blame, Sound, Stray } from './blame.ts';
import type { Lexicon, Root } from './lexicon.ts';
import type { Duration, DurationSays, SpanFault, SpanLike } from './time-types.ts';
import type { Fate, MadeBy, Quiet, Reach } from './table.ts';

export interface Manners<L extends Lexicon> {
  /** Whose customer this is: their calendar counts business time, their people are asked first. */
  readonly team?: L['team'];
  readonly purpose?: L['purpose'];
  /** What a service is for: an event heard here, a promise or an escalation. */
  readonly cause?: string;
  readonly reach?: Reach;
  /** What becomes of a touch that may not go out now. */
  readonly fate?: Fate<L['team']>;
  /** In quiet hours: wait until they end (the default), take the next channel of `reach`, or meet its fate. */
  readonly quiet?: Quiet;
  /** Exceptions to who and how, asked in order; for each of madeBy, reach and fate the first rule that fits decides. */
  readonly prefer?: readonly WrittenRule[];
}
export interface TouchSpec<L extends Lexicon> extends Manners<L> {
  /** The template: sent by tech, offered to a person as a draft. */
  readonly say?: L['template'];
  readonly madeBy?: MadeBy;
  /** By when a person makes it. */
  readonly within?: SpanLike;
  /** One of our people, shown with what they chose to share. Once per pair: known faces are not introduced again. */
  readonly introduces?: L['person'];
}

type Relationship = "Relationships are made by people: write madeBy: 'human', within: '2 business days'.";
export type MannersFault<T> =
  | CauseFault<T>
  | (T extends { reach: readonly [] } ? Blame<'reach', "Name at least one channel: reach: ['email']."> : never);
type CauseFault<T> = T extends { purpose: 'service' }
  ? T extends { cause: string }
    ? never
    : Blame<'purpose', 'A service cites its cause: add cause: with an event heard here, a promise or an escalation.'>
  : never;
type ByHuman<T> =
  | (T extends { madeBy: 'human' }
      ? T extends { within: string }
        ? SpanFault<T, 'within'>
        : Blame<'madeBy', "A person needs a time: add within: '1 business day'.">
      : never)
  | (T extends { within: string }
      ? T extends { madeBy: 'human' }
        ? never
        : Blame<'within', "Only a person needs a time: within goes with madeBy: 'human'.">
      : never);
export type SoundTouch<L extends Lexicon, T> = Complete<
  T,
  { say: "Say which template: say: 'inquiry-arrived'." },
  TouchFault<L, T>
>;
type TouchFault<L extends Lexicon, T> =
  | (T extends { purpose: 'relationship' }
      ? T extends { madeBy: 'human' }
        ? never
        : T extends { madeBy: 'tech' }
          ? Blame<'madeBy', Relationship>
          : Blame<'purpose', Relationship>
      : never)
  | MannersFault<T>
  | ByHuman<T>
  | Stray<T, keyof TouchSpec<L>, 'A touch'>;

type Needs<K extends string, Id extends string, T> =
  T extends Readonly<Record<K, unknown>> ? never : `needs ${K} in ${Id}`;
/**
 * What anything that contacts the customer says: which manners it leaves to the journey, what it cites and reads. An interface,
 * read as X[keyof X], because the compiler prints a named union by its name and this one by what it says.
 */
export interface MannersSaid<Id extends string, T> {
  step: `has step ${Id}`;
  fate: Needs<'fate', Id, T>;
  reach: Needs<'reach', Id, T>;
  purpose: Needs<'purpose', Id, T>;
  cause: T extends { cause: infer C extends string } ? `cites ${C} in ${Id}` : never;
  rules: T extends { prefer: readonly (infer R)[] } ? `reads ${RuleReads<R>} in ${Id}` : never;
  tech: T extends { purpose: string } | { madeBy: 'human' } ? never : `leaves tech in ${Id}`;
}
export interface TouchSaid<Id extends string, T> extends MannersSaid<Id, T> {
  face: T extends { introduces: infer P } ? `reads ${Root<P>} in ${Id}` : never;
}

// ── the chooser ─────────────────────────────────────────────────────────────
declare const reads: unique symbol;
export interface WrittenRule<R extends string = string> {
  readonly because: string;
  readonly [reads]: R;
}
export type RuleReads<R> = R extends WrittenRule<infer X> ? X : never;
/** A rule turns a touch towards people, another way to reach them, or another fate; never from a person to tech. */
export interface Choice<L extends Lexicon> {
  readonly madeBy?: 'human';
  readonly within?: SpanLike;
  readonly team?: L['team'];
  readonly reach?: Reach;
  readonly fate?: Fate<L['team']>;
}
type ChoiceFault<L extends Lexicon, R> = ByHuman<R> | Stray<R, keyof Choice<L>, 'A rule'>;

export interface MannersWords<L extends Lexicon> {
  /** An exception, named in the words that will explain it: rule('gold customers get a person', when(…), { madeBy: 'human', … }). */
  rule<C extends Condition, const R extends Choice<L>>(
    because: string,
    when: C,
    choice: Sound<R, ChoiceFault<L, R>>,
  ): WrittenRule<Reads<C>>;
  /** Hold it until it may go; after that time, the next fate. */
  waitAtMost<const D extends SpanLike>(
    atMost: D extends Duration ? D : DurationSays,
    then: Fate<L['team']>,
  ): Fate<L['team']>;
  /** Try this channel instead; if that may not be either, the next fate. */
  substitute(channel: Channel, then: Fate<L['team']>): Fate<L['team']>;
  /** A person makes it. Without a team, the journey's: fate: 'toHuman'. */
  toHuman(team: L['team']): Fate<L['team']>;
}
export const mannersWords = {
  rule: (because: string, when: Condition, choice: object) =>
    ({ because, when: when.if, ...choice }) as unknown as WrittenRule,
  waitAtMost: (atMost: string, then: Fate): Fate => ({ fate: 'wait', atMost, then }),
  substitute: (channel: Channel, then: Fate): Fate => ({ fate: 'substitute', channel, then }),
  toHuman: (team: string): Fate => ({ fate: 'toHuman', team }),
};
