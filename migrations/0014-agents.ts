import { sql, type Kysely } from 'kysely';

/** Our people at the desk. What is here is all there is: nothing of where they come from, what they believe or how they are. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

const statements = [
  sql`create table agents (
    name text primary key,
    teams text[] not null,
    languages text[] not null,
    skills text[] not null,
    interests text[] not null default '{}',
    shares_interests boolean not null default false,
    hours text,
    zone text,
    capacity integer not null check (capacity between 1 and 1000),
    on_shift boolean not null default false,
    shift_since timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  sql`create index agents_on_shift on agents using gin (teams) where on_shift`,
  // What customers may see of somebody, each for itself and only while they approve of it, at an address that tells nothing.
  sql`create table agent_fragments (
    agent text not null references agents,
    fragment text not null check (fragment in ('name', 'photo', 'since', 'expertise', 'languages', 'detail')),
    address text not null unique,
    media_type text not null,
    content bytea not null,
    said_at timestamptz not null,
    approved_at timestamptz,
    withdrawn_at timestamptz,
    primary key (agent, fragment, address)
  )`,
  sql`create unique index agent_fragments_now on agent_fragments (agent, fragment) where withdrawn_at is null`,
];
