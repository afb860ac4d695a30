/** The database and the clock that lives in it, opened and known to be usable. */
import { clockOf, type Clock } from '../../config/clock.ts';
import { readClock } from '../../store/clock.ts';
import { openDatabase, type Db } from '../../store/open.ts';
import { unmigrated } from '../../store/migrate.ts';
import { Refusal, refused, unreachable } from '../refusal.ts';
import type { DatabaseConfig } from './needed-config.ts';

export interface Store {
  readonly db: Db;
  readonly clock: Clock;
  readonly close: () => Promise<void>;
}

/** Throws a Refusal if the database cannot be reached, or lacks a migration. */
export async function openStore(config: DatabaseConfig, onError?: (error: Error) => void): Promise<Store> {
  const db = openBare(config, onError);
  try {
    await asReachable(config, async () => {
      const missing = await unmigrated(db, config.databaseSchema);
      if (missing.length > 0)
        throw refused(
          `The schema '${config.databaseSchema}' is not up to date: it lacks ${missing.join(', ')}. Run righttouch migrate.`,
        );
    });
    return { db, clock: clockOf(await readClock(db, Date.now())), close: () => db.destroy() };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** Without asking what is in it, for `migrate`. */
export const openBare = (config: DatabaseConfig, onError?: (error: Error) => void): Db =>
  openDatabase(config.databaseUrl, {
    schema: config.databaseSchema,
    max: config.databaseConnections,
    ...(onError && { onError }),
  });

/** Does the first work on a database: what fails there is the way to it. The URL's password is not repeated. */
export async function asReachable<T>({ databaseUrl }: DatabaseConfig, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const { host, pathname } = new URL(databaseUrl);
    const reason = error instanceof AggregateError ? error.errors.map(String).join(', ') : String(error);
    throw unreachable(
      `PostgreSQL at ${host}, database '${pathname.slice(1)}', cannot be used: ${reason}. Check DATABASE_URL and that the server runs.`,
    );
  }
}
