import type { Db } from '../open.ts';

export interface KeptMerge {
  readonly from: string;
  readonly actor: string;
  readonly reason: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Into this customer or into one that was merged into them, the oldest first; null: there is no such customer. */
export async function mergesInto(db: Db, id: string): Promise<readonly KeptMerge[] | null> {
  const known = await db.selectFrom('customers').select('id').where('id', '=', id).executeTakeFirst();
  if (!known) return null;
  const rows = await db
    .selectFrom('merges')
    .innerJoin('customers', 'customers.id', 'merges.from_id')
    .select(['from_id as from', 'actor', 'reason', 'at'])
    .where('customers.merged_into', '=', id)
    .orderBy('at')
    .execute();
  return rows.map(({ at, ...row }) => ({ ...row, at: at.getTime() }));
}
