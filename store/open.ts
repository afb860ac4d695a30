import { createHash } from 'node:crypto';
import {
  Kysely,
  PostgresDialect,
  type PostgresCursor,
  type PostgresPool,
  type PostgresQueryResult,
  type Transaction,
} from 'kysely';
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
  // The pool listens to idle connections only. One that breaks in the middle of a transaction, between two statements, would
  // end the process; its next statement fails anyway.
  pool.on('connect', (client) => {
    client.on('error', onError);
  });
  return pool;
}

export function openDatabase(url: string, options: OpenOptions): Db {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool: named(openPool(url, options)) }) });
}

/** Names of statements by their text. A connection keeps each plan for ever, so their number has an end. */
const names = new Map<string, string>();
const namesAtMost = 400;
const worthNaming = /^\s*(select|insert|update|delete|with)\b/;
/** PostgreSQL refuses a kept plan whose columns have changed, and a list of all columns may grow while a migration runs. No such list: `count(*)`, `n * 2`. */
const allColumns = /(?:\bselect(?:\s+distinct)?|\breturning|[,.])\s*\*/;

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= namesAtMost) return known;
  if (!worthNaming.test(text) || allColumns.test(text)) return undefined;
  const name = createHash('sha256').update(text).digest('hex').slice(0, 32);
  names.set(text, name);
  return name;
}

/** Statements are parsed and planned once a connection instead of at every call. */
function named(pool: pg.Pool): PostgresPool {
  return {
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
      function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
      function query<R>(
        text: string | PostgresCursor<R>,
        values: readonly unknown[] = [],
      ): Promise<unknown> | PostgresCursor<R> {
        if (typeof text !== 'string') throw new Error('Results are read whole here: this pool has no cursors');
        const name = nameOf(text);
        return client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) });
      }
      return { query, release: () => client.release() };
    },
  };
}
