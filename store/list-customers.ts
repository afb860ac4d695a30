/** Customers by id. */
import type { Db } from './open.ts';

export interface ListedCustomer {
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export async function listCustomers(
  db: Db,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<ListedCustomer[]> {
  let query = db
    .selectFrom('customers')
    .select(['id', 'created_at', 'updated_at'])
    .where('merged_into', 'is', null)
    .orderBy('id')
    .limit(limit);
  if (after !== null) query = query.where('id', '>', after);
  return (await query.execute()).map((row) => ({
    id: row.id,
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
  }));
}
