/** Customers, what they agreed to, and what forbids reaching them. */
import type { Generated, GeneratedAlways } from 'kysely';
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
    at: Instant;
  };
  suppressions: {
    customer_id: string;
    channel: Channel | 'all';
    reason: string;
    actor: string;
    at: Instant;
    lifted_at: MaybeInstant;
  };
  guards: {
    customer_id: string;
    fact: string;
    reason: string;
    actor: string;
    at: Instant;
    review_at: Instant;
    lifted_at: MaybeInstant;
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
}
