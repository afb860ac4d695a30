import type { Db } from '../open.ts';

/** When the customer of this run hears from us at the latest: its newest promise that is still open. Null: none is. */
export async function openPromiseDueAt(db: Db, enrolmentId: string): Promise<number | null> {
  const row = await db
    .selectFrom('promises')
    .select('due_at')
    .where('enrolment_id', '=', enrolmentId)
    .where('state', '=', 'open')
    .orderBy('made_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.due_at.getTime() ?? null;
}
