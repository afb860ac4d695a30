/** Who enters by a date of theirs, or by belonging to an audience. */
import type { ColumnType, Generated } from 'kysely';
import type { ConditionData } from '../../core/journey/table.ts';
import type { RunState } from '../../core/run/state.ts';
import type { Instant, Json, MaybeInstant } from './columns.ts';

export interface EntryTables {
  /** Who enters which journey by a date of theirs, and when: one row a customer and journey, until it is due. */
  date_entries: { customer_id: string; journey: string; date: string; due_at: Instant };
  /** Journeys by date that have still to look at the customers behind this one. */
  date_scans: { journey: string; after_id: Generated<string>; published_at: Instant };
  /** Without a condition, a list: its members. */
  audiences: {
    name: string;
    condition: ColumnType<ConditionData | null, string | null, string | null>;
    set_by: string;
    set_at: Instant;
  };
  audience_members: { audience: string; customer_id: string };
  broadcasts: {
    id: string;
    journey: string;
    version: number;
    audience: string;
    /** '2026-12-16 09:00', on each customer's own clock. */
    at: string;
    state: 'planned' | 'running' | 'done' | 'cancelled' | 'missed';
    /** The instant whose zones are under way; null before the first. */
    pass_at: MaybeInstant;
    /** Zone by zone; then whoever changed since it began, because a zone that moved may have been passed by; then those who wait. */
    stage: Generated<'zones' | 'moved' | 'waits'>;
    after_id: Generated<string>;
    entered: Generated<string>;
    /** What came of them: 'sent', 'refused: guard' → how many. */
    counts: Json<Record<string, number>>;
    wake_at: MaybeInstant;
    planned_at: Instant;
    begun_at: MaybeInstant;
    over_at: MaybeInstant;
    cancelled_by: string | null;
  };
  broadcast_waits: {
    broadcast_id: string;
    customer_id: string;
    touch_id: string;
    state: Json<RunState>;
    due_at: Instant;
  };
}
