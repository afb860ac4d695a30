/** A touch that a person makes, or will: kept like any other, so that `why` tells of it. Its outcome is the task's. */
import { sql } from 'kysely';
import { lockKnown } from './lock-customer.ts';
import type { Db } from './open.ts';

export interface PersonsTouch {
  readonly id: string;
  readonly ask: number;
  readonly customerId: string;
  readonly enrolmentId: string | null;
  readonly journey: string;
  readonly version: number;
  readonly step: string;
  readonly visit: number;
  readonly purpose: string;
  readonly cause: string | null;
  readonly template: string;
  readonly considered: unknown;
  /** A sentence for `why`. */
  readonly because: string;
  readonly now: number;
}

export const recordWithPerson = (db: Db, touch: PersonsTouch): Promise<void> =>
  recordOfPerson(db, touch, {
    state: 'with-person',
    answer: JSON.stringify({ is: 'to-human', because: 'made by a person', says: touch.because }),
  });

/** One that waits because its team has too much. */
export const recordSlowed = (db: Db, touch: PersonsTouch, until: number): Promise<void> =>
  recordOfPerson(db, touch, {
    state: 'deferred',
    answer: JSON.stringify({ is: 'deferred', because: 'the team has too much', until, says: touch.because }),
    until: new Date(until),
  });

/** Its newest ask stands in its row; the one before goes to `decisions`. */
async function recordOfPerson(
  db: Db,
  touch: PersonsTouch,
  came: { readonly state: 'with-person' | 'deferred'; readonly answer: string; readonly until?: Date },
): Promise<void> {
  const newest = {
    ...came,
    ask: touch.ask,
    made_by: 'human',
    record: JSON.stringify({ tried: [], says: touch.because }),
    decided_at: new Date(touch.now),
  } as const;
  await db.transaction().execute(async (tx) => {
    const customerId = await lockKnown(tx, touch.customerId);
    await sql`insert into decisions (touch_id, ask, customer_id, decided, because, explanation, at)
      select touch_id, ask, customer_id, decided, because, explanation, at from asks
      where touch_id = ${touch.id} and ask < ${touch.ask} on conflict do nothing`.execute(tx);
    await tx
      .insertInto('touches')
      .values({
        id: touch.id,
        customer_id: customerId,
        enrolment_id: touch.enrolmentId,
        journey: touch.journey,
        version: touch.version,
        step: touch.step,
        visit: touch.visit,
        purpose: touch.purpose,
        cause: touch.cause,
        template: touch.template,
        ...newest,
        considered: JSON.stringify(touch.considered),
        asked_at: new Date(touch.now),
      })
      .onConflict((c) => c.column('id').doUpdateSet(newest))
      .execute();
  });
}
