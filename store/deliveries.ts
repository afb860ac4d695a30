import type { Delivery } from '../core/run/types.ts';
import type { Db } from './open.ts';

export interface Pulled {
  /** Oldest first, without gaps. */
  readonly deliveries: readonly Delivery[];
  /** The number of the newest there is, which may be beyond what was read. */
  readonly upTo: number;
}

/** What reached an enrolment after a number; at most `limit` of it. */
export async function deliveriesAfter(db: Db, enrolmentId: string, number: number, limit = 100): Promise<Pulled> {
  const { delivered } = await db
    .selectFrom('enrolments')
    .select('delivered')
    .where('id', '=', enrolmentId)
    .executeTakeFirstOrThrow(() => new Error(`There is no enrolment ${enrolmentId}`));
  if (delivered <= number) return { deliveries: [], upTo: delivered };
  const rows = await db
    .selectFrom('deliveries')
    .select(['number', 'at', 'body'])
    .where('enrolment_id', '=', enrolmentId)
    .where('number', '>', number)
    .where('number', '<=', delivered)
    .orderBy('number')
    .limit(limit)
    .execute();
  return {
    deliveries: rows.map((row) => ({ number: row.number, at: row.at.getTime(), body: row.body })),
    upTo: delivered,
  };
}
