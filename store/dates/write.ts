import { sql } from 'kysely';
import type { Tx } from '../open.ts';
import { mostLateMs, type DateEntry } from './due.ts';

export interface Dated {
  readonly customerId: string;
  readonly entry: DateEntry | null;
}

/**
 * Brings the rows of these customers up to date; whoever calls holds them. `knownAt`: since when their dates are known. A row that is there
 * already stays while its date does, however late it is: whoever was to enter it is only slow.
 */
export async function writeDateEntries(
  tx: Tx,
  journey: string,
  dated: readonly Dated[],
  knownAt: number,
): Promise<void> {
  const known = dated.flatMap(({ customerId, entry }) => (entry ? [{ customerId, ...entry }] : []));
  const inTime = known.filter(({ dueAt }) => dueAt >= knownAt - mostLateMs);
  await sql`
    delete from date_entries d where d.journey = ${journey} and d.customer_id = any(${dated.map((d) => d.customerId)})
      and not exists (
        select 1 from unnest(${known.map((k) => k.customerId)}::text[], ${known.map((k) => k.date)}::text[]) as k(customer_id, date)
        where k.customer_id = d.customer_id and k.date = d.date
      )`.execute(tx);
  await sql`
    update date_entries d set due_at = k.due_at
    from unnest(${known.map((k) => k.customerId)}::text[], ${known.map((k) => new Date(k.dueAt).toISOString())}::timestamptz[]) as k(customer_id, due_at)
    where d.journey = ${journey} and d.customer_id = k.customer_id and d.due_at <> k.due_at`.execute(tx);
  if (inTime.length === 0) return;
  await tx
    .insertInto('date_entries')
    .values(
      inTime.map(({ customerId, date, dueAt }) => ({
        customer_id: customerId,
        journey,
        date,
        due_at: new Date(dueAt),
      })),
    )
    .onConflict((c) => c.doNothing())
    .execute();
}
