import { sql, type Kysely } from 'kysely';

/** What a touch's newest ask came to stands with the touch; `decisions` keeps the asks before it, and what the fence decided. */
export async function up(db: Kysely<never>): Promise<void> {
  // Null: its decision stands among the others, as those did that were made before this.
  await sql`alter table touches add column record json, add column decided_at timestamptz`.execute(db);
  await sql`create view asks as
    select touch_id, ask, customer_id, decided, because, explanation, at from decisions
    union all
    select id, ask, customer_id, answer ->> 'is', answer ->> 'because', record, decided_at from touches
    where record is not null`.execute(db);
}
