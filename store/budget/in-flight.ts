/**
 * What is on its way at this moment: handed to a provider, or about to be, and not yet heard of. Nothing can call it back. What was fenced
 * under the customer's row comes before whatever closes a gate there, so the list of one customer misses none.
 */
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../open.ts';

export interface InFlight {
  readonly touchId: string;
  readonly customerId: string;
  readonly journey: string | null;
  readonly channel: string | null;
  /** The fence instant, epoch milliseconds: nothing is handed over before. */
  readonly at: number;
  readonly state: 'sending' | 'unknown';
}

const most = 1_000;

/** `among`: a condition on `touches t` and `customers c`. Unknown ones of the last minute are told too: they may still arrive. */
export async function inFlight(db: Db, among: RawBuilder<SqlBool>, now: number): Promise<InFlight[]> {
  const { rows } = await sql<Omit<InFlight, 'at'> & { readonly at: Date }>`
    select t.id as "touchId", t.customer_id as "customerId", t.journey, t.channel, t.sending_at as at, t.state
    from touches t join customers c on c.id = t.customer_id
    where t.state in ('sending', 'unknown') and (t.state = 'sending' or t.sending_at >= ${new Date(now - 60_000)})
      and t.made_by = 'tech' and ${among}
    order by t.sending_at limit ${most}`.execute(db);
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

/** To these customers; of one channel or all. */
export const inFlightTo = (db: Db, customerIds: readonly string[], channel: string, now: number): Promise<InFlight[]> =>
  inFlight(
    db,
    sql<SqlBool>`t.customer_id = any(${[...customerIds]}::text[]) and (${channel} = 'all' or t.channel = ${channel})`,
    now,
  );
