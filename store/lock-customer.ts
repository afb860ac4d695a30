import type { Tx } from './open.ts';

/**
 * Everything that happens to one customer happens one after another: whoever takes an event, a reply or a task in, holds
 * this row first. It lets others refer to the customer meanwhile. False: there is no such customer.
 */
export async function lockCustomer(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.selectFrom('customers').select('id').where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
  return row !== undefined;
}
