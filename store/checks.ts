/** Somebody looked at a customer's situation and found that what templates assume is so. */
import { checkedGate } from './gates.ts';
import { lockCustomer } from './lock-customer.ts';
import type { Db } from './open.ts';

export interface Check {
  readonly assumption: string;
  readonly note: string | null;
  readonly actor: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** False: there is no such customer. */
export const recordCheck = (db: Db, given: string, { assumption, note, actor, at }: Check): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    const customerId = await lockCustomer(tx, given);
    if (customerId === null) return false;
    await tx
      .insertInto('checks')
      .values({ customer_id: customerId, assumption, note, actor, at: new Date(at) })
      .execute();
    await checkedGate(tx, customerId, { assumption, at });
    return true;
  });

/** Newest first. */
export async function checksOf(db: Db, customerId: string): Promise<Check[]> {
  const rows = await db
    .selectFrom('checks')
    .select(['assumption', 'note', 'actor', 'at'])
    .where('customer_id', '=', customerId)
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}
