import { sql, type Kysely } from 'kysely';

/** People who sign in at the desk: accounts, their sessions, and links that open it once. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

const statements = [
  // `name` is the name under which they act: tasks and logs keep it, so it is never given to somebody else.
  sql`create table accounts (
    id text primary key,
    name text not null unique,
    role text not null check (role in ('agent', 'lead', 'designer', 'ops')),
    teams text[] not null default '{}',
    password text,
    created_at timestamptz not null,
    disabled_at timestamptz
  )`,
  // Only the SHA-256 of what the browser holds. All instants of sign-in are the machine's, also where the engine's clock is faster.
  sql`create table sessions (
    hash bytea primary key,
    account_id text not null references accounts,
    created_at timestamptz not null,
    used_at timestamptz not null,
    ends_at timestamptz not null
  )`,
  sql`create index sessions_by_account on sessions (account_id)`,
  sql`create table sign_in_links (
    hash bytea primary key,
    account_id text not null references accounts,
    ends_at timestamptz not null,
    used_at timestamptz
  )`,
  // What happened since somebody looked: the desk is told of it within a second.
  sql`create index task_log_in_order on task_log (id)`,
];
