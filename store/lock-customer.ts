import type { Db, Tx } from './open.ts';

/**
 * Everything that happens to one customer happens one after another: whoever takes an event, a reply or a task in, holds
 * this row first. It lets others refer to the customer meanwhile. Answers with the id they are known by, which is another one
 * if their record was merged into that; null: there is no such customer.
 */
export async function lockCustomer(tx: Tx, id: string): Promise<string | null> {
  const row = await tx
    .selectFrom('customers')
    .select(['id', 'merged_into'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) return null;
  // A merge takes them in this order as well: first what was merged before, then where it is.
  return row.merged_into === null ? row.id : lockCustomer(tx, row.merged_into);
}

/** As they are known now, without holding them; null: there is no such customer. */
export async function idNow(db: Db, id: string): Promise<string | null> {
  const row = await db.selectFrom('customers').select(['id', 'merged_into']).where('id', '=', id).executeTakeFirst();
  return row ? (row.merged_into ?? row.id) : null;
}

/** The same, for somebody who must be there. */
export async function lockKnown(tx: Tx, id: string): Promise<string> {
  const now = await lockCustomer(tx, id);
  if (now === null) throw new Error(`There is no customer ${id}`);
  return now;
}
