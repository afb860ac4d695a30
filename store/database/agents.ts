/** Our people at the desk, and what customers may see of them. */
import type { Generated } from 'kysely';
import type { Instant, MaybeInstant } from './columns.ts';

export type Fragment = 'name' | 'photo' | 'since' | 'expertise' | 'languages' | 'detail';

export interface AgentTables {
  agents: {
    name: string;
    teams: string[];
    languages: string[];
    skills: string[];
    interests: Generated<string[]>;
    /** Both must, before what they have in common counts. */
    shares_interests: Generated<boolean>;
    /** Whether customers may be told of them before they make contact. */
    introduces: Generated<boolean>;
    /** As a team's: 'Mon-Fri 09:00-17:00'; null: their team's. */
    hours: string | null;
    zone: string | null;
    /** Where they are told of tasks outside the desk. */
    email: Generated<string | null>;
    /** Their member id. */
    slack: Generated<string | null>;
    /** Real time. */
    focus_until: MaybeInstant;
    /** How many tasks at once. */
    capacity: number;
    on_shift: Generated<boolean>;
    shift_since: MaybeInstant;
    created_at: Instant;
    updated_at: Instant;
  };
  agent_fragments: {
    agent: string;
    fragment: Fragment;
    /** Where customers see it. */
    address: string;
    media_type: string;
    content: Buffer;
    said_at: Instant;
    approved_at: MaybeInstant;
    withdrawn_at: MaybeInstant;
  };
}
