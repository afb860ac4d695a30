import { sql, type Kysely } from 'kysely';

/** What `why` tells besides touches: notes that were told, entries that came to nothing, and what the fence decided. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

const statements = [
  sql`create index notes_of_customer on notes (customer_id, made_at desc)`,
  // An entry by date has no event: a row is of one event, or of one date.
  sql`alter table turned_away drop constraint turned_away_pkey`,
  sql`alter table turned_away alter column event_id drop not null`,
  sql`alter table turned_away add column id text`,
  sql`update turned_away set id = event_id || '/' || journey`,
  sql`alter table turned_away alter column id set not null`,
  sql`alter table turned_away add primary key (id)`,
  sql`create index turned_away_by_event on turned_away (event_id)`,
  // At the fence a place that was given may be refused after all, which is a second decision of the same ask.
  sql`alter table decisions drop constraint decisions_pkey`,
  sql`alter table decisions add primary key (touch_id, ask, decided)`,
];
