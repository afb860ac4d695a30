/** Runs of journeys, what reaches them, and what is measured of them. */
import type { Generated } from 'kysely';
import type { DeliveryBody, Scalar } from '../../core/run/inputs.ts';
import type { Instant, Json, MaybeInstant } from './columns.ts';

export interface EnrolmentTables {
  enrolments: {
    id: string;
    customer_id: string;
    journey: string;
    version: number;
    rules: number;
    /** What there may be one run of: 'CUSTOMER/VALUE', and 'CUSTOMER/VALUE#2' where the journey may be entered again. */
    entry_key: string;
    entry_event_id: string | null;
    /** The field that tells runs apart and its value here: an event that carries this field reaches only this run. */
    once_field: string | null;
    once_value: string | null;
    state: 'running' | 'ended';
    outcome: string | null;
    /** The number of the newest delivery, and of the newest one its workflow has taken when it last parked. */
    delivered: Generated<number>;
    heard: Generated<number>;
    step: string | null;
    waiting_for: string | null;
    wake_at: MaybeInstant;
    started_at: Instant;
    parked_at: MaybeInstant;
    ended_at: MaybeInstant;
  };
  events: {
    id: string;
    idempotency_key: string;
    body_hash: string;
    customer_id: string;
    type: string;
    data: Json<Record<string, Scalar>>;
    at: Instant;
    received_at: Instant;
  };
  deliveries: {
    enrolment_id: string;
    number: number;
    kind: DeliveryBody['kind'];
    body: Json<DeliveryBody>;
    event_id: string | null;
    at: Instant;
  };
  /** Entries that came to nothing: by an event, or by a date (then of no event). */
  turned_away: {
    id: string;
    event_id: string | null;
    journey: string;
    customer_id: string;
    because: string;
    /** When it may be entered again; null: not while things are as they are. */
    until: MaybeInstant;
    at: Instant;
  };
  splits: {
    enrolment_id: string;
    step: string;
    customer_id: string;
    journey: string;
    version: number;
    arm: string;
    /** The event that is its journey's goal; null: it has none. */
    goal: string | null;
    at: Instant;
    goal_met_at: MaybeInstant;
  };
}
