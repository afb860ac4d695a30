import { sql } from 'kysely';
import type { Db } from '../open.ts';

/**
 * When the customer of this run hears from us at the latest: its newest promise that is still open, or else its newest
 * that was kept, so that an answer which came before the word of it does not make that word fail. Null: there is none.
 */
export async function openPromiseDueAt(db: Db, enrolmentId: string): Promise<number | null> {
  const row = await db
    .selectFrom('promises')
    .select('due_at')
    .where('enrolment_id', '=', enrolmentId)
    .where('state', 'in', ['open', 'kept'])
    .orderBy(sql`state = 'open'`, 'desc')
    .orderBy('made_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.due_at.getTime() ?? null;
}
