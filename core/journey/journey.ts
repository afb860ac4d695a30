/** A whole story: how it begins, its manners, its steps, what may interrupt or end it, and what must hold. */
import type { Condition } from './conditions.ts';
import type { ExpectationLike, WrongExpectation } from './expect.ts';
import type { Blame, Sound, Stray } from './blame.ts';
import type { Lexicon } from './lexicon.ts';
import type { Manners, MannersFault, RuleReads } from './manners.ts';
import type { MomentLike, WrongMoment } from './time-types.ts';
import type { Arms, Block, Said, SaidBy, Unlisted } from './step.ts';

/** Once for each thing the event names, or once for a customer at a time; `again` lets the same in again, that long after its last run. */
export interface ByEvent<L extends Lexicon> {
  readonly event: L['event'];
  readonly oncePer: L['id'] | 'customer' | (string & {});
  readonly only?: Condition;
  readonly again?: `after ${number} days`;
}
/** Once for each value of the date, one run at a time: '30 days before customer.renewsOn at 10:00'. */
export interface ByDate<L extends Lexicon> {
  readonly date: MomentLike<L>;
  readonly only?: Condition;
}
/** Once for everybody in a stored segment, at a moment of their own clock. */
export interface ByAudience<L extends Lexicon> {
  readonly audience: L['audience'];
  readonly at: `${number}-${number}-${number} ${number}:${number}`;
  readonly only?: Condition;
}

export interface JourneySpec<L extends Lexicon> extends Manners<L> {
  /** Told to whoever opens the drawing, the desk or the diff. */
  readonly story?: string;
  readonly entry?: ByEvent<L> | ByDate<L> | ByAudience<L>;
  readonly team?: L['team'];
  /** Reached, the run is over and has succeeded; splits are measured by it. */
  readonly goal?: L['event'];
  /** Events after which there is nothing left to do, and what has come of it. */
  readonly exits?: Readonly<Partial<Record<L['event'], string>>> | Readonly<Record<string, string>>;
  readonly steps?: Block;
  /** What interrupts whatever goes on. Where such a block runs out, the story is taken up where it was. */
  readonly anyTime?: Readonly<Partial<Record<L['event'], Block>>> | Arms;
  readonly expect?: readonly ExpectationLike[];
}

type Told<J> =
  Said<J extends { steps: infer B } ? B : never> | (J extends { anyTime: infer A } ? Said<A[keyof A]> : never);
type Keys<J, K extends string> = J extends Readonly<Record<K, infer A>> ? keyof A & string : never;
type Heard<J> =
  | (J extends { entry: { event: infer E extends string } } ? E : never)
  | Keys<J, 'exits'>
  | Keys<J, 'anyTime'>
  | (Told<J> extends infer F ? (F extends `hears ${infer E}` ? E : never) : never);
export interface Context {
  ids: string;
  heard: string;
  causes: string;
  has: string;
  purpose: unknown;
  goal: unknown;
}
/** What the whole journey offers to each of its steps. */
export interface In<L extends Lexicon, J> extends Context {
  ids: Told<J> extends infer F ? (F extends `has step ${infer I}` ? I : never) : never;
  heard: Heard<J>;
  causes: (Heard<J> & L['cause']) | (Told<J> extends infer F ? (F extends `has cause ${infer I}` ? I : never) : never);
  has: keyof J & string;
  purpose: J extends { purpose: infer P } ? P : never;
  goal: J extends { goal: infer G } ? G : never;
}

type AlwaysThere = 'customer' | 'run' | 'now' | 'history';
/** From a step's statement to a sentence for the designer, or to never. */
type Wrong<F, C extends Context> = F extends `needs fate in ${infer I}`
  ? 'fate' extends C['has']
    ? never
    : `Touch '${I}' has no fate. What if it may not go out? Add fate: 'toHuman' or 'drop' to it, or to the journey.`
  : F extends `needs reach in ${infer I}`
    ? 'reach' extends C['has']
      ? never
      : `Touch '${I}' has no reach. Add reach: ['email', 'sms'] to it, or to the journey.`
    : F extends `needs purpose in ${infer I}`
      ? 'purpose' extends C['has']
        ? never
        : `Touch '${I}' has no purpose. Add purpose: 'service' with its cause, 'marketing' or 'relationship' to it, or to the journey.`
      : F extends `leaves tech in ${infer I}`
        ? [C['purpose']] extends ['relationship']
          ? [C['purpose']] extends [never]
            ? never
            : `Touch '${I}' would be a relationship made by tech. Relationships are made by people: write madeBy: 'human', within: '2 business days', or another purpose.`
          : never
        : F extends `goes to ${infer T}`
          ? T extends C['ids']
            ? never
            : `goTo('${T}') leads nowhere: no step of this journey has that id.`
          : F extends `cites ${infer X} in ${infer I}`
            ? X extends C['causes']
              ? never
              : NoCause<X, `Touch '${I}'`, C>
            : F extends `reads ${infer R} in ${infer I}`
              ? R extends C['heard'] | AlwaysThere
                ? never
                : `'${I}' reads '${R}', which this journey never hears. Listen for it, or enter by it.`
              : F extends `measures ${infer I}`
                ? [C['goal']] extends [never]
                  ? `Split '${I}' is measured by the journey's goal, and it has none. Add goal: with an event.`
                  : never
                : never;
type NoCause<X extends string, I extends string, C extends Context> = X extends C['heard']
  ? `${I} cites '${X}', but words.ts does not list it among the events that give us a reason to write.`
  : `${I} cites '${X}', which is no event heard here, no promise and no escalation.`;

type NotOne = 'A journey is entered by an event, a date or an audience.';
/** The sentence about the entry, on the word of it that is wrong. */
type SoundEntry<L extends Lexicon, E> = E extends { event: infer V; oncePer: infer K }
  ? Sound<
      E,
      EventFault<L, V, K> | OnlyFault<E, V> | Stray<E, 'event' | 'oncePer' | 'again' | 'only', 'An entry by event'>
    >
  : E extends { date: infer M }
    ? Sound<E, DateFault<L, M> | OnlyFault<E, never> | Stray<E, 'date' | 'only', 'An entry by date'>>
    : E extends { audience: string }
      ? Sound<E, OnlyFault<E, never> | Stray<E, 'audience' | 'at' | 'only', 'An entry by audience'>>
      : NotOne;
type EventFault<L extends Lexicon, V, K> = V extends keyof L['ids']
  ? K extends L['ids'][V] | 'customer'
    ? never
    : Blame<'oncePer', `A run is told from others by '${L['ids'][V] & string}' of ${V & string}, or by 'customer'.`>
  : never;
type DateFault<L extends Lexicon, M> = [WrongMoment<L, M>] extends [never]
  ? M extends `${string}customer.${string}`
    ? never
    : Blame<'date', "A date to enter by is the customer's: '30 days before customer.renewsOn at 10:00'.">
  : Blame<'date', WrongMoment<L, M>>;
type OnlyFault<E, V> = E extends { only: Condition<infer R> }
  ? [Exclude<R, V | 'customer' | 'history' | 'now'>] extends [never]
    ? never
    : Blame<
        'only',
        `Nobody has entered yet, so '${Exclude<R, V | 'customer' | 'history' | 'now'>}' is not known: ask about the event that begins it, or the customer.`
      >
  : never;
type Strange<L extends Lexicon, J> =
  | (J extends { exits: infer A } ? Exclude<keyof A, L['event']> : never)
  | (J extends { anyTime: infer A } ? Exclude<keyof A, L['event']> | Unlisted<A> : never);
type Expects<J> = J extends { expect: readonly (infer R)[] } ? WrongExpectation<R> : never;
type HeadFault<L extends Lexicon, J, C extends Context> =
  | MannersFault<J>
  | Stray<J, keyof JourneySpec<L>, 'A journey'>
  | (J extends { cause: infer X extends string }
      ? X extends C['causes']
        ? never
        : string extends X
          ? never
          : Blame<'cause', NoCause<X, 'This journey', C>>
      : never)
  | (J extends { prefer: readonly (infer R)[] }
      ? [Exclude<RuleReads<R>, C['heard'] | AlwaysThere>] extends [never]
        ? never
        : Blame<
            'prefer',
            `A rule reads '${Exclude<RuleReads<R>, C['heard'] | AlwaysThere>}', which this journey never hears.`
          >
      : never);
type EntryFault<L extends Lexicon, J> = J extends { entry: infer E }
  ? E extends SoundEntry<L, E>
    ? never
    : Blame<'entry'>
  : never;
type AnyFault<L extends Lexicon, J, C extends Context> =
  Wrong<Told<J>, C> | HeadFault<L, J, C> | EntryFault<L, J> | Expects<J> | Strange<L, J>;

/** Puts each sentence on the step that is wrong, or on the step around it. */
type MarkedBlock<B, C extends Context> = {
  readonly [I in keyof B]: [Wrong<SaidBy<B[I]>, C>] extends [never] ? B[I] : Wrong<SaidBy<B[I]>, C>;
};
type MarkedEvents<L extends Lexicon, A, C extends Context> = {
  readonly [E in keyof A]: E extends Unlisted<A>['at']
    ? Extract<Unlisted<A>, { at: E }>['says']
    : E extends L['event']
      ? MarkedBlock<A[E], C>
      : `No event is called '${E & string}'. Events are taught in words.ts.`;
};
type MarkedRules<R> = {
  readonly [I in keyof R]: [WrongExpectation<R[I]>] extends [never] ? R[I] : WrongExpectation<R[I]>;
};
type Marked<L extends Lexicon, J, C extends Context> = {
  readonly [K in keyof J]: K extends HeadFault<L, J, C>['at']
    ? Extract<HeadFault<L, J, C>, { at: K }>['says']
    : K extends 'steps'
      ? MarkedBlock<J[K], C>
      : K extends 'anyTime' | 'exits'
        ? MarkedEvents<L, J[K], C>
        : K extends 'entry'
          ? SoundEntry<L, J[K]>
          : K extends 'expect'
            ? MarkedRules<J[K]>
            : J[K];
};
export interface JourneyNeeds {
  entry: "How does it begin? Add entry: { event: '…', oncePer: '…' }.";
  team: 'Whose journey is it? Add team: with a team of words.ts.';
  steps: 'What happens? Add steps: [ … ].';
}
export type SoundJourney<L extends Lexicon, J> = [Exclude<keyof JourneyNeeds, keyof J>] extends [never]
  ? Proved<L, J>
  : JourneyNeeds[Exclude<keyof JourneyNeeds, keyof J>];
type Proved<L extends Lexicon, J> = [AnyFault<L, J, In<L, J>>] extends [never] ? J : Marked<L, J, In<L, J>>;
