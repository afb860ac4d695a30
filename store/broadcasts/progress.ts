/** How far a broadcast is: written a page at a time, in one transaction with those of it who wait. */
import { sql } from 'kysely';
import type { RunState } from '../../core/run/state.ts';
import { newId } from '../ids.ts';
import type { Db, Tx } from '../open.ts';
import { callWorkflows } from '../outbox.ts';
import { rules } from '../../core/run/state.ts';
import { addCounts, holdBroadcast, type Broadcast } from './row.ts';

export interface Waiting {
  readonly customerId: string;
  readonly touchId: string;
  readonly state: RunState;
  readonly dueAt: number;
}
export interface PageDone {
  /** As it was when the page was read: whoever comes second with a page changes nothing. */
  readonly from: Broadcast;
  readonly afterId: string;
  readonly entered: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly waits: readonly Waiting[];
  /** If nothing is heard of it until then, it is called again. */
  readonly wakeAt: number;
}

/** False: it was cancelled, or another attempt has done this page. */
export const pageDone = (db: Db, done: PageDone): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    const now = await stillAt(tx, done.from);
    if (!now) return false;
    await tx
      .updateTable('broadcasts')
      .set({
        after_id: done.afterId,
        entered: String(now.entered + done.entered),
        counts: JSON.stringify(addCounts(now.counts, done.counts)),
        wake_at: new Date(done.wakeAt),
      })
      .where('id', '=', now.id)
      .execute();
    if (done.waits.length > 0)
      await tx
        .insertInto('broadcast_waits')
        .values(
          done.waits.map((wait) => ({
            broadcast_id: now.id,
            customer_id: wait.customerId,
            touch_id: wait.touchId,
            state: JSON.stringify(wait.state),
            due_at: new Date(wait.dueAt),
          })),
        )
        .onConflict((c) => c.doNothing())
        .execute();
    return true;
  });

/** Of a page that was cut short because it was cancelled. */
export const countMore = (
  db: Db,
  id: string,
  entered: number,
  counts: Readonly<Record<string, number>>,
): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const at = await holdBroadcast(tx, id);
    if (!at) return;
    await tx
      .updateTable('broadcasts')
      .set({ entered: String(at.entered + entered), counts: JSON.stringify(addCounts(at.counts, counts)) })
      .where('id', '=', id)
      .execute();
  });

const stillAt = async (tx: Tx, from: Broadcast): Promise<Broadcast | null> => {
  const now = await holdBroadcast(tx, from.id);
  const isSame =
    now?.state === 'running' && now.passAt === from.passAt && now.stage === from.stage && now.afterId === from.afterId;
  return isSame ? now : null;
};

/** A journey of more than one touch: everybody of the page begins a run of their own. Call `notifyPump` afterwards. */
export const pageOfRuns = (
  db: Db,
  {
    from,
    afterId,
    customers,
    now,
    wakeAt,
  }: {
    readonly from: Broadcast;
    readonly afterId: string;
    readonly customers: readonly string[];
    readonly now: number;
    readonly wakeAt: number;
  },
): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    const at = await stillAt(tx, from);
    if (!at) return false;
    const started =
      customers.length === 0
        ? []
        : await tx
            .insertInto('enrolments')
            .values(
              customers.map((customerId) => ({
                id: newId('e'),
                customer_id: customerId,
                journey: from.journey,
                version: from.version,
                rules,
                entry_key: `${customerId}/${from.audience} ${from.at}`,
                state: 'running' as const,
                started_at: new Date(now),
              })),
            )
            .onConflict((c) => c.columns(['journey', 'entry_key']).doNothing())
            .returning('id')
            .execute();
    await callWorkflows(
      tx,
      started.map(({ id }) => ({ kind: 'enrolment', ref: id })),
      now,
    );
    await tx
      .updateTable('broadcasts')
      .set({
        after_id: afterId,
        wake_at: new Date(wakeAt),
        entered: String(at.entered + started.length),
        counts: JSON.stringify(addCounts(at.counts, started.length === 0 ? {} : { 'began a run': started.length })),
      })
      .where('id', '=', at.id)
      .execute();
    return true;
  });

export interface Standing {
  readonly passAt?: number;
  readonly stage?: Broadcast['stage'];
  readonly state?: 'running' | 'done';
  readonly wakeAt: number | null;
}

/** To the next pass, to sleep, or to its end; unless somebody has cancelled it or was faster. */
export const moveBroadcast = (db: Db, from: Broadcast, to: Standing, now: number): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    const at = await holdBroadcast(tx, from.id);
    if (at?.state !== from.state || at.version !== from.version || at.passAt !== from.passAt || at.stage !== from.stage)
      return false;
    await tx
      .updateTable('broadcasts')
      .set({
        wake_at: to.wakeAt === null ? null : new Date(to.wakeAt),
        ...(to.passAt === undefined ? {} : { pass_at: new Date(to.passAt), after_id: '' }),
        ...(to.stage === undefined ? {} : { stage: to.stage, after_id: '' }),
        ...(to.state === undefined ? {} : { state: to.state }),
        ...(to.state === 'running' ? { begun_at: sql<Date>`coalesce(begun_at, ${new Date(now)})` } : {}),
        ...(to.state === 'done' ? { over_at: new Date(now), wake_at: null } : {}),
      })
      .where('id', '=', from.id)
      .execute();
    return true;
  });
