import { sql, type Kysely } from 'kysely';

/** What leads and designers see of a day, and what people at the desk say of automated steps and would change of them. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

const statements = [
  // A day is counted from the rows of that day alone. Block ranges cost the writes of touches next to nothing, where another tree would
  // cost each of them an entry; the ranges of what waited for its place for days are kept apart, so that few of them are read in vain.
  sql`create index touches_by_sending on touches using brin (sent_at timestamptz_minmax_multi_ops) with (pages_per_range = 32)`,
  sql`create index touches_by_decision on touches using brin (decided_at timestamptz_minmax_multi_ops) with (pages_per_range = 32)`,
  sql`create index decisions_in_order on decisions using brin (at) with (pages_per_range = 32)`,
  sql`create index messages_by_time on messages using brin (at) with (pages_per_range = 32)`,
  sql`create index events_by_time on events using brin (at) with (pages_per_range = 32)`,
  sql`create index task_log_by_time on task_log using brin (at) with (pages_per_range = 32)`,
  sql`create index tasks_by_creation on tasks (created_at)`,
  sql`create index tasks_by_end on tasks (done_at) where done_at is not null`,
  sql`create index tasks_of_customer on tasks (customer_id, done_at)`,
  sql`create index promises_by_end on promises (settled_at) where settled_at is not null`,

  // What was counted of a day that is over. \`format\` says how: what was counted otherwise is counted anew.
  sql`create table day_figures (
    zone text not null,
    day date not null,
    format integer not null,
    figures json not null,
    counted_at timestamptz not null,
    primary key (zone, day)
  )`,

  // One voice a person and touch. It belongs to the step, so it names no customer.
  sql`create table step_feedback (
    touch_id text not null,
    agent text not null,
    journey text not null,
    version integer not null,
    step text not null,
    says text not null check (says in ('helped', 'too-late', 'should-not-exist')),
    at timestamptz not null,
    primary key (touch_id, agent),
    foreign key (journey, version) references journeys
  )`,
  sql`create index step_feedback_by_step on step_feedback (journey, version, step)`,

  // What somebody would change of a step: other words of its template, or another wait. Journeys are code, so this is asked and not done.
  sql`create table proposals (
    number bigint generated always as identity primary key,
    journey text not null,
    version integer not null,
    step text not null,
    change json not null,
    why text not null,
    proposed_by text not null,
    at timestamptz not null,
    state text not null check (state in ('open', 'accepted', 'declined')),
    decided_by text,
    decided_at timestamptz,
    decided_because text,
    foreign key (journey, version) references journeys,
    check ((state = 'open') = (decided_at is null))
  )`,
  sql`create index proposals_by_journey on proposals (journey, number)`,
  sql`create index proposals_open on proposals (number) where state = 'open'`,
];
