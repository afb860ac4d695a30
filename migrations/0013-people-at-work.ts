import { sql, type Kysely } from 'kysely';

/** Who is at a customer right now, what people did against a warning, and what they are told of tasks. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

const statements = [
  // It ends by itself within seconds, so nothing of it needs to outlive the server.
  sql`create unlogged table presence (
    customer_id text not null references customers,
    agent text not null,
    doing text not null check (doing in ('reading', 'writing', 'calling')),
    since timestamptz not null,
    until timestamptz not null,
    primary key (customer_id, agent)
  )`,

  // A person's touch is never blocked: what warned them, and why they went on, is for designers to read.
  sql`create table overrides (
    touch_id text primary key,
    customer_id text not null references customers,
    agent text not null,
    warnings jsonb not null,
    why text not null,
    at timestamptz not null
  )`,
  sql`create index overrides_by_time on overrides (at desc, touch_id)`,

  // What people are told of tasks. A row is written with the change it tells of and sent later: no task waits for a notice.
  sql`create table notices (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('new', 'climbing', 'unanswered', 'warning', 'taken-back', 'replied', 'given')),
    task_id text not null references tasks,
    team text not null,
    person text,
    at timestamptz not null,
    due_at timestamptz not null,
    attempts integer not null default 0,
    sent_at timestamptz,
    given_up_at timestamptz,
    last_error text
  )`,
  sql`create index notices_due on notices (due_at) where sent_at is null and given_up_at is null`,
];
