import { sql } from 'kysely';
import type { Db } from '../open.ts';

/** A statement that was under way while its customer was merged has ended long before. */
const lateMs = 3_600_000;

/**
 * A new touch that is refused waits for nobody's row, not even for a merge: it may be written under an id that has just ceased to be one.
 * Nothing was sent and no place was taken; here it comes to the record that is kept. Answers with how many there were.
 */
export async function gatherLate(db: Db, now: number): Promise<number> {
  const done = await sql`
    update touches t set customer_id = c.merged_into
    from merges m join customers c on c.id = m.from_id
    where m.at > ${new Date(now - lateMs)} and t.customer_id = m.from_id`.execute(db);
  return Number(done.numAffectedRows ?? 0);
}
