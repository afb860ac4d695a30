/**
 * Whoever was there before anybody looked for customers' places, or was written to the tables by other means, is looked for later, a page at
 * a time: laws and plausible clocks are read from telephone numbers, which no SQL can do.
 */
import { getCustomer } from './customers.ts';
import { lockCustomer } from './lock-customer.ts';
import type { Db, Tx } from './open.ts';
import { copyWhereabouts, type Locate } from './whereabouts.ts';

/** Answers with how many there were; fewer than `limit`: nobody is left. */
export async function locateCustomers(
  db: Db,
  { locate, limit, now }: { readonly locate: Locate; readonly limit: number; readonly now: number },
): Promise<number> {
  const rows = await db
    .selectFrom('customers')
    .select('id')
    .where('located_at', 'is', null)
    .where('merged_into', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute();
  for (const { id } of rows) await db.transaction().execute((tx) => locateIn(tx, id, locate, now));
  return rows.length;
}

/** Another worker may have looked meanwhile, and they may have been merged: the kept record is looked for by itself. */
async function locateIn(tx: Tx, id: string, locate: Locate, now: number): Promise<void> {
  if ((await lockCustomer(tx, id)) !== id) return;
  const customer = await getCustomer(tx, id);
  if (customer) await copyWhereabouts(tx, customer, { locate, now });
}
