/** Conditions are data, written as they are read: when('customer.plan', is('gold')). */
import type { Lexicon, Root } from './lexicon.ts';
import type { ConditionData, Scalar } from './table.ts';

declare const reads: unique symbol;
/** Covariant, so `is('billing')` fits a field that may be 'billing', and `is('refund')` does not. */
export interface Test<out T> {
  readonly test: 'is' | 'atLeast' | 'atMost' | 'isKnown';
  readonly than: T | readonly T[] | true;
}
export interface Condition<R extends string = string> {
  readonly if: ConditionData;
  readonly [reads]: R;
}
export type Reads<C> = C extends Condition<infer R> ? R : never;

type ValueAt<L extends Lexicon, P> = P extends keyof L['values'] ? Exclude<L['values'][P], undefined> : unknown;
/** A wrong field is answered with the right ones of the same event. */
export type Field<L extends Lexicon, P> = P extends L['path']
  ? P
  : P extends `${infer R}.${string}`
    ? Near<Extract<L['path'], `${R}.${string}`>, R>
    : "A field reads like 'customer.plan' or 'inquiry-received.topic'.";
type Near<Same, R extends string> = [Same] extends [never]
  ? `Nothing is called '${R}': fields begin with an event, customer, run, now or history.`
  : Same;

export interface Conditions<L extends Lexicon> {
  /** Holds if the field passes the test; a field we do not know passes none. A yes-or-no field needs no test. */
  when<const P extends L['path'] | (string & {})>(
    path: Field<L, P>,
    ...test: ValueAt<L, P> extends boolean ? [test?: Test<boolean>] : [test: Test<ValueAt<L, P>>]
  ): Condition<Root<P>>;
  /** Is this value, or one of these. */
  is<const T extends Scalar>(...than: readonly [T, ...T[]]): Test<T>;
  atLeast(than: number): Test<number>;
  atMost(than: number): Test<number>;
  /** We know it at all. */
  isKnown(): Test<never>;
  allOf<C extends readonly [Condition, Condition, ...Condition[]]>(...all: C): Condition<Reads<C[number]>>;
  anyOf<C extends readonly [Condition, Condition, ...Condition[]]>(...any: C): Condition<Reads<C[number]>>;
  not<C extends Condition>(condition: C): Condition<Reads<C>>;
}

const condition = (c: object) => ({ if: c }) as Condition<never>;
const test = (name: Test<never>['test'], than: unknown) => ({ test: name, than }) as Test<never>;
export const conditions = {
  when: (path: string, t: Test<unknown> = test('is', [true])) => condition({ path, [t.test]: t.than }),
  is: (...than: unknown[]) => test('is', than),
  atLeast: (than: number) => test('atLeast', than),
  atMost: (than: number) => test('atMost', than),
  isKnown: () => test('isKnown', true),
  allOf: (...all: Condition[]) => condition({ all: all.map((c) => c.if) }),
  anyOf: (...any: Condition[]) => condition({ any: any.map((c) => c.if) }),
  not: (c: Condition) => condition({ not: c.if }),
};
