/** Runs as rows: what lists and starts them. Where one stands is what its workflow said when it last parked. */
import type { Journey } from '../core/journey/table.ts';
import type { Scalar } from '../core/run/inputs.ts';
import { lockCustomer } from './customers.ts';
import { deliver } from './deliver.ts';
import { journeyAt } from './journeys.ts';
import type { Db } from './open.ts';

export interface Enrolment {
  readonly id: string;
  readonly customerId: string;
  readonly journey: string;
  readonly version: number;
  readonly entryKey: string;
  readonly state: 'running' | 'ended';
  readonly outcome: string | null;
  readonly delivered: number;
  readonly heard: number;
  readonly step: string | null;
  readonly waitingFor: string | null;
  readonly wakeAt: number | null;
  readonly startedAt: number;
  readonly parkedAt: number | null;
  readonly endedAt: number | null;
}

export interface EnrolmentToStart {
  readonly customerId: string;
  readonly version: number;
  readonly definition: Journey;
  readonly startedAt: number;
  readonly event?: { readonly name: string; readonly data: Readonly<Record<string, Scalar>> };
}

/** Its workflow's input. */
export async function enrolmentToStart(db: Db, id: string): Promise<EnrolmentToStart> {
  const row = await db
    .selectFrom('enrolments')
    .leftJoin('events', 'events.id', 'enrolments.entry_event_id')
    .select(['enrolments.customer_id', 'journey', 'version', 'started_at', 'events.type', 'events.data'])
    .where('enrolments.id', '=', id)
    .executeTakeFirstOrThrow(() => new Error(`There is no enrolment ${id}`));
  const journey = await journeyAt(db, row.journey, row.version);
  if (!journey) throw new Error(`Enrolment ${id} runs ${row.journey} ${row.version}, which was never published`);
  return {
    customerId: row.customer_id,
    version: row.version,
    definition: journey.definition,
    startedAt: row.started_at.getTime(),
    ...(row.type !== null && row.data !== null ? { event: { name: row.type, data: row.data } } : {}),
  };
}

const columns = [
  'id',
  'customer_id as customerId',
  'journey',
  'version',
  'entry_key as entryKey',
  'state',
  'outcome',
  'delivered',
  'heard',
  'step',
  'waiting_for as waitingFor',
  'wake_at',
  'started_at',
  'parked_at',
  'ended_at',
] as const;

interface Instants {
  wake_at: Date | null;
  started_at: Date;
  parked_at: Date | null;
  ended_at: Date | null;
}
const read = <T extends Instants>({ wake_at, started_at, parked_at, ended_at, ...row }: T) => ({
  ...row,
  wakeAt: wake_at?.getTime() ?? null,
  startedAt: started_at.getTime(),
  parkedAt: parked_at?.getTime() ?? null,
  endedAt: ended_at?.getTime() ?? null,
});

export async function getEnrolment(db: Db, id: string): Promise<Enrolment | null> {
  const row = await db.selectFrom('enrolments').select(columns).where('id', '=', id).executeTakeFirst();
  return row ? read(row) : null;
}

export interface EnrolmentQuery {
  readonly customerId?: string;
  readonly journey?: string;
  readonly state?: 'running' | 'ended';
  /** Of the page before: the last one on it. */
  readonly after?: { readonly startedAt: number; readonly id: string };
  readonly limit?: number;
}

/** Newest first. */
export async function listEnrolments(db: Db, query: EnrolmentQuery = {}): Promise<Enrolment[]> {
  let rows = db.selectFrom('enrolments').select(columns).orderBy('started_at', 'desc').orderBy('id', 'desc');
  const { customerId, journey, state, after } = query;
  if (customerId !== undefined) rows = rows.where('customer_id', '=', customerId);
  if (journey !== undefined) rows = rows.where('journey', '=', journey);
  if (state !== undefined) rows = rows.where('state', '=', state);
  if (after)
    rows = rows.where((eb) => eb(eb.refTuple('started_at', 'id'), '<', eb.tuple(new Date(after.startedAt), after.id)));
  return (await rows.limit(query.limit ?? 50).execute()).map(read);
}

export type Cancelled = { readonly cancelled: true } | { readonly refused: 'unknown' | 'ended' };

/** Tells the run to end; it does so itself, and withdraws what is in flight. Call `notifyPump` afterwards. */
export function cancelEnrolment(db: Db, id: string, by: string, now: number): Promise<Cancelled> {
  return db.transaction().execute(async (tx) => {
    const row = await tx.selectFrom('enrolments').select('customer_id').where('id', '=', id).executeTakeFirst();
    if (!row) return { refused: 'unknown' };
    await lockCustomer(tx, row.customer_id);
    const numbered = await deliver(tx, [{ enrolmentId: id, body: { kind: 'cancel', by } }], {
      eventId: null,
      at: now,
      now,
    });
    return numbered.length > 0 ? { cancelled: true } : { refused: 'ended' };
  });
}
