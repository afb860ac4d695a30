/** Starting the runs that an event asks for. */
import { holds } from '../core/journey/holds.ts';
import { plainMs, readSpan } from '../core/journey/phrases.ts';
import type { EntryByEvent } from '../core/journey/table.ts';
import { rules, type Scalar } from '../core/run/types.ts';
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

/** Inside a transaction that holds the customer. */
export async function enterJourneys(tx: Tx, event: Entering): Promise<Started[]> {
  const journeys = await journeysEnteredBy(tx, event.type);
  if (journeys.length === 0) return [];
  const { fields } = await tx
    .selectFrom('customers')
    .select('fields')
    .where('id', '=', event.customerId)
    .executeTakeFirstOrThrow();
  const started: Started[] = [];
  for (const journey of journeys) {
    const { entry } = journey.definition;
    if (!('event' in entry) || !asksForIt(entry, event, fields)) continue;
    const one = await enter(tx, journey, entry, event);
    if (one) started.push(one);
  }
  await callWorkflows(
    tx,
    started.map(({ enrolmentId }) => ({ kind: 'enrolment', ref: enrolmentId })),
    event.now,
  );
  return started;
}

function asksForIt(entry: EntryByEvent, event: Entering, fields: Readonly<Record<string, Scalar>>): boolean {
  const { only } = entry;
  return (
    only === undefined ||
    holds(only, (path) => {
      const [root = '', field = ''] = path.split('.', 2);
      return root === event.type ? event.data[field] : root === 'customer' ? fields[field] : undefined;
    })
  );
}

async function enter(tx: Tx, journey: JourneyVersion, entry: EntryByEvent, event: Entering): Promise<Started | null> {
  const isOncePerCustomer = entry.oncePer === 'customer';
  const value = isOncePerCustomer ? event.customerId : event.data[entry.oncePer];
  if (value === undefined) return null; // The words make this field compulsory, and events are held against them at the edge.
  const key = await freeKey(tx, journey.name, `${event.customerId}/${String(value)}`, entry.again, event.now);
  if (key === null) return null;
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
      once_field: isOncePerCustomer ? null : entry.oncePer,
      once_value: isOncePerCustomer ? null : String(value),
      state: 'running',
      started_at: new Date(event.now),
    })
    .onConflict((c) => c.columns(['journey', 'entry_key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row ? { enrolmentId, journey: journey.name, version: journey.version } : null;
}

/** The key under which there may be a run now; null: there is one, or the last one ended too recently. */
async function freeKey(
  tx: Tx,
  journey: string,
  base: string,
  again: string | undefined,
  now: number,
): Promise<string | null> {
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
  const span = readSpan(again.replace(/^after /, ''));
  const apartMs = span && plainMs(span);
  if (apartMs === null)
    throw new Error(
      `again is '${again}' in journey '${journey}'; it reads like 'after 30 days', and publishing refuses others`,
    );
  const isFree = last.ended_at !== null && last.ended_at.getTime() + apartMs <= now;
  return isFree ? `${base}#${earlier.length + 1}` : null;
}
