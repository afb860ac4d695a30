/** The verbs. Each is verb('id', what, { outcome: [steps] }): an id, what to do, and what may come of it. `[]` goes on below. */
import type { Condition, Field, Reads } from './conditions.ts';
import type { Complete, Blame, Sound, Stray } from './blame.ts';
import type { ArmsOf, Lexicon, Root } from './lexicon.ts';
import type { Manners, MannersFault, MannersSaid, SoundTouch, TouchSaid, TouchSpec } from './manners.ts';
import type {
  DurationFault,
  MomentFault,
  MomentLike,
  MomentRoot,
  SpanFault,
  SpanLike,
  WrongMoment,
} from './time-types.ts';
import type { Arms, Block, Said, SaidIn, Step, Unlisted } from './step.ts';

type Checked<M, Wrong> = [Wrong] extends [never] ? M : Wrong;

// ── listen, choose ──────────────────────────────────────────────────────────
type Unheard<L extends Lexicon, A> = {
  [K in Exclude<keyof A, L['event'] | 'silence'> & string]: Blame<
    K,
    `No event is called '${K}'. Events are taught in words.ts.`
  >;
}[Exclude<keyof A, L['event'] | 'silence'> & string];
export interface NeedsSilence {
  silence: 'Listening ends at some time. Say what silence means: silence: [ … ].';
}

type Answers<L extends Lexicon, By> = By extends Condition
  ? 'yes' | 'no'
  : By extends keyof L['values']
    ? ArmsOf<L['values'][By]>
    : never;
type WrongChoice<L extends Lexicon, By> = By extends L['path']
  ? `'${By}' has too many values for an arm each. Ask a question of it: when('${By}', atLeast(…)).`
  : Field<L, By>;
/** Lets the editor offer the arms there are; which ones there must be is checked after. */
type ArmsFor<K extends string> = Readonly<Partial<Record<K, Block>>> | Arms;
type Missing<M> = M extends string
  ? `An arm is missing: '${M}'. Write '${M}': [], if nothing is to be done then.`
  : never;
type Extra<A, Known> = {
  [K in Exclude<keyof A, Known> & string]: Blame<K, `'${K}' cannot be the answer here.`>;
}[Exclude<keyof A, Known> & string];
/** One arm for each possible answer, no more: a new value in words.ts fails to compile until every journey has an arm for it. */
type Exactly<A, Known> = [Exclude<Known, keyof A>] extends [never]
  ? Sound<A, Extra<A, Known> | Unlisted<A>>
  : Missing<Exclude<Known, keyof A>>;

// ── people and promises ─────────────────────────────────────────────────────
export interface EscalateSpec<L extends Lexicon> {
  readonly because?: string;
  readonly within?: SpanLike;
  readonly team?: L['team'];
  readonly ladder?: readonly L['team'][];
}
export interface EscalateNeeds {
  because: "Say why, for whoever opens the task: because: '…'.";
  within: "How soon must somebody take it? Add within: '4 business hours'.";
}
export interface NeedsNobody {
  nobody: 'What if nobody takes it? Add nobody: [ … ].';
}
export interface PromiseSpec<L extends Lexicon> {
  /** By when. '2 business days', or a moment that may move: '2 hours after appointment-set.startsAt'. */
  readonly due?: MomentLike<L>;
  readonly keptBy?: L['event'] | readonly L['event'][];
  /** If it will not be kept: what is said, how long before, how much more time, how often. Then a person takes over. */
  readonly renew?: {
    readonly say: L['template'];
    readonly ahead: SpanLike;
    readonly more: SpanLike;
    readonly times: number;
  };
  readonly team?: L['team'];
}
export interface PromiseNeeds {
  due: "A promise names its time: due: '2 business days'.";
  keptBy: 'What keeps this promise? Add keptBy: with an event.';
}
type RenewFault<T> = T extends { renew: { ahead: infer A; more: infer M } }
  ? SpanFault<{ readonly renew: A | M }, 'renew'>
  : never;
export interface RemindSpec<L extends Lexicon> {
  readonly at?: MomentLike<L>;
  readonly about?: string;
  readonly team?: L['team'];
}
export interface RemindNeeds {
  at: "When? Add at: '3 days'.";
  about: "Of what? Add about: '…'.";
}

// ── conversations ───────────────────────────────────────────────────────────
export interface Conversation<L extends Lexicon> extends Manners<L> {
  /** How long they may be silent. */ readonly waits?: SpanLike;
}
export interface NeedsWaits {
  waits: "How long may they be silent? Add waits: '1 day'.";
}
export interface AskSpec<L extends Lexicon> extends Conversation<L> {
  readonly questions?: readonly Question[];
  readonly say?: L['template'];
}
export interface AskNeeds extends NeedsWaits {
  questions: "Ask something: questions: [question('customer.…', '…')].";
}
export interface AnswerSpec<L extends Lexicon> extends Conversation<L> {
  readonly from?: L['articles'];
  /** 0 to 1; below it, the machine is unsure. */ readonly sureAt?: number;
}
export interface AnswerNeeds extends NeedsWaits {
  from: 'Which articles? Add from: with a collection taught in words.ts.';
  sureAt: 'How sure must it be? Add sureAt: 0.8.';
}
export interface OfferCallSpec<L extends Lexicon> extends Conversation<L> {
  readonly say?: L['template'];
  readonly slots?: number;
  readonly length?: SpanLike;
}
export interface OfferCallNeeds extends NeedsWaits {
  say: "Say which template offers the call: say: '…'.";
  slots: 'How many times to choose from? Add slots: 3.';
}
type TalkFault<T, Spec, What extends string> =
  | (T extends { purpose: 'relationship' }
      ? Blame<'purpose', 'Relationships are made by people, and tech holds this conversation: give it another purpose.'>
      : never)
  | (T extends { questions: readonly [] } ? Blame<'questions', AskNeeds['questions']> : never)
  | SpanFault<T, 'waits'>
  | MannersFault<T>
  | Stray<T, keyof Spec, What>;
type AskArms = 'lost' | 'silence';
type AnswerArms = 'helped' | 'unsure' | 'silence';
type CallArms = 'talked' | 'declined' | 'missed' | 'silence';
type ToAPerson<A> = A extends { unsure: infer B }
  ? Extract<Said<B>, 'reaches a person' | `goes to ${string}`> extends never
    ? Blame<'unsure', 'A person takes over when the machine is unsure: escalate here, or goTo where one does.'>
    : never
  : never;

declare const reads: unique symbol;
export interface Question<R extends string = string> {
  readonly field: string;
  readonly text: string;
  readonly [reads]: R;
}
type QuestionReads<Q> = Q extends readonly (infer I)[] ? (I extends Question<infer R> ? R : never) : never;

// ── other systems ───────────────────────────────────────────────────────────
type NeedsOf<N, S> = S extends keyof N ? (N[S] extends { needs: infer F } ? F : never) : never;
type AnswersOf<N, S> = S extends keyof N ? (N[S] extends { answers: infer A } ? A & string : never) : never;
type Given = Readonly<Record<string, string>>;
/** Every need is given a field of the right kind, and nothing else is. */
type Fitting<L extends Lexicon, G, F, S extends string> = Complete<
  G,
  { [K in keyof F & string]: `'${S}' needs its '${K}'.` },
  Unfit<L, G, F, S>
>;
type Unfit<L extends Lexicon, G, F, S extends string> = {
  [K in keyof G & string]: K extends keyof F ? Fits<L, G[K], F[K], K> : Blame<K, `'${S}' does not need '${K}'.`>;
}[keyof G & string];
type Fits<L extends Lexicon, P, T, K extends string> = P extends L['path']
  ? P extends keyof L['values']
    ? Exclude<L['values'][P], undefined> extends T
      ? never
      : Blame<K, `'${P & string}' is no '${K}'.`>
    : never
  : Blame<K, Field<L, P> & string>;
type RootsIn<G> = Root<G[keyof G]>;

export interface Verbs<L extends Lexicon> {
  /** Contact the customer once. */
  touch<const Id extends string, const T extends TouchSpec<L>>(
    id: Id,
    what: SoundTouch<L, T>,
  ): Step<TouchSaid<Id, T>[keyof TouchSaid<Id, T>]>;
  /** Wait for events until it has been silent for a time, or until a moment. */
  listen<const Id extends string, const M extends MomentLike<L>, const A extends ArmsFor<L['event'] | 'silence'>>(
    id: Id,
    silentFor: Checked<M, WrongMoment<L, M>>,
    arms: Complete<A, NeedsSilence, Unheard<L, A> | Unlisted<A>>,
  ): Step<
    `has step ${Id}` | `hears ${Exclude<keyof A & string, 'silence'>}` | `reads ${MomentRoot<M>} in ${Id}` | SaidIn<A>
  >;
  /** Let time pass. A pause that hangs on a field follows it when it moves; `missed` is for a moment that is already over. */
  pause<
    const Id extends string,
    const M extends MomentLike<L>,
    const A extends { readonly missed: Block } = { readonly missed: readonly [] },
  >(
    id: Id,
    until: Checked<M, WrongMoment<L, M>>,
    outcomes?: A,
  ): Step<`has step ${Id}` | `reads ${MomentRoot<M>} in ${Id}` | SaidIn<A>>;
  /** Go one way or another: an arm for each value of a field, or yes and no for a condition. */
  choose<
    const Id extends string,
    const By extends L['choice'] | (string & {}) | Condition,
    const A extends ArmsFor<Answers<L, By>>,
  >(
    id: Id,
    by: By extends Condition ? By : By extends L['choice'] ? By : WrongChoice<L, By>,
    arms: Exactly<A, Answers<L, By>>,
  ): Step<`has step ${Id}` | `reads ${By extends string ? Root<By> : Reads<By>} in ${Id}` | SaidIn<A>>;
  /** Try ways on equal customers, and measure which reaches the journey's goal. A customer always falls into the same arm. */
  split<const Id extends string, const A extends Arms>(
    id: Id,
    shares: `${number}/${number}` | `${number}/${number}/${number}`,
    arms: Sound<A, Unlisted<A>>,
  ): Step<`has step ${Id}` | `measures ${Id}` | SaidIn<A>>;
  /** Do it again, so many times. */
  repeat<
    const Id extends string,
    const T extends { readonly times: number; readonly every?: SpanLike },
    const B extends Block,
  >(
    id: Id,
    how: Sound<T, SpanFault<T, 'every'> | Stray<T, 'times' | 'every', 'A repeat'>>,
    steps: B,
  ): Step<`has step ${Id}` | Said<B>>;

  /** Give the customer to a person, and go on as they decide: outcomes are the buttons they see. */
  escalate<const Id extends string, const T extends EscalateSpec<L>, const A extends ArmsFor<'nobody'>>(
    id: Id,
    what: Complete<T, EscalateNeeds, SpanFault<T, 'within'> | Stray<T, keyof EscalateSpec<L>, 'An escalation'>>,
    outcomes: Complete<A, NeedsNobody, Unlisted<A>>,
  ): Step<`has step ${Id}` | `has cause ${Id}` | 'reaches a person' | SaidIn<A>>;
  /** Tell when we will have done something, and keep watch over it, even after this journey. */
  promise<const Id extends string, const T extends PromiseSpec<L>>(
    id: Id,
    what: Complete<
      T,
      PromiseNeeds,
      MomentFault<L, T, 'due'> | RenewFault<T> | Stray<T, keyof PromiseSpec<L>, 'A promise'>
    >,
  ): Step<
    `has step ${Id}` | `has cause ${Id}` | (T extends { due: infer M } ? `reads ${MomentRoot<M>} in ${Id}` : never)
  >;
  /** Leave a note to our own people for later. The story goes on meanwhile. */
  remind<const Id extends string, const T extends RemindSpec<L>>(
    id: Id,
    what: Complete<T, RemindNeeds, MomentFault<L, T, 'at'> | Stray<T, keyof RemindSpec<L>, 'A reminder'>>,
  ): Step<`has step ${Id}` | (T extends { at: infer M } ? `reads ${MomentRoot<M>} in ${Id}` : never)>;

  /** Find out, in a few clicks, what a person would have to ask. What we know is not asked. All answered goes on below. */
  ask<const Id extends string, const T extends AskSpec<L>, const A extends ArmsFor<AskArms>>(
    id: Id,
    what: Complete<T, AskNeeds, TalkFault<T, AskSpec<L>, 'An ask'>>,
    outcomes: Exactly<A, AskArms>,
  ): Step<MannersSaid<Id, T>[keyof MannersSaid<Id, T>] | `reads ${QuestionReads<T['questions']>} in ${Id}` | SaidIn<A>>;
  /** Fills a field of the customer; what can be answered follows from the field. */
  question<C extends Condition = Condition<never>>(
    field: L['askable'],
    text: string,
    only?: { readonly only: C },
  ): Question<Reads<C>>;
  /** Answer from articles. Unsure, or no help: a person. */
  answer<const Id extends string, const T extends AnswerSpec<L>, const A extends ArmsFor<AnswerArms>>(
    id: Id,
    what: Complete<T, AnswerNeeds, TalkFault<T, AnswerSpec<L>, 'An answer'>>,
    outcomes: [Exclude<AnswerArms, keyof A>] extends [never]
      ? Sound<A, Extra<A, AnswerArms> | Unlisted<A> | ToAPerson<A>>
      : Missing<Exclude<AnswerArms, keyof A>>,
  ): Step<MannersSaid<Id, T>[keyof MannersSaid<Id, T>] | SaidIn<A>>;
  /** Offer a call, once, at times we can keep. */
  offerCall<const Id extends string, const T extends OfferCallSpec<L>, const A extends ArmsFor<CallArms>>(
    id: Id,
    what: Complete<T, OfferCallNeeds, TalkFault<T, OfferCallSpec<L>, 'An offer'> | DurationFault<T, 'length'>>,
    outcomes: Exactly<A, CallArms>,
  ): Step<MannersSaid<Id, T>[keyof MannersSaid<Id, T>] | 'reaches a person' | SaidIn<A>>;

  /** Ask another system. It may be unsure, or silent, which is the same. */
  lookUp<
    const Id extends string,
    const S extends keyof L['lookUps'] & string,
    const G extends Given,
    const A extends ArmsFor<AnswersOf<L['lookUps'], S> | 'unsure'>,
  >(
    id: Id,
    what: { readonly find: S; readonly with: Fitting<L, G, NeedsOf<L['lookUps'], S>, S> },
    answers: Exactly<A, AnswersOf<L['lookUps'], S> | 'unsure'>,
  ): Step<`has step ${Id}` | `reads ${RootsIn<G>} in ${Id}` | SaidIn<A>>;
  /** Do something in another system, once however often it is tried. Done goes on below. */
  act<
    const Id extends string,
    const S extends keyof L['actions'] & string,
    const G extends Given,
    const A extends ArmsFor<AnswersOf<L['actions'], S> | 'failed'>,
  >(
    id: Id,
    what: { readonly do: S; readonly with: Fitting<L, G, NeedsOf<L['actions'], S>, S> },
    refusals: Exactly<A, AnswersOf<L['actions'], S> | 'failed'>,
  ): Step<`has step ${Id}` | `reads ${RootsIn<G>} in ${Id}` | SaidIn<A>>;

  /** Go on at another step. */
  goTo<const T extends string>(step: T): Step<`goes to ${T}`>;
  /** The run is over, and this is what came of it. */
  end(as: string): Step<never>;
}

const step = (kind: string, id: string, rest: object, arms?: object) =>
  ({ kind, id, ...rest, ...(arms ? { arms } : {}) }) as unknown as Step<never>;
export const verbs = {
  touch: (id: string, what: object) => step('touch', id, what),
  listen: (id: string, until: string, arms: object) => step('listen', id, { until }, arms),
  pause: (id: string, until: string, arms?: object) => step('pause', id, { until }, arms),
  choose: (id: string, by: string | Condition, arms: object) =>
    step('choose', id, typeof by === 'string' ? { by } : { when: by.if }, arms),
  split: (id: string, shares: string, arms: object) => step('split', id, { shares }, arms),
  repeat: (id: string, how: object, again: Block) => step('repeat', id, how, { again }),
  escalate: (id: string, what: object, arms: object) => step('escalate', id, what, arms),
  promise: (id: string, what: object) => step('promise', id, what),
  remind: (id: string, what: object) => step('remind', id, what),
  ask: (id: string, what: object, arms: object) => step('ask', id, what, arms),
  question: (field: string, text: string, only?: { only: Condition }) =>
    ({ field, text, ...(only ? { only: only.only.if } : {}) }) as unknown as Question<never>,
  answer: (id: string, what: object, arms: object) => step('answer', id, what, arms),
  offerCall: (id: string, what: object, arms: object) => step('offerCall', id, what, arms),
  lookUp: (id: string, what: object, arms: object) => step('lookUp', id, what, arms),
  act: (id: string, what: object, arms: object) => step('act', id, what, arms),
  goTo: (to: string) => step('goTo', '', { to }),
  end: (as: string) => step('end', '', { as }),
};
