/** What a rule says of a journey: which one is broken, where, and the shortest story that breaks it. */
import type { StepId } from '../journey/table.ts';
import type { Edge, Moment } from './ways.ts';

export type RuleName =
  | 'hears nothing'
  | 'no way out'
  | 'unowned task'
  | 'promise passes unspoken'
  | 'unreachable step'
  | 'no person'
  | 'guard'
  | 'asked twice'
  | 'cause'
  | 'expect'
  | 'limit'
  | 'engine';

export interface Broken {
  readonly rule: RuleName;
  readonly step?: StepId;
  readonly problem: string;
  readonly mend: string;
  /** The end of the way that breaks it, and what happens from there on. */
  readonly at?: Moment;
  readonly more?: readonly Edge[];
  /** From which of all these edges on everything takes as long as it may. */
  readonly late?: number;
  /** When it begins, if not on Monday. */
  readonly begins?: number;
}
