import { sql, type Kysely } from 'kysely';

/** The budget row of a record that was merged stays, empty: whoever decided on it as it was must lose against the merge, and learn where it went. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

const statements = [sql`alter table budgets add column merged_into text`];
