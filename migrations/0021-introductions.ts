import { sql, type Kysely } from 'kysely';

/** Who of us was introduced to whom, and who wants no introductions. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

const statements = [
  // 'asked' and 'waiting' have still to get their place in the budget; 'placed' has it, and its touch tells what came of it.
  sql`create table introductions (
    id text primary key,
    -- Two of one instant have an order, too.
    number bigint generated always as identity,
    customer_id text not null references customers,
    agent text not null references agents,
    task_id text not null references tasks,
    kind text not null check (kind in ('introduction', 'correction')),
    instead_of text,
    when_at timestamptz,
    state text not null check (state in ('asked', 'waiting', 'placed', 'none')),
    because text,
    ask integer not null default 0,
    ask_at timestamptz,
    card text not null unique,
    card_until timestamptz not null,
    at timestamptz not null,
    check ((state in ('asked', 'waiting')) = (ask_at is not null)),
    check ((kind = 'correction') = (instead_of is not null))
  )`,
  sql`create index introductions_by_customer on introductions (customer_id, number)`,
  sql`create index introductions_by_task on introductions (task_id, number)`,
  // A row is their no.
  sql`create table introduction_refusals (
    customer_id text primary key references customers,
    source text not null,
    actor text not null,
    at timestamptz not null
  )`,
  sql`alter table agents add column introduces boolean not null default true`,
];
