/** What `lookUp` and `act` give another system: a field of the right kind for each of its needs. */
import type { Blame, Complete } from './blame.ts';
import type { Field } from './conditions.ts';
import type { Lexicon, Root } from './lexicon.ts';

export type NeedsOf<N, S> = S extends keyof N ? (N[S] extends { needs: infer F } ? F : never) : never;
export type AnswersOf<N, S> = S extends keyof N ? (N[S] extends { answers: infer A } ? A & string : never) : never;
export type Given = Readonly<Record<string, string>>;
/** Every need is given a field of the right kind, and nothing else is. */
export type Fitting<L extends Lexicon, G, F, S extends string> = Complete<
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
export type RootsIn<G> = Root<G[keyof G]>;
