import type { Db } from './open.ts';

export interface Parked {
  readonly enrolmentId: string;
  readonly step: string;
  readonly waitingFor: string;
  /** Epoch milliseconds; null: nothing but news wakes it. */
  readonly wakeAt: number | null;
  /** The newest delivery its workflow has taken. */
  readonly heard: number;
  readonly now: number;
}

/** Where a run stands, as its workflow says when it begins to wait. Answers the number of the newest delivery there is. */
export async function park(db: Db, parked: Parked): Promise<number> {
  const row = await db
    .updateTable('enrolments')
    .set({
      step: parked.step,
      waiting_for: parked.waitingFor,
      wake_at: parked.wakeAt === null ? null : new Date(parked.wakeAt),
      heard: parked.heard,
      parked_at: new Date(parked.now),
    })
    .where('id', '=', parked.enrolmentId)
    .returning('delivered')
    .executeTakeFirstOrThrow(() => new Error(`There is no enrolment ${parked.enrolmentId}`));
  return row.delivered;
}
