/** Customers, what they agreed to, and what forbids reaching them. */
import type { Generated, GeneratedAlways } from 'kysely';
import type { OwnLimits } from '../../core/budget/row.ts';
import type { Channel } from '../../core/journey/channels.ts';
import type { Scalar } from '../../core/run/inputs.ts';
import type { Instant, Json, MaybeInstant } from './columns.ts';

export interface CustomerTables {
  customers: {
    id: string;
    zone: string | null;
    locale: Generated<string>;
    fields: Json<Record<string, Scalar>>;
    preferred_channel: Channel | null;
    wrote_on: Channel | null;
    wrote_at: MaybeInstant;
    /** Whose people have a limit in common; by the id the company's own systems use. */
    account_id: string | null;
    /** Where this record is now: it was found to be the same person. Never another record that was merged. */
    merged_into: string | null;
    /** ISO 3166: 'DE', and its part without the country: 'NW'. */
    country: Generated<string | null>;
    region: Generated<string | null>;
    postal_code: Generated<string | null>;
    jurisdiction: Generated<string | null>;
    /** When somebody last looked where they may be. */
    located_at: MaybeInstant;
    created_at: Instant;
    updated_at: Instant;
  };
  addresses: { customer_id: string; channel: Channel; address: string; created_at: Instant };
  consents: {
    customer_id: string;
    id: GeneratedAlways<string>;
    channel: Channel;
    purpose: string;
    granted: boolean;
    source: string;
    proof: string | null;
    actor: string;
    /** When it was written down. */
    at: Instant;
    given_by: Generated<string | null>;
    given_at: MaybeInstant;
    text: Generated<string | null>;
  };
  suppressions: {
    customer_id: string;
    channel: Channel | 'all';
    reason: string;
    actor: string;
    at: Instant;
    source: Generated<string | null>;
    lifted_at: MaybeInstant;
    lifted_by: Generated<string | null>;
    lifted_because: Generated<string | null>;
  };
  guards: {
    customer_id: string;
    fact: string;
    reason: string;
    actor: string;
    at: Instant;
    review_at: Instant;
    contradicts: Generated<string[]>;
    lifted_at: MaybeInstant;
    lifted_by: Generated<string | null>;
  };
  merges: {
    from_id: string;
    into_id: string;
    actor: string;
    reason: string;
    /** How many of what was re-pointed. */
    moved: Json<Record<string, number>>;
    at: Instant;
  };
  area_guards: {
    id: string;
    fact: string;
    contradicts: string[];
    /** As they were said: 'DE:535'. */
    areas: string[];
    reason: string;
    actor: string;
    at: Instant;
    review_at: Instant;
    lifted_at: MaybeInstant;
    lifted_by: Generated<string | null>;
  };
  checks: {
    customer_id: string;
    id: GeneratedAlways<string>;
    assumption: string;
    note: string | null;
    actor: string;
    at: Instant;
  };
  holds: {
    customer_id: string;
    id: GeneratedAlways<string>;
    until_at: Instant;
    reason: string;
    actor: string;
    at: Instant;
    lifted_at: MaybeInstant;
    lifted_by: Generated<string | null>;
  };
  /** One journey for one customer, stopped by one of our people; without an end, until somebody lifts it. */
  journey_stops: {
    customer_id: string;
    id: GeneratedAlways<string>;
    journey: string;
    until_at: MaybeInstant;
    reason: string;
    actor: string;
    at: Instant;
    lifted_at: MaybeInstant;
    lifted_by: Generated<string | null>;
  };
  /** While one stands that nobody has lifted, only confidants read what was said. */
  confidences: {
    customer_id: string;
    id: GeneratedAlways<string>;
    reason: string;
    actor: string;
    at: Instant;
    lifted_at: MaybeInstant;
    lifted_by: Generated<string | null>;
    lifted_because: Generated<string | null>;
  };
  confidants: { customer_id: string; agent: string; let_in_by: string; reason: string; at: Instant };
  /** Who read what is confidential, or tried to: `until_at` is the last of `times` looks in a row. */
  readings: {
    customer_id: string;
    id: GeneratedAlways<string>;
    reader: string;
    was_let: boolean;
    at: Instant;
    until_at: Instant;
    times: Generated<number>;
  };
  own_limits: {
    customer_id: string;
    id: GeneratedAlways<string>;
    limits: Json<OwnLimits | null>;
    source: string;
    actor: string;
    at: Instant;
  };
  /** A row is their yes. */
  customer_interests: { customer_id: string; interests: string[]; source: string; actor: string; at: Instant };
  silences: { customer_id: string; since: Instant; due_at: Instant };
  soft_caps: { customer_id: string; window_name: string; told_at: Instant };
}
