/** Who signs in at the desk. */
import type { Generated } from 'kysely';
import type { Instant, MaybeInstant } from './columns.ts';

export interface AccountTables {
  accounts: {
    id: string;
    /** Under which they act: what tasks and logs call them. */
    name: string;
    role: 'agent' | 'lead' | 'designer' | 'ops';
    teams: Generated<string[]>;
    /** As `store/accounts/password` writes it; null until they have set one. */
    password: string | null;
    created_at: Instant;
    disabled_at: MaybeInstant;
  };
  sessions: { hash: Buffer; account_id: string; created_at: Instant; used_at: Instant; ends_at: Instant };
  sign_in_links: { hash: Buffer; account_id: string; ends_at: Instant; used_at: MaybeInstant };
}
