import { sql, type Kysely } from 'kysely';

/** Entry by date and by audience. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

const statements = [
  // ── by date: who enters when, kept beside the customer's record ────────────
  // The customer's field that a journey's entry hangs on; null: it is entered otherwise.
  sql`alter table journeys add column entry_field text`,
  sql`update journeys set entry_field = substring(definition -> 'entry' ->> 'date' from 'customer[.]([A-Za-z0-9]+)')`,
  sql`create index journeys_by_entry_field on journeys (entry_field) where entry_field is not null`,
  sql`create table date_entries (
    customer_id text not null references customers,
    journey text not null,
    date text not null,
    due_at timestamptz not null,
    primary key (customer_id, journey)
  )`,
  sql`create index date_entries_due on date_entries (due_at)`,
  sql`create index date_entries_by_journey on date_entries (journey)`,
  // A journey that was published has still to look at everybody behind this customer.
  sql`create table date_scans (
    journey text primary key,
    after_id text not null default '',
    published_at timestamptz not null
  )`,

  // ── by audience ────────────────────────────────────────────────────────────
  // Either a condition, or a list of members.
  sql`create table audiences (
    name text primary key,
    condition json,
    set_by text not null,
    set_at timestamptz not null
  )`,
  // No key to customers: a list may come before the people on it.
  sql`create table audience_members (
    audience text not null references audiences on delete cascade,
    customer_id text not null,
    primary key (audience, customer_id)
  )`,
  // One journey to one audience at one time. The cursor says how far it is: the instant whose zones are under way, and the last customer.
  sql`create table broadcasts (
    id text primary key,
    journey text not null,
    version integer not null,
    audience text not null,
    at text not null,
    state text not null check (state in ('planned', 'running', 'done', 'cancelled', 'missed')),
    pass_at timestamptz,
    stage text not null default 'zones' check (stage in ('zones', 'moved', 'waits')),
    after_id text not null default '',
    entered bigint not null default 0,
    counts jsonb not null default '{}',
    wake_at timestamptz,
    planned_at timestamptz not null,
    begun_at timestamptz,
    over_at timestamptz,
    cancelled_by text,
    foreign key (journey, version) references journeys,
    unique (journey, audience, at),
    check ((state in ('done', 'cancelled', 'missed')) = (over_at is not null))
  )`,
  sql`create index broadcasts_to_wake on broadcasts (wake_at) where state in ('planned', 'running')`,
  // Whose touch has to wait for its place; everybody else leaves no row but the touch.
  sql`create table broadcast_waits (
    broadcast_id text not null references broadcasts,
    customer_id text not null references customers,
    touch_id text not null unique,
    state json not null,
    due_at timestamptz not null,
    primary key (broadcast_id, customer_id)
  )`,
  sql`create index broadcast_waits_due on broadcast_waits (broadcast_id, due_at)`,
  sql`alter table outbox drop constraint outbox_kind_check`,
  sql`alter table outbox add constraint outbox_kind_check check (kind in ('enrolment', 'task', 'promise', 'broadcast'))`,
];
