/** A date has been told anew: what hangs on it beside the runs is due at another instant. */
import { withinReach } from '../../core/calendar/bounds.ts';
import { momentAt } from '../../core/calendar/moment.ts';
import { deadlineOf } from '../../core/promise/promise.ts';
import type { Scalar } from '../../core/run/inputs.ts';
import { journeyAt, pinned } from '../journeys.ts';
import type { Tx } from '../open.ts';
import { callWorkflows } from '../outbox.ts';
import { readPromise, promiseRows } from '../promises/row.ts';
import { calendarOf, spansOf } from '../team-calendar.ts';

export interface Moved {
  /** The event, or 'customer'. */
  readonly root: string;
  readonly values: Readonly<Record<string, Scalar>>;
  readonly now: number;
}

export async function movePromises(tx: Tx, ids: readonly string[], moved: Moved): Promise<void> {
  for (const id of ids) {
    const row = await promiseRows(tx).select(['said', 'from_at']).where('id', '=', id).executeTakeFirstOrThrow();
    const { said, from_at, enrolment_id: enrolmentId, team } = row;
    if (said === null || from_at === null) continue;
    const found = await instantAnew(tx, { enrolmentId, team, said, from: from_at.getTime() }, moved);
    if (!found || found.at === row.due_at.getTime()) continue;
    const promise = { ...readPromise(row), dueAt: found.at };
    await tx
      .updateTable('promises')
      .set((eb) => ({
        due_at: new Date(found.at),
        deadline_at: new Date(deadlineOf(promise, moved.now, spansOf(found.words))),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', id)
      .where('state', '=', 'open')
      .execute();
    await callWorkflows(tx, [{ kind: 'promise', ref: id }], moved.now);
  }
}

export async function moveNotes(tx: Tx, ids: readonly string[], moved: Moved): Promise<void> {
  for (const id of ids) {
    const { enrolment_id, team, said, from_at } = await tx
      .selectFrom('notes')
      .select(['enrolment_id', 'team', 'said', 'from_at'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (enrolment_id === null) continue; // A person set it for an instant, which hangs on nothing.
    const found = await instantAnew(tx, { enrolmentId: enrolment_id, team, said, from: from_at.getTime() }, moved);
    if (!found) continue;
    await tx
      .updateTable('notes')
      .set({ due_at: new Date(found.at) })
      .where('id', '=', id)
      .where('state', '=', 'open')
      .execute();
  }
}

interface Said {
  readonly enrolmentId: string;
  readonly team: string;
  readonly said: string;
  readonly from: number;
}

/** Null: the news does not say when, so what was known before stays. */
async function instantAnew(tx: Tx, { enrolmentId, team, said, from }: Said, { root, values }: Moved) {
  const run = await tx
    .selectFrom('enrolments')
    .innerJoin('customers', 'customers.id', 'enrolments.customer_id')
    .select(['journey', 'version', 'zone'])
    .where('enrolments.id', '=', enrolmentId)
    .executeTakeFirstOrThrow();
  const journey = await journeyAt(tx, run.journey, run.version);
  if (!journey)
    throw new Error(`Enrolment ${enrolmentId} runs ${run.journey} ${run.version}, which was never published`);
  const words = (await pinned(tx, journey)).words.data;
  const found = momentAt(said, {
    from,
    zoneOfCustomer: run.zone,
    calendar: calendarOf(words, team, from),
    fields: Object.fromEntries(Object.entries(values).map(([field, value]) => [`${root}.${field}`, value])),
  });
  return found.found ? { at: withinReach(found.at, from), words } : null;
}
