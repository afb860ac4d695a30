/**
 * What is stored of a journey: a flat table of steps, with their manners settled and times as they were said. The reducer,
 * the differ and the drawer see this and nothing else. Types only, so that it may enter a workflow.
 */
import type { Channel, Way } from './channels.ts';
import type { TableStep } from './table-steps.ts';

/** A step's own id, or `end:<what came of it>`, or `resume`: back to where an interruption found the story. */
export type StepId = string;
export type Scalar = string | number | boolean;

/** A condition is data: `{ path: 'customer.plan', is: ['gold'] }`. `is` lists the values that fit. */
export type ConditionData =
  | { readonly path: string; readonly is: readonly Scalar[] }
  | { readonly path: string; readonly atLeast: number }
  | { readonly path: string; readonly atMost: number }
  | { readonly path: string; readonly isKnown: true }
  | { readonly all: readonly ConditionData[] }
  | { readonly any: readonly ConditionData[] }
  | { readonly not: ConditionData };

/** What becomes of a touch that is refused, deferred or surely failed. Fates nest: each `then` is the next one. */
export type Fate<Team extends string = string> =
  | 'drop'
  | 'toHuman'
  | { readonly fate: 'toHuman'; readonly team: Team }
  | { readonly fate: 'wait'; readonly atMost: string; readonly then: Fate<Team> }
  | { readonly fate: 'substitute'; readonly channel: Channel; readonly then: Fate<Team> };

/** In order: the first that reaches this customer now is taken. */
export type Reach = Way | readonly Way[];
export type MadeBy = 'tech' | 'human';
/** In quiet hours: wait until they end (the default), take the next channel of `reach`, or meet its fate. */
export type Quiet = 'wait' | 'next-channel' | 'fate';

/** One line of `prefer`. For each of madeBy, reach and fate the first rule whose condition holds decides. */
export interface Rule {
  readonly because: string;
  readonly when: ConditionData;
  readonly madeBy?: 'human';
  /** By when the person makes it: '1 business day'. Always there with `madeBy`. */
  readonly within?: string;
  /** Whose people make it; the touch's team, if none is named. */
  readonly team?: string;
  readonly reach?: Reach;
  readonly fate?: Fate;
}

export interface EntryByEvent {
  readonly event: string;
  /** The name of an id field of the event, or 'customer': one run for each value. */
  readonly oncePer: string;
  readonly only?: ConditionData;
  /** 'after 30 days', counted from the end of the last run. */
  readonly again?: string;
}
export interface EntryByDate {
  readonly date: string;
  readonly only?: ConditionData;
}
export interface EntryByAudience {
  readonly audience: string;
  readonly at: string;
  readonly only?: ConditionData;
}
export type Entry = EntryByEvent | EntryByDate | EntryByAudience;

export interface Journey {
  readonly format: 1;
  readonly name: string;
  readonly story?: string;
  readonly team: string;
  readonly entry: Entry;
  /** This event: leave, succeeded. */
  readonly goal?: string;
  /** Event → what has come of it. */
  readonly exits: Readonly<Record<string, string>>;
  readonly start: StepId;
  /** Event → where the interruption begins. */
  readonly anyTime: Readonly<Record<string, StepId>>;
  /** In the order of the story. */
  readonly steps: Readonly<Record<StepId, TableStep>>;
  readonly expect: readonly string[];
}
