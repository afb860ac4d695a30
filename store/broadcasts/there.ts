import type { Db } from '../open.ts';

/** Which of these touches there are. */
export async function touchesThere(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('touches')
    .select('id')
    .where((eb) => eb('id', '=', eb.fn.any(eb.val([...ids]))))
    .execute();
  return new Set(rows.map((row) => row.id));
}
