/** The verbs. Each is verb('id', what, { outcome: [steps] }): an id, what to do, and what may come of it. `[]` goes on below. */
import type { Complete, Sound, Stray } from './blame.ts';
import type { Condition, Reads } from './conditions.ts';
import type { Lexicon, Root } from './lexicon.ts';
import type { MannersSaid, SoundTouch, TouchSaid, TouchSpec } from './manners.ts';
import type { Arms, Block, Said, SaidIn, Step, Unlisted } from './step.ts';
import type {
  DurationFault,
  MomentFault,
  MomentLike,
  MomentRoot,
  SpanFault,
  SpanLike,
  WrongMoment,
} from './time-types.ts';
import type { Answers, ArmsFor, Exactly, Extra, Missing, NeedsSilence, Unheard, WrongChoice } from './verb-arms.ts';
import type {
  AnswerArms,
  AnswerNeeds,
  AnswerSpec,
  AskArms,
  AskNeeds,
  AskSpec,
  CallArms,
  OfferCallNeeds,
  OfferCallSpec,
  Question,
  QuestionReads,
  TalkFault,
  ToAPerson,
} from './verbs-for-conversations.ts';
import type {
  EscalateSpec,
  NeedsNobody,
  NeedsOfEscalation,
  PromiseNeeds,
  PromiseSpec,
  RemindNeeds,
  RemindSpec,
  RenewFault,
} from './verbs-for-people.ts';
import type { AnswersOf, Fitting, Given, NeedsOf, RootsIn } from './verbs-for-systems.ts';

type Checked<M, Wrong> = [Wrong] extends [never] ? M : Wrong;

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
    what: Complete<T, NeedsOfEscalation<T>, SpanFault<T, 'within'> | Stray<T, keyof EscalateSpec<L>, 'An escalation'>>,
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
