/** What the budget reads and writes of a touch. */
import type { AskAnswer, AskRecord } from '../../core/budget/touch-ask.ts';
import type { TouchRequest } from '../../core/budget/decision.ts';
import type { BudgetRow, Killed, RecentTouch } from '../../core/budget/row.ts';
import type { Channel } from '../../core/journey/channels.ts';
import type { TouchState } from '../database.ts';

/** What a request has besides what the touch's columns say; null if that is nothing. */
export type RequestRest = Partial<Pick<TouchRequest, 'assumes' | 'answersInboundAt' | 'rateOpensAt' | 'countsIn'>>;

export interface StoredTouch {
  readonly id: string;
  readonly customerId: string;
  readonly enrolmentId: string | null;
  readonly state: TouchState;
  readonly ask: number;
  readonly answer: AskAnswer;
  /** What was asked of the budget, for the fence to ask the gates once more; null if no channel was decided. */
  readonly request: TouchRequest | null;
  readonly channel: Channel | null;
  readonly attempt: string | null;
  /** Epoch milliseconds, like all instants here. */
  readonly sendingAt: number | null;
  readonly until: number | null;
  readonly providerId: string | null;
  readonly receipt: string | null;
  readonly failure: string | null;
}

/** What is known of a touch when it asks, besides what the budget needs; kept with it. */
export interface TouchAbout {
  readonly enrolmentId?: string;
  readonly taskId?: string;
  readonly version?: number;
  readonly step?: string;
  readonly visit?: number;
  readonly template?: string;
  /** What the chooser saw: rules with their values, ways that were left out. */
  readonly considered?: unknown;
}

/** A touch as an ask leaves it. */
export interface MadeTouch {
  readonly id: string;
  readonly customer_id: string;
  readonly enrolment_id: string | null;
  readonly task_id: string | null;
  readonly journey: string | null;
  readonly version: number | null;
  readonly step: string | null;
  readonly visit: number | null;
  readonly purpose: string;
  readonly cause: string | null;
  readonly template: string | null;
  readonly made_by: 'tech' | 'human';
  readonly channel: string | null;
  readonly address: string | null;
  readonly cost: number;
  readonly state: TouchState;
  readonly ask: number;
  readonly answer: unknown;
  readonly considered: unknown;
  readonly request: RequestRest | null;
  readonly asked_at: Date;
  readonly until: Date | null;
  readonly sent_at: Date | null;
  readonly record: AskRecord;
  readonly decided_at: Date;
}

/** What fence, settle and the like change of it: the whole of it is given. */
export interface MovedTouch {
  readonly id: string;
  readonly customer_id: string;
  readonly state: TouchState;
  readonly attempt: string | null;
  readonly sending_at: Date | null;
  readonly until: Date | null;
  readonly sent_at: Date | null;
  readonly settled_at: Date | null;
  readonly provider_id: string | null;
  readonly failure: string | null;
}

/** One that does not stand with its touch: what the fence decided. */
export interface MadeDecision {
  readonly touch_id: string;
  readonly ask: number;
  readonly customer_id: string;
  readonly decided: string;
  readonly because: string | null;
  readonly explanation: AskRecord;
  readonly at: Date;
}

/** A row as it was read: what a write is measured against. */
export interface Read {
  readonly version: number;
  readonly recent: readonly RecentTouch[];
  /** What `recent` was decoded from. */
  readonly lines: string;
}

/** What is read for one piece of work. */
export interface Loaded {
  readonly row: BudgetRow;
  /** With what an address becomes a shared row's key; null where nothing is shared. */
  readonly salt: string | null;
  readonly read: Read;
  readonly touch: StoredTouch | null;
  readonly killed: Killed;
  /** The newest delivery of the enrolment that was named; null if none was. */
  readonly delivered: number | null;
}

/**
 * What one piece of work comes to. Nothing is written without `row`, because its version guards touches too; but a new touch that was
 * refused, and so left the row as it was read, is written by itself: its key guards it.
 */
export interface Outcome<R> {
  readonly answer: R;
  readonly row?: BudgetRow;
  readonly made?: MadeTouch;
  /** It asked before, and is overwritten but for its first instant. */
  readonly remade?: MadeTouch;
  readonly decision?: MadeDecision;
  readonly moved?: MovedTouch;
  /** Touches that wait and may ask again now. */
  readonly freed?: readonly string[];
}
