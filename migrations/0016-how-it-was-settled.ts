import { sql, type Kysely } from 'kysely';

/** Who found out what came of a touch whose outcome was unknown; null: it was never unknown, or its own attempt told late. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table touches add column settled_by json`.execute(db);
}
