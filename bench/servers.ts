import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolder } from '../cli/dev/folders.ts';
import { startPostgres } from '../cli/dev/postgres.ts';
import { startTemporal } from '../cli/dev/temporal.ts';
import { temporalBinary } from '../cli/dev/temporal-binary.ts';
import { migrate } from '../store/migrate.ts';
import { openDatabase, type Db } from '../store/open.ts';

export interface Servers {
  /** A folder for what is built, gone with the servers. */
  readonly home: string;
  /** Migrated. */
  readonly db: Db;
  readonly databaseUrl: string;
  /** `127.0.0.1:port`; the namespace is `default`. */
  readonly temporal: string;
}

const schema = 'bench';

/** PostgreSQL that syncs to disk, and Temporal, for one measurement. */
export async function withServers(
  tell: (line: string) => void,
  work: (servers: Servers) => Promise<void>,
): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'righttouch-bench-'));
  const binary = await temporalBinary('temporal', { data: dataFolder(), tell });
  const postgres = await startPostgres(join(home, 'postgres'));
  const temporal = await startTemporal(binary, join(home, 'temporal'), {
    headless: true,
    throwAway: true,
    namespaces: ['default'],
  });
  const db = openDatabase(postgres.url, { schema, max: 20 });
  try {
    await migrate(db, schema);
    await work({ home, db, databaseUrl: postgres.url, temporal: temporal.address });
  } finally {
    await db.destroy();
    await temporal.stop();
    await postgres.stop();
    for (const folder of [home, postgres.home]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
