/** What others may know of our workflows: their names, inputs, signals and queries. Nothing here has personal data. */
import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { ClockSpec } from '../core/clock.ts';
import type { Journey } from '../core/journey/table.ts';
import type { Landing } from '../core/run/move-state.ts';
import type { Delivery, Scalar } from '../core/run/inputs.ts';
import type { RunState, Rules } from '../core/run/state.ts';

export type { ClockSpec } from '../core/clock.ts';
export { workflowIdOf } from '../core/run/workflow-id.ts';

/** Of workflow type `journey:NAME`; its workflow id is `run:ENROLMENT`. */
export interface EnrolmentInput {
  readonly enrolment: string;
  /** Its opaque id. Left out where a run began before it was told. */
  readonly customer?: string;
  readonly version: number;
  readonly definition: Journey;
  readonly rules: Rules;
  readonly clock: ClockSpec;
  readonly startedAt: number;
  /** What it was entered by; it is not among its deliveries. */
  readonly event?: { readonly name: string; readonly data: Readonly<Record<string, Scalar>> };
  /** Carried over by continue-as-new. */
  readonly state?: RunState;
  /** It came here from another version just now. */
  readonly moved?: Pick<Landing, 'enter' | 'reckon'> & { readonly move: string };
}

/** Of workflow type `task` or `promise`; its workflow id is `task:ID` or `promise:ID`. The row is the truth, this only sleeps until its next deadline. */
export interface WatchInput {
  readonly kind: 'task' | 'promise';
  readonly id: string;
  readonly clock: ClockSpec;
}

/** Of workflow type `broadcast`; its workflow id is `broadcast:ID`. How far it is stands in its row. */
export interface BroadcastInput {
  readonly broadcast: string;
  readonly clock: ClockSpec;
}

export const workflowTypeOf = (journey: string): string => `journey:${journey}`;

/** Deliveries up to a number. Some may be left out (a signal is kept small): the workflow pulls what it lacks. */
export const delivered = defineSignal<[{ upTo: number; deliveries: readonly Delivery[] }]>('delivered');
/** A place in the budget became free. */
export const freed = defineSignal('freed');
/** The row has changed: look at its next deadline again. */
export const nudged = defineSignal('nudged');

export const stateQuery = defineQuery<RunState>('state');
