/**
 * How the compiler speaks to designers. A fault names a key of what was written and a sentence; `Sound` puts the sentence
 * where the key's type would be, so that the error stands on the word that is wrong and reads:
 * Type '"tech"' is not assignable to type '"Relationships are made by people: …"'.
 */
export interface Blame<At extends string = string, Says extends string = string> {
  at: At;
  says: Says;
}
export type Sound<T, F extends Blame> = [F] extends [never] ? T : Marked<T, F>;
export type Marked<T, F extends Blame> = {
  readonly [K in keyof T]: K extends F['at'] ? Extract<F, { at: K }>['says'] : T[K];
};

/** A key nobody knows: TypeScript lets it pass on inferred types, so it is named here. */
export type Stray<T, Known extends PropertyKey, What extends string> = {
  [K in Exclude<keyof T, Known> & string]: Blame<K, `${What} has no '${K}'.`>;
}[Exclude<keyof T, Known> & string];
/** Must: key → the sentence said when it is missing, in place of the whole object. */
export type Complete<T, Must, F extends Blame> = [Exclude<keyof Must, keyof T>] extends [never]
  ? Sound<T, F>
  : Must[Exclude<keyof Must, keyof T>];
