/** Entering by date: whoever is due begins a run, each once for each value of the date. */
import { sql } from 'kysely';
import { notOfThem } from '../../core/draw/not-of-them.ts';
import type { Scalar } from '../../core/run/inputs.ts';
import { rules } from '../../core/run/state.ts';
import { newId } from '../ids.ts';
import { journeysNotEntered, stoppedBy } from '../journey-stops.ts';
import { latestJourney, type JourneyVersion } from '../journeys.ts';
import type { Db, Tx } from '../open.ts';
import { callWorkflows } from '../outbox.ts';
import { keepTurnedAway, type TurnedAway } from '../turned-away.ts';
import { asksFor } from './asks-for.ts';

export interface EnteredByDate {
  /** How many were due and are so no longer; less than the limit: there are no more, or others are at them. */
  readonly due: number;
  readonly entered: readonly string[];
}

/**
 * One page, the longest due first, in one transaction: it happens whole or not at all, and two at once never take the same customers. Their
 * rows are held like for anything that happens to them, so a change of the date comes before or after. Call `notifyPump` afterwards.
 */
export const enterByDate = (
  db: Db,
  { now, limit }: { readonly now: number; readonly limit: number },
): Promise<EnteredByDate> =>
  db.transaction().execute(async (tx) => {
    const due = await takeDue(tx, now, limit);
    if (due.length === 0) return { due: 0, entered: [] };
    const entering: (Due & { journey: JourneyVersion })[] = [];
    const turnedAway: (TurnedAway & { customerId: string })[] = [];
    const journeys = new Map<string, JourneyVersion | null>();
    const busy = await busyIn(tx, due);
    const fields = await fieldsOf(tx, due);
    const stopped = await stoppedIn(tx, due);
    for (const one of due) {
      const journey = journeys.get(one.name) ?? (await latestJourney(tx, one.name));
      journeys.set(one.name, journey);
      if (journey?.retiredAt !== null || !('date' in journey.definition.entry)) continue;
      const { entry } = journey.definition;
      const away = { journey: one.name, customerId: one.customerId, until: null };
      const stopper = stopped.get(keyOf(one));
      if (stopper !== undefined) turnedAway.push({ ...away, because: stoppedBy(stopper) });
      else if (busy.has(keyOf(one))) turnedAway.push({ ...away, because: 'a run of it is going on' });
      else if (asksFor(entry.only, fields.get(one.customerId) ?? {})) entering.push({ ...one, journey });
      else turnedAway.push({ ...away, because: notOfThem(entry) });
    }
    await keepTurnedAway(tx, turnedAway, { eventId: null, now });
    return { due: due.length, entered: await start(tx, entering, now) };
  });

interface Due {
  readonly customerId: string;
  readonly name: string;
  readonly date: string;
}
const keyOf = ({ customerId, name }: Pick<Due, 'customerId' | 'name'>): string => JSON.stringify([name, customerId]);

async function takeDue(tx: Tx, now: number, limit: number): Promise<Due[]> {
  const at = new Date(now);
  const { rows } = await sql<{ customer_id: string; journey: string }>`
    select d.customer_id, d.journey from date_entries d join customers c on c.id = d.customer_id
    where d.due_at <= ${at} order by d.due_at, d.customer_id limit ${limit}
    for no key update of c skip locked`.execute(tx);
  if (rows.length === 0) return [];
  // Asked again: the date may have moved until we held the customer.
  const taken = await sql<Due>`
    delete from date_entries d
    using unnest(${rows.map((r) => r.customer_id)}::text[], ${rows.map((r) => r.journey)}::text[]) as k(customer_id, journey)
    where d.customer_id = k.customer_id and d.journey = k.journey and d.due_at <= ${at}
    returning d.customer_id as "customerId", d.journey as name, d.date`.execute(tx);
  return taken.rows;
}

/** A date that moves during a run moves that run, and starts no second one. */
async function busyIn(tx: Tx, due: readonly Due[]): Promise<Set<string>> {
  const running = await tx
    .selectFrom('enrolments')
    .select(['customer_id as customerId', 'journey as name'])
    .where('state', '=', 'running')
    .where((eb) => eb('customer_id', '=', eb.fn.any(eb.val(due.map((d) => d.customerId)))))
    .execute();
  return new Set(running.map(keyOf));
}

/** By whom. */
async function stoppedIn(tx: Tx, due: readonly Due[]): Promise<Map<string, string>> {
  const stops = await journeysNotEntered(tx, [...new Set(due.map((d) => d.customerId))]);
  return new Map(stops.map(({ customerId, journey, actor }) => [keyOf({ customerId, name: journey }), actor]));
}

async function fieldsOf(tx: Tx, due: readonly Due[]): Promise<Map<string, Readonly<Record<string, Scalar>>>> {
  const rows = await tx
    .selectFrom('customers')
    .select(['id', 'fields'])
    .where((eb) => eb('id', '=', eb.fn.any(eb.val(due.map((d) => d.customerId)))))
    .execute();
  return new Map(rows.map((row) => [row.id, row.fields]));
}

async function start(
  tx: Tx,
  entering: readonly (Due & { readonly journey: JourneyVersion })[],
  now: number,
): Promise<string[]> {
  if (entering.length === 0) return [];
  const started = await tx
    .insertInto('enrolments')
    .values(
      entering.map(({ customerId, date, journey }) => ({
        id: newId('e'),
        customer_id: customerId,
        journey: journey.name,
        version: journey.version,
        rules,
        entry_key: `${customerId}/${date}`,
        state: 'running' as const,
        started_at: new Date(now),
      })),
    )
    .onConflict((c) => c.columns(['journey', 'entry_key']).doNothing())
    .returning('id')
    .execute();
  const ids = started.map((run) => run.id);
  await callWorkflows(
    tx,
    ids.map((ref) => ({ kind: 'enrolment', ref })),
    now,
  );
  return ids;
}
