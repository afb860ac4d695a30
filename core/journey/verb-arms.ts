/** The arms of a verb, as the compiler checks them: which there must be, and which there cannot be. */
import type { Blame, Sound } from './blame.ts';
import type { Condition, Field } from './conditions.ts';
import type { ArmsOf, Lexicon } from './lexicon.ts';
import type { Arms, Block, Unlisted } from './step.ts';

export type Unheard<L extends Lexicon, A> = {
  [K in Exclude<keyof A, L['event'] | 'silence'> & string]: Blame<
    K,
    `No event is called '${K}'. Events are taught in words.ts.`
  >;
}[Exclude<keyof A, L['event'] | 'silence'> & string];
export interface NeedsSilence {
  silence: 'Listening ends at some time. Say what silence means: silence: [ … ].';
}

export type Answers<L extends Lexicon, By> = By extends Condition
  ? 'yes' | 'no'
  : By extends keyof L['values']
    ? ArmsOf<L['values'][By]>
    : never;
export type WrongChoice<L extends Lexicon, By> = By extends L['path']
  ? `'${By}' has too many values for an arm each. Ask a question of it: when('${By}', atLeast(…)).`
  : Field<L, By>;
/** Lets the editor offer the arms there are; which ones there must be is checked after. */
export type ArmsFor<K extends string> = Readonly<Partial<Record<K, Block>>> | Arms;
export type Missing<M> = M extends string
  ? `An arm is missing: '${M}'. Write '${M}': [], if nothing is to be done then.`
  : never;
export type Extra<A, Known> = {
  [K in Exclude<keyof A, Known> & string]: Blame<K, `'${K}' cannot be the answer here.`>;
}[Exclude<keyof A, Known> & string];
/** One arm for each possible answer, no more: a new value in words.ts fails to compile until every journey has an arm for it. */
export type Exactly<A, Known> = [Exclude<Known, keyof A>] extends [never]
  ? Sound<A, Extra<A, Known> | Unlisted<A>>
  : Missing<Exclude<Known, keyof A>>;
