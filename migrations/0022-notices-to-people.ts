import { sql, type Kysely } from 'kysely';

/** Notices reach each of our people by e-mail and Slack, batched, and not while they want to be left alone. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

const statements = [
  sql`alter table agents
    add column email text,
    add column slack text,
    add column focus_until timestamptz`,
  sql`create unique index agents_by_slack on agents (slack) where slack is not null`,
  // People are told by rows of their own, so that what one of them misses keeps nobody else from hearing.
  sql`alter table notices add column shared_out_at timestamptz`,
  sql`create index notices_to_share_out on notices (id) where shared_out_at is null`,
  sql`create table tellings (
    id bigint generated always as identity primary key,
    notice_id bigint not null references notices on delete cascade,
    recipient text not null,
    via text not null check (via in ('email', 'slack')),
    due_at timestamptz not null,
    attempts integer not null default 0,
    sent_at timestamptz,
    given_up_at timestamptz,
    last_error text,
    unique (notice_id, recipient, via)
  )`,
  sql`create index tellings_due on tellings (due_at) where sent_at is null and given_up_at is null`,
  sql`create index tellings_last on tellings (recipient, via, sent_at desc) where sent_at is not null`,
];
