import type { Delivery } from '../core/run/inputs.ts';
import type { Db } from './open.ts';

export interface Pulled {
  /** Oldest first, without gaps. */
  readonly deliveries: readonly Delivery[];
  /** The number of the newest there is, which may be beyond what was read. */
  readonly upTo: number;
}

/** What reached an enrolment after a number; at most `limit` of it. One statement: what is read belongs to the number told with it. */
export async function deliveriesAfter(db: Db, enrolmentId: string, number: number, limit = 100): Promise<Pulled> {
  const rows = await db
    .selectFrom('enrolments')
    .leftJoin('deliveries', (join) =>
      join
        .onRef('deliveries.enrolment_id', '=', 'enrolments.id')
        .on('deliveries.number', '>', number)
        .onRef('deliveries.number', '<=', 'enrolments.delivered'),
    )
    .select(['enrolments.delivered', 'deliveries.number', 'deliveries.at', 'deliveries.body'])
    .where('enrolments.id', '=', enrolmentId)
    .orderBy('deliveries.number')
    .limit(limit)
    .execute();
  const [first] = rows;
  if (!first) throw new Error(`There is no enrolment ${enrolmentId}`);
  return {
    deliveries: rows.flatMap((row) =>
      row.number === null || row.at === null || row.body === null
        ? []
        : [{ number: row.number, at: row.at.getTime(), body: row.body }],
    ),
    upTo: first.delivered,
  };
}
