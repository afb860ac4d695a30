import { followed } from '../../core/journey/phrases.ts';
import { moveNotes } from '../beside/move.ts';
import { newestValues } from '../beside/newest.ts';
import { lockKnown } from '../lock-customer.ts';
import type { Db } from '../open.ts';

export interface NoteMade {
  /** 'run/step/visit': the same again changes nothing. */
  readonly id: string;
  readonly customerId: string;
  readonly enrolmentId: string;
  readonly step: string;
  readonly team: string;
  readonly about: string;
  /** How its time was said, and from when it is counted: found anew when the date it hangs on moves. */
  readonly said: string;
  readonly from: number;
  readonly dueAt: number;
  readonly now: number;
}

/** A note to our own people, which outlives its run. */
export const makeNote = (db: Db, made: NoteMade): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const { id, enrolmentId, now, said } = made;
    const customerId = await lockKnown(tx, made.customerId);
    const follows = followed(said);
    const row = await tx
      .insertInto('notes')
      .values({
        id,
        customer_id: customerId,
        enrolment_id: enrolmentId,
        step: made.step,
        team: made.team,
        about: made.about,
        said,
        follows,
        from_at: new Date(made.from),
        due_at: new Date(made.dueAt),
        state: 'open',
        made_at: new Date(now),
      })
      .onConflict((c) => c.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!row || follows === null) return;
    const values = await newestValues(tx, { enrolmentId, customerId, follows });
    if (values) await moveNotes(tx, [id], { root: follows, values, now });
  });
