/** Starting the runs that an event asks for. */
import { notAgain, type NotAgain } from '../core/journey/again.ts';
import { asksForRun, onceOf } from '../core/journey/entry.ts';
import type { EntryByEvent } from '../core/journey/table.ts';
import type { Scalar } from '../core/run/inputs.ts';
import { rules } from '../core/run/state.ts';
import { newId } from './ids.ts';
import { journeysEnteredBy, type JourneyVersion } from './journeys.ts';
import type { Tx } from './open.ts';
import { callWorkflows } from './outbox.ts';

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
/** It asked for a run that was not to begin yet. */
export interface TurnedAway extends NotAgain {
  readonly journey: string;
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
  for (const journey of journeys) {
    const { entry } = journey.definition;
    if (!('event' in entry) || !asksForRun(entry, event.data, fields)) continue;
    const one = await enter(tx, journey, entry, event);
    if (one && 'because' in one) turnedAway.push(one);
    else if (one) started.push(one);
  }
  await keepTurnedAway(tx, turnedAway, event);
  await callWorkflows(
    tx,
    started.map(({ enrolmentId }) => ({ kind: 'enrolment', ref: enrolmentId })),
    event.now,
  );
  return { started, turnedAway };
}

async function keepTurnedAway(tx: Tx, turnedAway: readonly TurnedAway[], event: Entering): Promise<void> {
  if (turnedAway.length === 0) return;
  await tx
    .insertInto('turned_away')
    .values(
      turnedAway.map(({ journey, because, until }) => ({
        event_id: event.eventId,
        journey,
        customer_id: event.customerId,
        because,
        until: until === null ? null : new Date(until),
        at: new Date(event.now),
      })),
    )
    .execute();
}

/** What was kept of an event that comes again. */
export async function turnedAwayBy(tx: Tx, eventId: string): Promise<TurnedAway[]> {
  const rows = await tx
    .selectFrom('turned_away')
    .select(['journey', 'because', 'until'])
    .where('event_id', '=', eventId)
    .orderBy('journey')
    .execute();
  return rows.map(({ until, ...row }) => ({ ...row, until: until?.getTime() ?? null }));
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
  return row ? { enrolmentId, journey: journey.name, version: journey.version } : null;
}

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
