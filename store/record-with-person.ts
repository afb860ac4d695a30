/** A touch that a person makes: kept like any other, so that `why` tells of it. Its outcome is the task's. */
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

export async function recordWithPerson(db: Db, touch: PersonsTouch): Promise<void> {
  const newest = {
    ask: touch.ask,
    answer: JSON.stringify({ is: 'to-human', because: 'made by a person', says: touch.because }),
    record: JSON.stringify({ tried: [], says: touch.because }),
    decided_at: new Date(touch.now),
  };
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
        made_by: 'human',
        state: 'with-person',
        ...newest,
        considered: JSON.stringify(touch.considered),
        asked_at: new Date(touch.now),
      })
      .onConflict((c) => c.column('id').doUpdateSet({ state: 'with-person', made_by: 'human', ...newest }))
      .execute();
  });
}
