/** What was published: words, policies, templates and journeys, corrections of their wording, and runs moving between versions. */
import type { ColumnType, GeneratedAlways } from 'kysely';
import type { Journey } from '../../core/journey/table.ts';
import type { StepMap } from '../../core/run/move-state.ts';
import type { Instant, Json, MaybeInstant } from './columns.ts';

export interface PublishedTables {
  definitions: {
    hash: string;
    kind: 'words' | 'policy' | 'templates';
    /** Counts what was published of this kind, from 1: what explanations call the policy's version. */
    number: number;
    data: Json<unknown>;
    published_at: Instant;
  };
  journeys: {
    name: string;
    version: number;
    hash: string;
    definition: Json<Journey>;
    /** Every event it enters by, listens to, exits or is interrupted by. */
    hears: string[];
    entry_event: string | null;
    /** The customer's field that an entry by date hangs on. */
    entry_field: string | null;
    words_hash: string;
    policy_hash: string;
    templates_hash: string;
    published_at: Instant;
    published_by: string;
    /** It was rolled back to this one: the same definition, with the same words, policy and templates. */
    same_as: ColumnType<number | null, number | null | undefined, never>;
    retired_at: MaybeInstant;
    retired_by: ColumnType<string | null, undefined, string | null>;
  };
  corrections: {
    journey: string;
    version: number;
    id: GeneratedAlways<string>;
    template: string;
    locale: string;
    why: string;
    corrected_by: string;
    at: Instant;
    before_hash: string;
    after_hash: string;
  };
  moves: {
    id: string;
    journey: string;
    from_version: number;
    to_version: number;
    map: Json<StepMap>;
    /** Only who stands at these; null: everybody. */
    steps: string[] | null;
    state: 'going' | 'done';
    asked_by: string;
    asked_at: Instant;
    done_at: MaybeInstant;
  };
  moved_runs: {
    move_id: string;
    enrolment_id: string;
    state: 'told' | 'moved' | 'stayed';
    because: string | null;
    told_at: Instant;
    settled_at: MaybeInstant;
  };
}
