import type { Blame } from './blame.ts';

/** A written step, and what it says about the journey it stands in. */
declare const says: unique symbol;

/**
 * `Says` exists for the compiler only. It is a union of short statements such as 'has step arrived', 'needs fate in arrived',
 * 'goes to agent', 'reads inquiry-received in by-topic': a flat union stays quick to check where nested types do not.
 */
export interface Step<out Says extends string = string> {
  readonly kind: string;
  readonly id: string;
  readonly [says]: Says;
}
export type Block = readonly Step[];
/** Outcome → steps. A step without its list is let in here, so that the mistake can be told in words. */
export type Arms = Readonly<Record<string, Block | Step>>;

export type SaidBy<S> = S extends Step<infer F> ? F : never;
/** Everything said in a block, or in any of several blocks. */
export type Said<B> = B extends readonly (infer S)[] ? SaidBy<S> : never;
export type SaidIn<A> = Said<A[keyof A]>;
export type Unlisted<A> = {
  [K in keyof A & string]: A[K] extends Step ? Blame<K, `Steps stand in a list: write '${K}': [ … ].`> : never;
}[keyof A & string];
