/** Either side may want no introductions. */
import { lockCustomer } from '../lock-customer.ts';
import type { Db } from '../open.ts';

export interface CustomersWish {
  readonly wanted: boolean;
  readonly source: string | null;
  readonly actor: string | null;
  readonly at: number | null;
}

export async function customersWish(db: Db, customerId: string): Promise<CustomersWish> {
  const row = await db
    .selectFrom('introduction_refusals')
    .select(['source', 'actor', 'at'])
    .where('customer_id', '=', customerId)
    .executeTakeFirst();
  return row
    ? { wanted: false, source: row.source, actor: row.actor, at: row.at.getTime() }
    : { wanted: true, source: null, actor: null, at: null };
}

/** Answers whether there is such a customer. Whoever introduces somebody holds the customer, as we do. */
export const setCustomersWish = (
  db: Db,
  id: string,
  {
    wanted,
    source,
    actor,
    at,
  }: { readonly wanted: boolean; readonly source: string; readonly actor: string; readonly at: number },
): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    const customerId = await lockCustomer(tx, id);
    if (customerId === null) return false;
    if (wanted) await tx.deleteFrom('introduction_refusals').where('customer_id', '=', customerId).execute();
    else
      await tx
        .insertInto('introduction_refusals')
        .values({ customer_id: customerId, source, actor, at: new Date(at) })
        .onConflict((c) => c.column('customer_id').doNothing())
        .execute();
    return true;
  });

/** Answers whether there is such an agent. */
export async function setAgentsWish(db: Db, agent: string, introduces: boolean, now: number): Promise<boolean> {
  const row = await db
    .updateTable('agents')
    .set({ introduces, updated_at: new Date(now) })
    .where('name', '=', agent)
    .executeTakeFirst();
  return row.numUpdatedRows > 0n;
}
