/** What a customer likes, where they said that it may count. Taking it back leaves nothing. */
import { lockCustomer } from './lock-customer.ts';
import type { Db } from './open.ts';

export interface Interests {
  readonly interests: readonly string[];
  /** How we know: 'phone', 'web-form'. */
  readonly source: string;
  readonly actor: string;
  readonly at: number;
}

export async function interestsOf(db: Db, customerId: string): Promise<Interests | null> {
  const row = await db
    .selectFrom('customer_interests')
    .select(['interests', 'source', 'actor', 'at'])
    .where('customer_id', '=', customerId)
    .executeTakeFirst();
  return row ? { ...row, at: row.at.getTime() } : null;
}

/** Answers whether there is such a customer. */
export const putInterests = (db: Db, id: string, { interests, source, actor, at }: Interests): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    const customerId = await lockCustomer(tx, id);
    if (customerId === null) return false;
    const values = { interests: [...interests], source, actor, at: new Date(at) };
    await tx
      .insertInto('customer_interests')
      .values({ customer_id: customerId, ...values })
      .onConflict((c) => c.column('customer_id').doUpdateSet(values))
      .execute();
    return true;
  });

export async function forgetInterests(db: Db, customerId: string): Promise<boolean> {
  const row = await db.deleteFrom('customer_interests').where('customer_id', '=', customerId).executeTakeFirst();
  return row.numDeletedRows > 0n;
}
