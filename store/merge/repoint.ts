/** Everything that belongs to the one record belongs to the other from now on. */
import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '../open.ts';

/** Tables in which rows of two customers never collide. `ownTables` and these are all that name a customer: a test asks the database. */
export const freeTables = [
  'checks',
  'confidences',
  'consents',
  'decisions',
  'enrolments',
  'events',
  'holds',
  'journey_stops',
  'introductions',
  'messages',
  'notes',
  'overrides',
  'own_limits',
  'promises',
  'readings',
  'splits',
  'tasks',
  'touches',
  'turned_away',
] as const;

/** Where one row a customer and something is all there may be: which of both stays. Otherwise the kept record's own does. */
const collisions: Readonly<Record<string, { readonly on: readonly string[]; readonly before?: RawBuilder<unknown> }>> =
  {
    addresses: { on: ['channel', 'address'] },
    audience_members: { on: ['audience'] },
    customer_interests: { on: [] },
    introduction_refusals: { on: [] },
    // One person gets one message of a broadcast.
    broadcast_waits: { on: ['broadcast_id'] },
    confidants: { on: ['agent'] },
    date_entries: { on: ['journey'] },
    presence: { on: ['agent'] },
    // It is told again sooner than it need be, at worst.
    soft_caps: { on: ['window_name'] },
    // A microsecond apart they are two records still.
    guards: { on: ['fact', 'at'], before: sql`at + interval '1 microsecond'` },
    suppressions: { on: ['channel', 'at'], before: sql`at + interval '1 microsecond'` },
  };
export const collidingTables = Object.keys(collisions);
/** Merged by rules of their own. */
export const ownTables = ['budgets', 'customers', 'merges', 'silences'];

/** How many rows of each table were re-pointed. */
export async function repoint(tx: Tx, from: string, into: string): Promise<Record<string, number>> {
  const moved: Record<string, number> = {};
  for (const [table, { on, before }] of Object.entries(collisions)) {
    // One a customer: the kept record's own.
    const same = sql.join(
      [sql`true`, ...on.map((column) => sql`k.${sql.ref(column)} = m.${sql.ref(column)}`)],
      sql` and `,
    );
    const taken = sql`exists (select 1 from ${sql.table(table)} k where k.customer_id = ${into} and ${same})`;
    if (before === undefined)
      await sql`delete from ${sql.table(table)} m where m.customer_id = ${from} and ${taken}`.execute(tx);
    else
      await sql`update ${sql.table(table)} m set at = ${before} where m.customer_id = ${from} and ${taken}`.execute(tx);
  }
  // Who waits for us has waited since the earlier of both.
  await sql`insert into silences (customer_id, since, due_at) select ${into}, since, due_at from silences where customer_id = ${from}
    on conflict (customer_id) do update set since = least(silences.since, excluded.since),
      due_at = least(silences.due_at, excluded.due_at)`.execute(tx);
  await tx.deleteFrom('silences').where('customer_id', '=', from).execute();
  for (const table of [...freeTables, ...collidingTables]) {
    const done = await sql`update ${sql.table(table)} set customer_id = ${into} where customer_id = ${from}`.execute(
      tx,
    );
    moved[table] = Number(done.numAffectedRows ?? 0);
  }
  return Object.fromEntries(Object.entries(moved).filter(([, count]) => count > 0));
}
