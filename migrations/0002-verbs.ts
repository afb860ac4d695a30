import { sql, type Kysely } from 'kysely';

/** What `remind`, `split`, `again` and dates that move leave in the database. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

const statements = [
  // ── notes to our own people, for later; they outlive the run that left them ──
  sql`create table notes (
    id text primary key,
    customer_id text not null references customers,
    enrolment_id text not null references enrolments,
    step text not null,
    team text not null,
    about text not null,
    said text not null,
    follows text,
    from_at timestamptz not null,
    due_at timestamptz not null,
    state text not null check (state in ('open', 'told')),
    made_at timestamptz not null,
    told_at timestamptz,
    check ((state = 'told') = (told_at is not null))
  )`,
  sql`create index notes_due on notes (due_at) where state = 'open'`,
  sql`create index notes_by_customer on notes (customer_id) where state = 'open'`,

  // ── a promise whose date may move says how its time was said, and from when it is counted ──
  sql`alter table promises add column said text, add column follows text, add column from_at timestamptz`,

  // ── which way a run went at a split, and whether its journey's goal was met ──
  sql`create table splits (
    enrolment_id text not null references enrolments,
    step text not null,
    customer_id text not null references customers,
    journey text not null,
    version integer not null,
    arm text not null,
    goal text,
    at timestamptz not null,
    goal_met_at timestamptz,
    primary key (enrolment_id, step)
  )`,
  sql`create index splits_by_journey on splits (journey, step, arm)`,
  sql`create index splits_by_goal on splits (customer_id, goal) where goal_met_at is null`,

  // ── an event that asked for a run which was not to begin yet ──
  sql`create table turned_away (
    event_id text not null references events,
    journey text not null,
    customer_id text not null references customers,
    because text not null,
    until timestamptz,
    at timestamptz not null,
    primary key (event_id, journey)
  )`,
  sql`create index turned_away_by_customer on turned_away (customer_id, at desc)`,
];
