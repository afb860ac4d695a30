import { underAreas } from '../../core/budget/area-guards.ts';
import { areaGuards } from '../area-guards.ts';
import { gatesOf } from '../budget/row.ts';
import type { Db } from '../open.ts';

/** Sensitive facts that hold for this customer: their own, and those of the areas where they are or may be. */
export async function guardsHolding(db: Db, customerId: string): Promise<string[]> {
  const row = await db.selectFrom('budgets').select('gates').where('customer_id', '=', customerId).executeTakeFirst();
  if (!row) return [];
  return underAreas(gatesOf(row.gates), await areaGuards(db)).guards.map(({ fact }) => fact);
}
