/**
 * Taking an event in: one transaction that keeps the event, starts the runs it asks for, numbers a delivery for each run
 * that hears it, settles or moves what hangs on it beside the runs, and leaves in the outbox whom Temporal has to be told of.
 */
import type { Scalar } from '../core/run/inputs.ts';
import { isAbout } from './about.ts';
import { lockCustomer } from './customers.ts';
import { settleBeside } from './beside/settle.ts';
import { deliver, type Numbered } from './deliver.ts';
import { enterJourneys, type Started } from './enter.ts';
import { beginSilenceAfter } from './floor/silence.ts';
import { newId } from './ids.ts';
import type { Db, Tx } from './open.ts';
import { turnedAwayBy, type TurnedAway } from './turned-away.ts';

export interface IncomingEvent {
  readonly idempotencyKey: string;
  /** Of the whole request: the same key with another one is a mistake, and refused. */
  readonly bodyHash: string;
  readonly customerId: string;
  readonly type: string;
  readonly data: Readonly<Record<string, Scalar>>;
  readonly at: number;
  readonly now: number;
}

export interface Taken {
  /** 'again': this key was here before, nothing has changed, and this is what came of it then. */
  readonly taken: 'new' | 'again';
  readonly eventId: string;
  readonly started: readonly Started[];
  /** Journeys that are entered by it, and that did not begin. */
  readonly turnedAway: readonly TurnedAway[];
  readonly deliveries: readonly Numbered[];
}
export type TakeEventResult =
  | Taken
  | { readonly refused: 'other-body-under-same-key'; readonly eventId: string }
  | { readonly refused: 'unknown-customer' };

/** Call `notifyPump` afterwards. */
export const takeEvent = (db: Db, event: IncomingEvent): Promise<TakeEventResult> =>
  db.transaction().execute(async (tx) => {
    const customerId = await lockCustomer(tx, event.customerId);
    if (customerId === null) return { refused: 'unknown-customer' };
    return takeEventIn(tx, { ...event, customerId });
  });

/** Inside a transaction that holds the customer. */
export async function takeEventIn(
  tx: Tx,
  event: IncomingEvent,
): Promise<Exclude<TakeEventResult, { refused: 'unknown-customer' }>> {
  const eventId = await keepEvent(tx, event);
  if (eventId === null) return knownEvent(tx, event);
  const { customerId, type, data, at, now } = event;
  const { started, turnedAway } = await enterJourneys(tx, { eventId, customerId, type, data, now });
  const hearing = await runsThatHear(
    tx,
    event,
    started.map((run) => run.enrolmentId),
  );
  const body = { kind: 'event', event: type, id: eventId, data } as const;
  const deliveries = await deliver(
    tx,
    hearing.map((enrolmentId) => ({ enrolmentId, body })),
    { eventId, at, now },
  );
  await settleBeside(tx, event);
  await beginSilenceAfter(tx, { customerId, type, since: Math.min(at, now) });
  return { taken: 'new', eventId, started, turnedAway, deliveries };
}

/** The new event's id; null if its key is known. */
export async function keepEvent(tx: Tx, event: IncomingEvent): Promise<string | null> {
  const row = await tx
    .insertInto('events')
    .values({
      id: newId('v'),
      idempotency_key: event.idempotencyKey,
      body_hash: event.bodyHash,
      customer_id: event.customerId,
      type: event.type,
      data: JSON.stringify(event.data),
      at: new Date(event.at),
      received_at: new Date(event.now),
    })
    .onConflict((c) => c.column('idempotency_key').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

async function knownEvent(
  tx: Tx,
  event: IncomingEvent,
): Promise<Taken | { refused: 'other-body-under-same-key'; eventId: string }> {
  const { id, body_hash } = await tx
    .selectFrom('events')
    .select(['id', 'body_hash'])
    .where('idempotency_key', '=', event.idempotencyKey)
    .executeTakeFirstOrThrow();
  if (body_hash !== event.bodyHash) return { refused: 'other-body-under-same-key', eventId: id };
  const started = await tx
    .selectFrom('enrolments')
    .select(['id as enrolmentId', 'journey', 'version'])
    .where('customer_id', '=', event.customerId)
    .where('entry_event_id', '=', id)
    .orderBy('journey')
    .execute();
  const deliveries = await tx
    .selectFrom('deliveries')
    .innerJoin('enrolments', 'enrolments.id', 'deliveries.enrolment_id')
    .select(['deliveries.enrolment_id as enrolmentId', 'deliveries.number'])
    .where('enrolments.customer_id', '=', event.customerId)
    .where('deliveries.event_id', '=', id)
    .orderBy('deliveries.enrolment_id')
    .execute();
  return { taken: 'again', eventId: id, started, turnedAway: await turnedAwayBy(tx, id), deliveries };
}

/** Running, and with ears for it. An event that carries a run's own field (its order's id, say) is for that run only. */
async function runsThatHear(
  tx: Tx,
  { customerId, type, data }: IncomingEvent,
  except: readonly string[],
): Promise<string[]> {
  const runs = await tx
    .selectFrom('enrolments')
    .innerJoin('journeys', (join) =>
      join.onRef('journeys.name', '=', 'enrolments.journey').onRef('journeys.version', '=', 'enrolments.version'),
    )
    .select(['enrolments.id', 'enrolments.once_field', 'enrolments.once_value'])
    .where('enrolments.customer_id', '=', customerId)
    .where('enrolments.state', '=', 'running')
    .where((eb) => eb(eb.val(type), '=', eb.fn.any('journeys.hears')))
    .execute();
  return runs.filter((run) => isAbout(data, run) && !except.includes(run.id)).map((run) => run.id);
}
