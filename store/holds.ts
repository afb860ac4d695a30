/** A person has the conversation without a task of ours: on the phone, in the shop. It always ends. */
import { setHeld } from './gates.ts';
import { lockCustomer } from './lock-customer.ts';
import type { Db, Tx } from './open.ts';

export interface Hold {
  /** Epoch milliseconds, like all instants here. */
  readonly until: number;
  readonly reason: string;
  readonly actor: string;
  readonly at: number;
}

/** One before is replaced. False: there is no such customer. */
export const holdCustomer = (db: Db, given: string, { until, reason, actor, at }: Hold): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    const customerId = await lockCustomer(tx, given);
    if (customerId === null) return false;
    await liftRecord(tx, customerId, actor, at);
    await tx
      .insertInto('holds')
      .values({ customer_id: customerId, until_at: new Date(until), reason, actor, at: new Date(at) })
      .execute();
    await setHeld(tx, customerId, { until, by: actor }, at);
    return true;
  });

/** What waited asks again at once. Null: there is no such customer. */
export const liftHold = (db: Db, given: string, actor: string, now: number): Promise<boolean | null> =>
  db.transaction().execute(async (tx) => {
    const customerId = await lockCustomer(tx, given);
    if (customerId === null) return null;
    const lifted = await liftRecord(tx, customerId, actor, now);
    await setHeld(tx, customerId, null, now);
    return lifted;
  });

async function liftRecord(tx: Tx, customerId: string, actor: string, now: number): Promise<boolean> {
  const lifted = await tx
    .updateTable('holds')
    .set({ lifted_at: new Date(now), lifted_by: actor })
    .where('customer_id', '=', customerId)
    .where('lifted_at', 'is', null)
    .where('until_at', '>', new Date(now))
    .executeTakeFirst();
  return lifted.numUpdatedRows > 0n;
}

/** The one that holds now, set by hand. */
export async function holdOf(db: Db, customerId: string, now: number): Promise<Hold | null> {
  const row = await db
    .selectFrom('holds')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('lifted_at', 'is', null)
    .where('until_at', '>', new Date(now))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? { until: row.until_at.getTime(), reason: row.reason, actor: row.actor, at: row.at.getTime() } : null;
}
