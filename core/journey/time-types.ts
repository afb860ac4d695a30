/** Amounts of time and moments are written as they are said; the compiler checks them letter by letter. Types only. */
import type { Blame } from './blame.ts';
import type { Lexicon } from './lexicon.ts';

type Unit = 'minute' | 'minutes' | 'hour' | 'hours' | 'day' | 'days' | 'week' | 'weeks';
export type Duration = `${number} ${Unit}`;
export type Span = Duration | `${number} business ${'hour' | 'hours' | 'day' | 'days'}`;
type Clock = `${number}:${number}`;

/** Shown by the editor as examples; any other phrase of the same form will do. */
export type SpanLike =
  '30 minutes' | '4 hours' | '2 days' | '1 week' | '4 business hours' | '2 business days' | (string & {});
export type MomentLike<L extends Lexicon> = SpanLike | 'next 09:00' | L['moment'] | `1 day before ${L['moment']}`;

export type SpanSays = "Not a time. Times read like '30 minutes', '2 days', '4 business hours', '2 business days'.";
export type DurationSays = "Not a plain time. It reads like '30 minutes', '12 hours', '2 days', '1 week'.";
type MomentHelp =
  "Not a moment. Moments read like '2 business days', 'next 09:00', '1 day before appointment-set.startsAt at 17:00'.";

export type SpanFault<T, K extends string> =
  T extends Readonly<Record<K, infer S>> ? Unless<S, Span, Blame<K, SpanSays>> : never;
export type DurationFault<T, K extends string> =
  T extends Readonly<Record<K, infer S>> ? Unless<S, Duration, Blame<K, DurationSays>> : never;
export type MomentFault<L extends Lexicon, T, K extends string> =
  T extends Readonly<Record<K, infer M>>
    ? [WrongMoment<L, M>] extends [never]
      ? never
      : Blame<K, WrongMoment<L, M>>
    : never;

/** A plain string says that something else was wrong already: then we are silent, so that only one error is told. */
type Unless<S, Right, Else> = S extends Right ? never : string extends S ? never : Else;
export type WrongMoment<L extends Lexicon, M> = string extends M
  ? never
  : M extends Span | `next ${Clock}`
    ? never
    : M extends `${infer B} at ${Clock}`
      ? WrongBase<L, B>
      : WrongBase<L, M>;
type WrongBase<L extends Lexicon, B> = B extends `${infer S} ${'before' | 'after'} ${infer P}`
  ? S extends Span
    ? WrongField<L, P>
    : SpanSays
  : WrongField<L, B>;
type WrongField<L extends Lexicon, P> = P extends L['moment']
  ? never
  : P extends L['path']
    ? `'${P}' is not a moment, so nothing can be timed by it.`
    : P extends `${infer R}.${string}`
      ? NoSuch<P, Extract<L['moment'], `${R}.${string}`>>
      : MomentHelp;
type NoSuch<P extends string, Near extends string> = [Near] extends [never]
  ? `There is no field '${P}'.`
  : `There is no field '${P}'. Moments there: ${Near}.`;
/** The event or 'customer' whose field a moment hangs on. */
export type MomentRoot<M> = M extends `${infer B} at ${Clock}` ? BaseRoot<B> : BaseRoot<M>;
type BaseRoot<B> = B extends `${string} ${'before' | 'after'} ${infer R}.${string}`
  ? R
  : B extends `${string} ${string}`
    ? never
    : B extends `${infer R}.${string}`
      ? R
      : never;
