import { sql, type Kysely } from 'kysely';

/** What people can set: guards for areas, checks, holds, the customer's own limits, where customers are, and who waits for us. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

const statements = [
  // Where they live, as far as it is known, and whose law holds for them where somebody has said so ('US-FL').
  sql`alter table customers add column country text, add column region text, add column postal_code text, add column jurisdiction text`,

  sql`alter table guards add column contradicts text[] not null default '{}', add column lifted_by text`,
  sql`create index guards_by_review on guards (review_at) where lifted_at is null`,
  // A handful of rows that every decision reads: whoever comes into an area later is under its guard as well.
  sql`create table area_guards (
    id text primary key,
    fact text not null,
    contradicts text[] not null,
    areas text[] not null,
    reason text not null,
    actor text not null,
    at timestamptz not null,
    review_at timestamptz not null,
    lifted_at timestamptz,
    lifted_by text
  )`,
  sql`create unique index area_guards_once on area_guards (fact, areas) where lifted_at is null`,
  sql`create table checks (
    customer_id text not null references customers,
    id bigint generated always as identity,
    assumption text not null,
    note text,
    actor text not null,
    at timestamptz not null,
    primary key (customer_id, id)
  )`,

  sql`create table holds (
    customer_id text not null references customers,
    id bigint generated always as identity,
    until_at timestamptz not null,
    reason text not null,
    actor text not null,
    at timestamptz not null,
    lifted_at timestamptz,
    lifted_by text,
    primary key (customer_id, id)
  )`,
  sql`create table own_limits (
    customer_id text not null references customers,
    id bigint generated always as identity,
    limits jsonb not null,
    source text not null,
    actor text not null,
    at timestamptz not null,
    primary key (customer_id, id)
  )`,

  // Who gave it, when, and in which words; \`at\` is when we wrote it down.
  sql`alter table consents add column given_by text, add column given_at timestamptz, add column text text`,
  sql`create index consents_in_order on consents (id)`,
  sql`alter table suppressions add column source text, add column lifted_by text, add column lifted_because text`,

  // They wrote, and have heard nothing since: by then a person has it.
  sql`create table silences (
    customer_id text primary key references customers,
    since timestamptz not null,
    due_at timestamptz not null
  )`,
  sql`create index silences_due on silences (due_at)`,
  // A soft cap that was passed is told once a customer and window.
  sql`create table soft_caps (
    customer_id text not null references customers,
    window_name text not null,
    told_at timestamptz not null,
    primary key (customer_id, window_name)
  )`,
];
