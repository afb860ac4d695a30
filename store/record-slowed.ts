/** A touch that people are to make, and that waits because their team has too much: kept, so that `why` tells of it. */
import { sql } from 'kysely';
import { lockKnown } from './lock-customer.ts';
import type { Db } from './open.ts';
import type { PersonsTouch } from './record-with-person.ts';

export interface SlowedTouch extends PersonsTouch {
  readonly until: number;
}

export async function recordSlowed(db: Db, touch: SlowedTouch): Promise<void> {
  const { because, until } = touch;
  const newest = {
    ask: touch.ask,
    state: 'deferred',
    answer: JSON.stringify({ is: 'deferred', because: 'the team has too much', until, says: because }),
    record: JSON.stringify({ tried: [], says: because }),
    until: new Date(until),
    decided_at: new Date(touch.now),
  } as const;
  await db.transaction().execute(async (tx) => {
    const customerId = await lockKnown(tx, touch.customerId);
    await sql`insert into decisions (touch_id, ask, customer_id, decided, because, explanation, at)
      select touch_id, ask, customer_id, decided, because, explanation, at from asks
      where touch_id = ${touch.id} and ask < ${touch.ask} on conflict do nothing`.execute(tx);
    const { id, enrolmentId, journey, version, step, visit, purpose, cause, template } = touch;
    await tx
      .insertInto('touches')
      .values({
        ...{
          id,
          customer_id: customerId,
          enrolment_id: enrolmentId,
          journey,
          version,
          step,
          visit,
          purpose,
          cause,
          template,
        },
        ...{ made_by: 'human', considered: JSON.stringify(touch.considered), asked_at: new Date(touch.now) },
        ...newest,
      })
      .onConflict((c) => c.column('id').doUpdateSet(newest))
      .execute();
  });
}
