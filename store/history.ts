/** What was between us and a customer, as conditions ask it: over all journeys. */
import type { Db } from './open.ts';

export async function brokenPromises(db: Db, customerId: string): Promise<number> {
  const { count } = await db
    .selectFrom('promises')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('customer_id', '=', customerId)
    .where('state', '=', 'broken')
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** When one of our people last wrote or called; null: never. */
export async function lastHumanTouchAt(db: Db, customerId: string): Promise<number | null> {
  const row = await db
    .selectFrom('touches')
    .select(({ fn }) => fn.max('sent_at').as('at'))
    .where('customer_id', '=', customerId)
    .where('made_by', '=', 'human')
    .executeTakeFirst();
  return row?.at?.getTime() ?? null;
}
