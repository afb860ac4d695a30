/** Starting the runs that an event asks for. */
import { notOfThem } from '../core/draw/not-of-them.ts';
import { notAgain, type NotAgain } from '../core/journey/again.ts';
import { asksForRun, onceOf } from '../core/journey/entry.ts';
import type { EntryByEvent } from '../core/journey/table.ts';
import type { Scalar } from '../core/run/inputs.ts';
import { rules } from '../core/run/state.ts';
import { newId } from './ids.ts';
import { journeysNotEntered, stoppedBy } from './journey-stops.ts';
import { journeysEnteredBy, type JourneyVersion } from './journeys.ts';
import type { Tx } from './open.ts';
import { callWorkflows } from './outbox.ts';
import { keepTurnedAway, type TurnedAway } from './turned-away.ts';

export interface Entering {
  readonly eventId: string;
  readonly customerId: string;
  readonly type: string;
  readonly data: Readonly<Record<string, Scalar>>;
  readonly now: number;
}
export interface Started {
  readonly enrolmentId: string;
  readonly journey: string;
  readonly version: number;
}
export interface Entered {
  readonly started: readonly Started[];
  readonly turnedAway: readonly TurnedAway[];
}

/** Inside a transaction that holds the customer. */
export async function enterJourneys(tx: Tx, event: Entering): Promise<Entered> {
  const journeys = await journeysEnteredBy(tx, event.type);
  if (journeys.length === 0) return { started: [], turnedAway: [] };
  const { fields } = await tx
    .selectFrom('customers')
    .select('fields')
    .where('id', '=', event.customerId)
    .executeTakeFirstOrThrow();
  const started: Started[] = [];
  const turnedAway: TurnedAway[] = [];
  const stopped = new Map((await journeysNotEntered(tx, [event.customerId])).map((stop) => [stop.journey, stop.actor]));
  for (const journey of journeys) {
    const { entry } = journey.definition;
    if (!('event' in entry)) continue;
    const stopper = stopped.get(journey.name);
    if (stopper !== undefined) {
      turnedAway.push({ journey: journey.name, because: stoppedBy(stopper), until: null });
      continue;
    }
    if (!asksForRun(entry, event.data, fields)) {
      turnedAway.push({ journey: journey.name, because: notOfThem(entry), until: null });
      continue;
    }
    const one = await enter(tx, journey, entry, event);
    if (one && 'because' in one) turnedAway.push(one);
    else if (one) started.push(one);
  }
  const { customerId } = event;
  await keepTurnedAway(
    tx,
    turnedAway.map((away) => ({ ...away, customerId })),
    event,
  );
  await callWorkflows(
    tx,
    started.map(({ enrolmentId }) => ({ kind: 'enrolment', ref: enrolmentId })),
    event.now,
  );
  return { started, turnedAway };
}

async function enter(
  tx: Tx,
  journey: JourneyVersion,
  entry: EntryByEvent,
  event: Entering,
): Promise<Started | TurnedAway | null> {
  const once = onceOf(entry, event.data);
  if (once && event.data[once.field] === undefined) return null; // The words make this field compulsory, and events are held against them at the edge.
  const key = await freeKey(
    tx,
    journey.name,
    `${event.customerId}/${once?.value ?? event.customerId}`,
    entry.again,
    event.now,
  );
  if (typeof key !== 'string') return { journey: journey.name, ...key };
  const enrolmentId = newId('e');
  const row = await tx
    .insertInto('enrolments')
    .values({
      id: enrolmentId,
      customer_id: event.customerId,
      journey: journey.name,
      version: journey.version,
      rules,
      entry_key: key,
      entry_event_id: event.eventId,
      once_field: once?.field ?? null,
      once_value: once?.value ?? null,
      state: 'running',
      started_at: new Date(event.now),
    })
    .onConflict((c) => c.columns(['journey', 'entry_key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row) return { enrolmentId, journey: journey.name, version: journey.version };
  return (await isOver(tx, journey.name, key))
    ? { journey: journey.name, because: onlyOnce(entry), until: null }
    : null;
}

/** While it runs, the event is news for that run, and asks for no other. */
const isOver = async (tx: Tx, journey: string, key: string): Promise<boolean> =>
  (
    await tx
      .selectFrom('enrolments')
      .select('state')
      .where('journey', '=', journey)
      .where('entry_key', '=', key)
      .executeTakeFirst()
  )?.state === 'ended';

const onlyOnce = ({ oncePer }: EntryByEvent): string =>
  `there was a run for this ${oncePer} already, and it is entered once`;

/** The key under which there may be a run now, or why there may be none. */
async function freeKey(
  tx: Tx,
  journey: string,
  base: string,
  again: string | undefined,
  now: number,
): Promise<string | NotAgain> {
  if (again === undefined) return base;
  const earlier = await tx
    .selectFrom('enrolments')
    .select('ended_at')
    .where('journey', '=', journey)
    .where((eb) =>
      eb.or([
        eb('entry_key', '=', base),
        eb(eb.fn('starts_with', ['entry_key', eb.val(`${base}#`)]), '=', eb.val(true)),
      ]),
    )
    .orderBy('started_at', 'desc')
    .execute();
  const last = earlier[0];
  if (!last) return base;
  return notAgain(again, { endedAt: last.ended_at?.getTime() ?? null }, now) ?? `${base}#${earlier.length + 1}`;
}
