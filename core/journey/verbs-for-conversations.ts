/** What `ask`, `answer` and `offerCall` are given, and what is said when it is missing. */
import type { Blame, Stray } from './blame.ts';
import type { Lexicon } from './lexicon.ts';
import type { Manners, MannersFault } from './manners.ts';
import type { Said } from './step.ts';
import type { SpanFault, SpanLike } from './time-types.ts';

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
export type TalkFault<T, Spec, What extends string> =
  | (T extends { purpose: 'relationship' }
      ? Blame<'purpose', 'Relationships are made by people, and tech holds this conversation: give it another purpose.'>
      : never)
  | (T extends { questions: readonly [] } ? Blame<'questions', AskNeeds['questions']> : never)
  | SpanFault<T, 'waits'>
  | MannersFault<T>
  | Stray<T, keyof Spec, What>;
export type AskArms = 'lost' | 'silence';
export type AnswerArms = 'helped' | 'unsure' | 'silence';
export type CallArms = 'talked' | 'declined' | 'missed' | 'silence';
export type ToAPerson<A> = A extends { unsure: infer B }
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
export type QuestionReads<Q> = Q extends readonly (infer I)[] ? (I extends Question<infer R> ? R : never) : never;
