import { sql, type Kysely } from 'kysely';

/** What people do at the desk: notes of calls, follow-ups, journeys stopped for one customer, conversations that are confidential, and finding people. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

const statements = [
  // What was said on the phone stands in the conversation, where everybody looks for what was said.
  sql`alter table messages drop constraint messages_kind_check,
    add constraint messages_kind_check check (kind in ('message', 'auto-reply', 'bounce', 'stop', 'note'))`,

  // A follow-up that a person sets is a note like those that journeys leave, and may be taken back.
  sql`alter table notes
    alter column enrolment_id drop not null,
    alter column step drop not null,
    add column actor text,
    add column taken_back_at timestamptz,
    drop constraint notes_state_check,
    add constraint notes_state_check check (state in ('open', 'told', 'taken-back')),
    add constraint notes_whose check ((enrolment_id is null) = (actor is not null) and (enrolment_id is null) = (step is null)),
    add constraint notes_taken_back check ((state = 'taken-back') = (taken_back_at is not null))`,

  // One journey, for one customer, stopped by one of our people. Without an end it is for good, until somebody lifts it.
  sql`create table journey_stops (
    customer_id text not null references customers,
    id bigint generated always as identity,
    journey text not null,
    until_at timestamptz,
    reason text not null,
    actor text not null,
    at timestamptz not null,
    lifted_at timestamptz,
    lifted_by text,
    primary key (customer_id, id)
  )`,
  sql`create index journey_stops_now on journey_stops (customer_id, journey) where lifted_at is null`,

  // While a row without an end stands here, only those of the second table read what was said, and the third says who did.
  sql`create table confidences (
    customer_id text not null references customers,
    id bigint generated always as identity,
    reason text not null,
    actor text not null,
    at timestamptz not null,
    lifted_at timestamptz,
    lifted_by text,
    lifted_because text,
    primary key (customer_id, id)
  )`,
  sql`create index confidences_now on confidences (customer_id) where lifted_at is null`,
  sql`create table confidants (
    customer_id text not null references customers,
    agent text not null,
    let_in_by text not null,
    reason text not null,
    at timestamptz not null,
    primary key (customer_id, agent)
  )`,
  sql`create table readings (
    customer_id text not null references customers,
    id bigint generated always as identity,
    reader text not null,
    was_let boolean not null,
    at timestamptz not null,
    until_at timestamptz not null,
    times integer not null default 1,
    primary key (customer_id, id)
  )`,

  // To find somebody among millions by the beginnings of words, by a number's end or an address's beginning.
  sql`create index customers_by_words on customers using gin (jsonb_to_tsvector('simple', fields, '["string", "numeric"]'))`,
  sql`create index customers_by_beginning on customers (id text_pattern_ops)`,
  sql`create index addresses_by_beginning on addresses (address text_pattern_ops)`,
  sql`create index addresses_by_end on addresses (reverse(address) text_pattern_ops)`,
  // Longer texts are cut for the index alone: a tsvector holds a megabyte at most.
  sql`create index messages_by_words on messages
    using gin (to_tsvector('simple', coalesce(subject, '') || ' ' || left(body, 20000)))`,
];
