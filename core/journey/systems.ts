/**
 * Other systems that journeys ask (`lookUp`) and have do something (`act`). Journeys name them, words say what they need and answer, and
 * here a company says how each is reached. It is code of the worker and never published: a function, or an HTTP call described as data.
 */
import type { Scalar } from './table.ts';

/** The worker's AbortSignal, where one is known: the language itself is checked without a platform. */
type Signal = typeof globalThis extends { AbortSignal: { prototype: infer S } } ? S : { readonly aborted: boolean };

export interface SystemCall {
  /** What the words say it needs, by name. */
  readonly with: Readonly<Record<string, Scalar>>;
  /** 'run/step/visit': the same for each try of the same act. Hand it on, and do the thing once for each key. */
  readonly key: string;
  /** Aborted when its time is up. */
  readonly signal: Signal;
}
/**
 * Answers with one of the words' `answers`, or with 'done' or one of the words' `declines`. 'failed' ends an act for good. Whatever it throws
 * counts as unheard: an act is tried again with the same key, after `retryAfterMs` of the error if there is one.
 */
export type SystemFunction = (call: SystemCall) => string | Promise<string>;

export interface Limits {
  /** How long one try may take, in milliseconds: 10,000 unless given, 60,000 at most. */
  readonly withinMs?: number;
  /** How long an act is tried before it has failed, in milliseconds: an hour unless given. */
  readonly triedForMs?: number;
}
export interface LimitedFunction extends Limits {
  readonly how: SystemFunction;
}

/** A header's value that stands in the environment of the worker. */
export interface FromEnvironment {
  readonly env: string;
  /** Before it, such as 'Bearer '. */
  readonly prefix: string;
}
/** A zod schema, of whichever copy of zod. */
export interface AnswerSchema {
  safeParse(value: unknown): { readonly success: boolean; readonly data?: unknown };
}
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface HttpSpec extends Limits {
  /** `{orderId}` stands for that value. What the address does not name is the JSON body, or with GET the query. */
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Secrets only as `env('NAME')`. */
  readonly headers?: Readonly<Record<string, string | FromEnvironment>>;
  /** What its JSON must look like, as a zod schema or a JSON Schema. What does not is no answer. */
  readonly answer?: AnswerSchema | JsonSchema;
  /** From what it answered to the words' answer; unless given, an act that is answered is 'done'. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- What it gets is what `answer` lets through; only its writer knows that type.
  readonly says?: (answer: any) => string;
  /** Answers that a status gives by itself: `{ 404: 'lost', 409: 'too-late' }`. */
  readonly byStatus?: Readonly<Record<number, string>>;
}
export interface HttpSystem extends HttpSpec {
  readonly kind: 'http';
}
export type System = SystemFunction | LimitedFunction | HttpSystem;

/** What a company registers: `systems({ lookUps: { 'where-is-parcel': http({ … }) }, actions: { 'refund-order': async ({ with: { orderId }, key }) => … } })`. */
export interface Systems {
  readonly kind: 'systems';
  readonly lookUps: Readonly<Record<string, System>>;
  readonly actions: Readonly<Record<string, System>>;
}
export const systems = (registered: Partial<Omit<Systems, 'kind'>>): Systems =>
  Object.freeze({ lookUps: {}, actions: {}, ...registered, kind: 'systems' });
export const noSystems: Systems = systems({});

export const http = (spec: HttpSpec): HttpSystem => {
  const faults = httpFaults(spec);
  if (faults.length > 0) throw new Error(faults.join(' '));
  return Object.freeze({ ...spec, kind: 'http' });
};

/** `env('PARCELS_TOKEN', 'Bearer ')`: read by the worker when it starts, and never kept elsewhere. */
export const env = (variable: string, prefix = ''): FromEnvironment => ({ env: variable, prefix });

const secretHeader = /authorization|cookie|key|secret|token|password/i;
export const withinAtMostMs = 60_000;

function httpFaults({ url, headers = {}, withinMs = 1 }: HttpSpec): string[] {
  const named = url.replace(/\{[A-Za-z][A-Za-z0-9]*\}/g, 'x');
  return [
    ...(/^https?:\/\/[^\s/?#@]+([/?#]\S*)?$/.test(named)
      ? []
      : [`'${url}' is no address. Write one such as 'https://parcels.example.com/orders/{orderId}'.`]),
    ...Object.entries(headers)
      .filter(([name, value]) => typeof value === 'string' && secretHeader.test(name))
      .map(
        ([name]) =>
          `The header '${name}' looks like a secret. Write ${name}: env('NAME'), and set NAME where the worker runs.`,
      ),
    ...(withinMs > 0 && withinMs <= withinAtMostMs
      ? []
      : [`withinMs is ${withinMs}. Write a time from 1 to ${withinAtMostMs} milliseconds.`]),
  ];
}
