import { lockKnown } from '../lock-customer.ts';
import { journeyAt } from '../journeys.ts';
import type { Db, Tx } from '../open.ts';

interface Split {
  readonly enrolment: string;
  readonly step: string;
  readonly arm: string;
  readonly now: number;
}

/** Which way a run went. The same again changes nothing. */
export const recordSplit = (db: Db, { enrolment, step, arm, now }: Split): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const run = await tx
      .selectFrom('enrolments')
      .select(['customer_id', 'journey', 'version'])
      .where('id', '=', enrolment)
      .executeTakeFirstOrThrow(() => new Error(`There is no enrolment ${enrolment}`));
    const customerId = await lockKnown(tx, run.customer_id);
    const goal = (await journeyAt(tx, run.journey, run.version))?.definition.goal ?? null;
    await tx
      .insertInto('splits')
      .values({
        enrolment_id: enrolment,
        step,
        customer_id: customerId,
        journey: run.journey,
        version: run.version,
        arm,
        goal,
        at: new Date(now),
        goal_met_at: goal === null ? null : await metAlready(tx, enrolment, goal),
      })
      .onConflict((c) => c.columns(['enrolment_id', 'step']).doNothing())
      .execute();
  });

/** Whoever takes the goal's event in holds the customer, as we do: it either finds the row, or is found here. */
async function metAlready(tx: Tx, enrolment: string, goal: string): Promise<Date | null> {
  const row = await tx
    .selectFrom('deliveries')
    .select('at')
    .where('enrolment_id', '=', enrolment)
    .where('kind', '=', 'event')
    .where((eb) => eb(eb.ref('body', '->>').key('event'), '=', goal))
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
  return row?.at ?? null;
}
