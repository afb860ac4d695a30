import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { Database } from './database.ts';

export type Db = Kysely<Database>;
export type Tx = Transaction<Database>;

export interface OpenOptions {
  /** PostgreSQL schema that holds our tables; the demo's story has its own. */
  schema: string;
  /** Connections at most. */
  max?: number;
  /** Told of errors on idle connections, which a stopping server causes and which must not end the process. */
  onError?: (error: Error) => void;
}

const schemaName = /^[a-z_][a-z0-9_]{0,62}$/;

/** A pool on one schema. `statement_timeout` and `connectionTimeoutMillis` bound how long a stalled server can hold us: 10 s. */
export function openPool(url: string, { schema, max = 10, onError = () => undefined }: OpenOptions): pg.Pool {
  if (!schemaName.test(schema))
    throw new Error(`Schema '${schema}' is not a lower-case PostgreSQL name such as 'righttouch'`);
  const pool = new pg.Pool({
    connectionString: url,
    max,
    options: `-c search_path=${schema}`,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 10_000,
    query_timeout: 12_000,
    keepAlive: true,
  });
  pool.on('error', onError);
  return pool;
}

export function openDatabase(url: string, options: OpenOptions): Db {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool: openPool(url, options) }) });
}
