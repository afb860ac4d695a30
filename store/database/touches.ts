/** The budget, every touch that asked it, and what was decided of each. */
import type { ColumnType, Generated } from 'kysely';
import type { AskRecord } from '../../core/budget/touch-ask.ts';
import type { TouchRequest } from '../../core/budget/decision.ts';
import type { SentRule } from '../../core/budget/unknown-is-sent.ts';
import type { Gates, SharedKind, WaitingTouch } from '../../core/budget/row.ts';
import type { Instant, Json, MaybeInstant } from './columns.ts';

export interface TouchTables {
  budgets: {
    customer_id: string;
    version: Generated<string>;
    /** Lines of `core/budget/ring`. */
    recent: Generated<Buffer>;
    waiting: Json<WaitingTouch[]>;
    gates: Json<Partial<Gates>>;
    /** Keys of the shared rows in which their touches may count, sorted; null: they share nothing. */
    shared: string[] | null;
    /** Of a record that was merged: where it went. Its row is empty then, and written by nobody. */
    merged_into: string | null;
  };
  shared_budgets: {
    key: string;
    kind: SharedKind;
    version: Generated<string>;
    recent: Generated<Buffer>;
    waiting: Json<readonly WaitingTouch[]>;
  };
  touches: {
    id: string;
    customer_id: string;
    enrolment_id: string | null;
    task_id: string | null;
    journey: string | null;
    version: number | null;
    step: string | null;
    visit: number | null;
    purpose: string;
    cause: string | null;
    template: string | null;
    made_by: 'tech' | 'human';
    channel: string | null;
    address: string | null;
    cost: Generated<number>;
    rank: number | null;
    state: TouchState;
    ask: number;
    answer: Json<unknown>;
    considered: Json<unknown>;
    /** What was asked of the budget and no column says; the fence asks the gates with it once more. */
    request: ColumnType<
      Partial<Pick<TouchRequest, 'assumes' | 'answersInboundAt' | 'rateOpensAt' | 'countsIn'>> | null,
      string | null,
      string | null
    >;
    /** The first ask. */
    asked_at: Instant;
    /** Reserved: the latest instant it may be sent. Deferred: when it may ask again. */
    until: MaybeInstant;
    attempt: string | null;
    sending_at: MaybeInstant;
    sent_at: MaybeInstant;
    settled_at: MaybeInstant;
    provider_id: string | null;
    receipt: string | null;
    failure: string | null;
    /** How it became certain after it was unknown; null: it was never unknown, or its own attempt told late. */
    settled_by: ColumnType<SettledBy | null, string | null | undefined, string | null>;
    /** What its newest ask came to, and when; null: that stands in `decisions`. */
    record: ColumnType<AskRecord | null, string | null | undefined, string | null>;
    decided_at: MaybeInstant;
  };
  /** Earlier asks of touches, and what the fence decided of an ask. All that was ever decided is the view `asks`. */
  decisions: DecisionTable;
  /** A view. */
  asks: DecisionTable;
}

/** A rule is not knowledge: it says that nobody found out in the time that the policy gives. */
export type SettledBy = { readonly by: 'receipt' } | { readonly by: 'look-up' } | ({ readonly by: 'rule' } & SentRule);

interface DecisionTable {
  touch_id: string;
  ask: number;
  customer_id: string;
  decided: string;
  because: string | null;
  /** What was tried, in order, and what was decided of each (`core/budget/ask`). */
  explanation: Json<AskRecord>;
  at: Instant;
}

export type TouchState =
  'reserved' | 'deferred' | 'refused' | 'with-person' | 'sending' | 'sent' | 'failed' | 'unknown' | 'withdrawn';
