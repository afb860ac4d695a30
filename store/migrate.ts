import { Migrator, sql } from 'kysely';
import { migrations } from '../migrations/index.ts';
import type { Db } from './open.ts';

/** Brings the schema up to date and answers with the names of what was applied. Several may call it at once: one works, the others wait. */
export async function migrate(db: Db, schema: string): Promise<string[]> {
  await sql`create schema if not exists ${sql.id(schema)}`.execute(db).catch((error: unknown) => {
    // Two processes may create it at the same moment; the loser finds it there.
    if (!isDuplicate(error)) throw error;
  });
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    migrationTableSchema: schema,
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error(JSON.stringify(error));
  return results.map((result) => result.migrationName);
}

const isDuplicate = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '23505' || error.code === '42P06');
