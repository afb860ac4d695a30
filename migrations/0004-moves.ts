import { sql, type Kysely } from 'kysely';

/** Journeys changed while they run: moves to another version, corrections of wording, versions that are retired or come back. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

const statements = [
  // `same_as`: a version that was rolled back to, and has its definition and all it was published with.
  sql`alter table journeys add column same_as integer, add column retired_at timestamptz, add column retired_by text`,
  sql`create index enrolments_running_by_version on enrolments (journey, version, id) where state = 'running'`,

  // `steps`: only who stands there is moved; null: everybody who is on that version.
  sql`create table moves (
    id text primary key,
    journey text not null,
    from_version integer not null,
    to_version integer not null,
    map jsonb not null,
    steps text[],
    state text not null check (state in ('going', 'done')),
    asked_by text not null,
    asked_at timestamptz not null,
    done_at timestamptz,
    foreign key (journey, from_version) references journeys,
    foreign key (journey, to_version) references journeys,
    check (from_version <> to_version),
    check ((state = 'done') = (done_at is not null))
  )`,
  // One at a time from a version: two would ask the same runs.
  sql`create unique index moves_going on moves (journey, from_version) where state = 'going'`,
  sql`create index moves_by_journey on moves (journey, asked_at)`,
  // Who was told of a move, and what has come of it: nobody is told twice, and nobody is moved twice.
  sql`create table moved_runs (
    move_id text not null references moves,
    enrolment_id text not null references enrolments,
    state text not null check (state in ('told', 'moved', 'stayed')),
    because text,
    told_at timestamptz not null,
    settled_at timestamptz,
    primary key (move_id, enrolment_id),
    check ((state = 'told') = (settled_at is null)),
    check ((state = 'stayed') = (because is not null))
  )`,
  // A run answers one move before it hears of the next.
  sql`create unique index moved_runs_told on moved_runs (enrolment_id) where state = 'told'`,
  sql`alter table deliveries drop constraint deliveries_kind_check`,
  sql`alter table deliveries add constraint deliveries_kind_check check (kind in ('event', 'outcome', 'settled', 'cancel', 'move'))`,

  // What a version says in other words than it was published with.
  sql`create table corrections (
    journey text not null,
    version integer not null,
    id bigint generated always as identity,
    template text not null,
    locale text not null,
    why text not null,
    corrected_by text not null,
    at timestamptz not null,
    before_hash text not null references definitions,
    after_hash text not null references definitions,
    primary key (journey, version, id),
    foreign key (journey, version) references journeys
  )`,
];
