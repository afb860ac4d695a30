import { sql, type Kysely } from 'kysely';

/** When somebody last looked where a customer may be. Nobody has, of those who are here: workers do so, a page at a time. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table customers add column located_at timestamptz`.execute(db);
  await sql`create index customers_not_located on customers (id) where located_at is null`.execute(db);
}
