/** From what a company taught to the names and types its journeys may use. Evaluated once, in `words.ts`. */
import type { alwaysKnown, Known } from './always-known.ts';
import type { AnyBranded, Day, Field, Id, Moment, Person, ValueOf } from './fields.ts';
import type { LadderData } from './ladder.ts';

type Fields = Readonly<Record<string, Field<unknown>>>;

/** Who works when, in which zone, and who is asked next if nobody takes a task in time. */
export interface Team {
  /** Shifts and the hours between breaks: 'Mon-Fri 09:00-12:00, Mon-Fri 13:00-17:00'; over midnight: 'Mon-Fri 22:00-06:00'. */
  readonly open: string;
  readonly zone: string;
  /** Public holidays of a country or a part of it: 'DE', 'DE-BY'. */
  readonly holidays?: string;
  /** Days of their own on which nobody is there: '2026-12-24'. */
  readonly daysOff?: readonly string[];
  /** Public holidays on which they work all the same. */
  readonly daysOn?: readonly string[];
  /** See `ladder`; plain names are teams that have as long as the task. */
  readonly ladder?: LadderData;
  /** How long customers may wait for its people ('4 hours'): what journeys would give them beyond it waits, services and escalations do not. */
  readonly waitAtMost?: string;
  /** Of so many percent of its tasks nobody is suggested, so that what suggestions change can be measured; 10 unless said. */
  readonly holdOut?: number;
}

/** What `teach` takes. */
export interface Words {
  /** What can happen. Fields are ids, choices, numbers, moments: no free text. */
  readonly events: Readonly<Record<string, Fields>>;
  /** Which of these events give us a reason to write: an inquiry, an order, an appointment. Only they can be a service's cause. */
  readonly causes: readonly string[];
  /** What we may know of a customer, from records or by asking. */
  readonly customer: Fields;
  readonly teams: Readonly<Record<string, Team>>;
  /** Besides service, marketing and relationship. */
  readonly purposes?: readonly string[];
  readonly templates: readonly string[];
  /** Stored segments a journey may be started for. */
  readonly audiences?: readonly string[];
  /** Collections of articles `answer` may draw on. */
  readonly articles?: readonly string[];
  /** Questions other systems can answer, and the answers they give. */
  readonly lookUps?: Readonly<Record<string, { readonly needs: Fields; readonly answers: readonly string[] }>>;
  /** Things other systems can do, and how they may decline. */
  readonly actions?: Readonly<Record<string, { readonly needs: Fields; readonly declines: readonly string[] }>>;
  /** Sensitive situations, and what a template must not assume while one holds. */
  readonly guards?: Readonly<Record<string, readonly string[]>>;
}

type Events<W extends Words> = W['events'] & typeof alwaysKnown;
type Outs<F> = { readonly [K in keyof F]: ValueOf<F[K]> };
type Values<W extends Words> = {
  [
    P in { [E in keyof Events<W> & string]: `${E}.${keyof Events<W>[E] & string}` }[keyof Events<W> & string]
  ]: P extends `${infer E}.${infer F}`
    ? E extends keyof Events<W>
      ? F extends keyof Events<W>[E]
        ? ValueOf<Events<W>[E][F]>
        : never
      : never
    : never;
} & { [F in keyof W['customer'] & string as `customer.${F}`]: ValueOf<W['customer'][F]> } & Known;
type Listed<T> = T extends readonly (infer N extends string)[] ? N : never;

/** Paths whose value, when there is one, is a T. */
type To<V, T> = { [P in keyof V]-?: Exclude<V[P], undefined> extends T ? P : never }[keyof V] & string;
/** The arms a field asks for; never, if it has too many values. */
export type ArmsOf<V> = V extends undefined
  ? 'unknown'
  : V extends boolean
    ? 'yes' | 'no'
    : V extends string
      ? string extends V
        ? never
        : V extends AnyBranded
          ? never
          : V
      : never;
type Few<V> = { [P in keyof V]-?: [ArmsOf<V[P]>] extends [never] ? never : P }[keyof V] & string;

/**
 * What the verbs are typed by: names as plain unions of strings because whatever stands here is what the compiler prints
 * when a designer is wrong.
 */
export interface Lexicon {
  event: string;
  cause: string;
  team: string;
  purpose: string;
  template: string;
  audience: string;
  articles: string;
  /** 'inquiry-received.topic', and which of these are moments, people, choices, things to ask a customer. */
  path: string;
  moment: string;
  person: string;
  choice: string;
  askable: string;
  /** Path → type of its value. */
  values: object;
  /** Names of id fields, and event → its own. */
  id: string;
  ids: object;
  lookUps: object;
  actions: object;
}
type Ids<W extends Words> = {
  [E in keyof Events<W>]: {
    [F in keyof Events<W>[E]]: ValueOf<Events<W>[E][F]> extends Id ? F : never;
  }[keyof Events<W>[E]] &
    string;
};
type Systems<S, A extends PropertyKey> = {
  [N in keyof S]: S[N] extends { needs: infer F } & Record<A, infer R> ? { needs: Outs<F>; answers: Listed<R> } : never;
};
export interface LexiconOf<W extends Words> extends Lexicon {
  event: keyof Events<W> & string;
  cause: Listed<W['causes']> | 'customer-replied';
  team: keyof W['teams'] & string;
  purpose: 'service' | 'marketing' | 'relationship' | Listed<W['purposes']>;
  template: Listed<W['templates']>;
  audience: Listed<W['audiences']>;
  articles: Listed<W['articles']>;
  path: keyof Values<W> & string;
  moment: To<Values<W>, Moment | Day>;
  person: To<Values<W>, Person>;
  choice: Few<Values<W>>;
  askable: To<Values<W>, string | number | boolean> & `customer.${string}`;
  values: { [P in keyof Values<W>]: Values<W>[P] };
  id: Ids<W>[keyof Ids<W>];
  ids: Ids<W>;
  lookUps: Systems<W['lookUps'], 'answers'>;
  actions: Systems<W['actions'], 'declines'>;
}
export type Root<P> = P extends `${infer R}.${string}` ? R : never;
