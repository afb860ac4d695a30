import { sql } from 'kysely';
import type { Db } from '../open.ts';

/** What was told of so long ago is gone, with whom it was told; a task's own log stays for good. Answers how many of a page went. */
export async function forgetNotices(
  db: Db,
  { before, limit }: { readonly before: number; readonly limit: number },
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from notices where id in (select id from notices where due_at < ${new Date(before)} order by id limit ${limit})`.execute(
    db,
  );
  return Number(numAffectedRows ?? 0);
}
