/** One journey, for one customer, stopped by one of our people: paused until an instant, or for good. Others go on. */
import { deliver } from './deliver.ts';
import { setStopped } from './gates.ts';
import { lockCustomer } from './lock-customer.ts';
import type { Db, Tx } from './open.ts';

export interface JourneyStop {
  readonly journey: string;
  /** Epoch milliseconds, like all instants here. Null: its runs end, and it is not entered again until somebody lifts this. */
  readonly until: number | null;
  readonly reason: string;
  readonly actor: string;
  readonly at: number;
}

/**
 * One before is replaced. Paused, runs go on and whatever they would say waits; stopped, they end, and what was on its way is withdrawn.
 * Answers with how many runs end; null: there is no such customer. Call `notifyPump` afterwards.
 */
export const stopJourney = (db: Db, given: string, stop: JourneyStop): Promise<number | null> =>
  db.transaction().execute(async (tx) => {
    const customerId = await lockCustomer(tx, given);
    if (customerId === null) return null;
    const { journey, until, reason, actor, at } = stop;
    await liftRecord(tx, customerId, stop);
    await tx
      .insertInto('journey_stops')
      .values({
        ...{ customer_id: customerId, journey, reason, actor },
        until_at: until === null ? null : new Date(until),
        at: new Date(at),
      })
      .execute();
    await setStopped(tx, customerId, journey, { until, by: actor }, at);
    return until === null ? endRuns(tx, customerId, stop) : 0;
  });

/** What waited asks again at once. Answers whether it was stopped; null: there is no such customer. Call `notifyPump` afterwards. */
export const letJourneyGoOn = (
  db: Db,
  given: string,
  lift: Pick<JourneyStop, 'journey' | 'actor' | 'at'>,
): Promise<boolean | null> =>
  db.transaction().execute(async (tx) => {
    const customerId = await lockCustomer(tx, given);
    if (customerId === null) return null;
    const lifted = await liftRecord(tx, customerId, lift);
    await setStopped(tx, customerId, lift.journey, null, lift.at);
    return lifted;
  });

async function liftRecord(
  tx: Tx,
  customerId: string,
  { journey, actor, at }: Pick<JourneyStop, 'journey' | 'actor' | 'at'>,
): Promise<boolean> {
  const lifted = await tx
    .updateTable('journey_stops')
    .set({ lifted_at: new Date(at), lifted_by: actor })
    .where('customer_id', '=', customerId)
    .where('journey', '=', journey)
    .where('lifted_at', 'is', null)
    .where((eb) => eb.or([eb('until_at', 'is', null), eb('until_at', '>', new Date(at))]))
    .executeTakeFirst();
  return lifted.numUpdatedRows > 0n;
}

/** Each ends itself, and withdraws what is in flight. */
async function endRuns(tx: Tx, customerId: string, { journey, actor, at }: JourneyStop): Promise<number> {
  const running = await tx
    .selectFrom('enrolments')
    .select('id')
    .where('customer_id', '=', customerId)
    .where('journey', '=', journey)
    .where('state', '=', 'running')
    .orderBy('id')
    .execute();
  const told = running.map(({ id }) => ({ enrolmentId: id, body: { kind: 'cancel', by: actor } as const }));
  await deliver(tx, told, { eventId: null, at, now: at });
  return told.length;
}

/** Those that hold now, by journey. */
export async function journeyStopsOf(db: Db, customerId: string, now: number): Promise<JourneyStop[]> {
  const rows = await db
    .selectFrom('journey_stops')
    .select(['journey', 'until_at', 'reason', 'actor', 'at'])
    .where('customer_id', '=', customerId)
    .where('lifted_at', 'is', null)
    .where((eb) => eb.or([eb('until_at', 'is', null), eb('until_at', '>', new Date(now))]))
    .orderBy('journey')
    .execute();
  return rows.map(({ until_at, at, ...row }) => ({ ...row, until: until_at?.getTime() ?? null, at: at.getTime() }));
}

/** Journeys that these customers do not enter, because somebody stopped them for good. */
export async function journeysNotEntered(
  tx: Tx,
  customerIds: readonly string[],
): Promise<readonly { readonly customerId: string; readonly journey: string; readonly actor: string }[]> {
  if (customerIds.length === 0) return [];
  return tx
    .selectFrom('journey_stops')
    .select(['customer_id as customerId', 'journey', 'actor'])
    .where('customer_id', 'in', [...customerIds])
    .where('lifted_at', 'is', null)
    .where('until_at', 'is', null)
    .execute();
}

/** As `why` tells it. */
export const stoppedBy = (actor: string): string => `${actor} stopped it for this customer`;
