/** What a field of an event or of a customer can be. Fields are data; `values.ts` makes the checks that hold at the edges. */

declare const value: unique symbol;
declare const brand: unique symbol;

export const plainKinds = ['id', 'person', 'moment', 'day', 'yesNo', 'number', 'text'] as const;
/** A field as it is stored. */
export type FieldData =
  | { readonly kind: (typeof plainKinds)[number]; readonly optional?: true }
  | { readonly kind: 'oneOf'; readonly values: readonly string[]; readonly optional?: true };

/** A kind of value; the type it stands for is known to the compiler alone. */
export interface Field<out T> {
  readonly kind: FieldData['kind'];
  readonly [value]: T;
  /** We may not know it. `choose` then wants an arm for 'unknown'. */
  optional(): Field<T | undefined>;
}
export type ValueOf<F> = F extends Field<infer T> ? T : never;
type Branded<B> = string & { readonly [brand]: B };
export type Id = Branded<'id'>;
export type Person = Branded<'person'>;
export type Moment = Branded<'moment'>;
export type Day = Branded<'day'>;
/** A string that is one of many: it has no arms. */
export interface AnyBranded {
  readonly [brand]: unknown;
}

/** `optional` is hidden from JSON and from comparisons, so that a field equals its stored form. */
const field = <T>(data: FieldData): Field<T> =>
  Object.freeze(
    Object.defineProperty({ ...data }, 'optional', { value: () => field<T | undefined>({ ...data, optional: true }) }),
  ) as unknown as Field<T>; // The type's two other members exist for the compiler only, or are defined just above.

/** Names one thing: an order, an appointment. At most 64 characters; compared by the engine, never by a journey. */
export const id = field<Id>({ kind: 'id' });
/** Names one of our people, who may be introduced. At most 64 characters. */
export const person = field<Person>({ kind: 'person' });
/** An instant with its offset: '2026-10-25T09:00:00+02:00'. Waits that hang on it follow it when it moves. */
export const moment = field<Moment>({ kind: 'moment' });
/** A calendar day where the customer lives: '2026-12-24'. */
export const day = field<Day>({ kind: 'day' });
/** true or false. */
export const yesNo = field<boolean>({ kind: 'yesNo' });
/** A finite number. */
export const number = field<number>({ kind: 'number' });
/** Free text of at most 2,000 characters: allowed for customers, refused in events, whose data enter histories. */
export const text = field<string>({ kind: 'text' });
/** One of a few values; `choose` wants an arm for each. */
export const oneOf = <const V extends readonly [string, ...string[]]>(...values: V): Field<V[number]> =>
  field<V[number]>({ kind: 'oneOf', values });
