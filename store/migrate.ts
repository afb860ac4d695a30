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

/** The names of migrations that this version knows and the schema has not seen, in order. */
export async function unmigrated(db: Db, schema: string): Promise<string[]> {
  const known = Object.keys(migrations);
  const found = await sql<{ at: string | null }>`select to_regclass(${`${schema}.kysely_migration`}) as at`.execute(db);
  if (found.rows[0]?.at == null) return known;
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(`${schema}.kysely_migration`)}`.execute(db);
  const applied = new Set(rows.map((row) => row.name));
  return known.filter((name) => !applied.has(name));
}
