import { sql, type Kysely } from 'kysely';

/** Whom a task is suggested to, and why; and what customers like, where they let it count. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

const statements = [
  // Held out: who it is, is kept and shown to nobody, so that the effect of a suggestion can be measured.
  sql`alter table tasks
    add column routed_to text,
    add column routed_because jsonb,
    add column held_out boolean not null default false`,
  sql`create index tasks_suggested on tasks (routed_to) where state = 'open' and routed_to is not null and not held_out`,
  // Who of us somebody had to do with.
  sql`create index tasks_by_customer on tasks (customer_id)`,
  // How long a team's people take.
  sql`create index tasks_done_by_team on tasks (team, done_at) where state = 'done'`,
  // A row is their yes; taking it back deletes it.
  sql`create table customer_interests (
    customer_id text primary key references customers,
    interests text[] not null,
    source text not null,
    actor text not null,
    at timestamptz not null
  )`,
];
