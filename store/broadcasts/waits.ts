/** Those of a broadcast whose touch waits for its place. */
import { sql } from 'kysely';
import type { RunState } from '../../core/run/state.ts';
import type { Db } from '../open.ts';
import { addCounts, holdBroadcast } from './row.ts';
import type { Waiting } from './progress.ts';

export interface Waiter {
  readonly customerId: string;
  readonly touchId: string;
  readonly state: RunState;
}

/** Who may ask again, the longest due first. */
export const dueWaits = async (db: Db, id: string, now: number, limit: number): Promise<Waiter[]> =>
  db
    .selectFrom('broadcast_waits')
    .select(['customer_id as customerId', 'touch_id as touchId', 'state'])
    .where('broadcast_id', '=', id)
    .where('due_at', '<=', new Date(now))
    .orderBy('due_at')
    .limit(limit)
    .execute();

/** When the next of them may ask again; null: nobody waits. */
export async function nextWaitDueAt(db: Db, id: string): Promise<number | null> {
  const row = await db
    .selectFrom('broadcast_waits')
    .select((eb) => eb.fn.min<Date | null>('due_at').as('due_at'))
    .where('broadcast_id', '=', id)
    .executeTakeFirstOrThrow();
  return row.due_at?.getTime() ?? null;
}

/** Who has been asked again: some wait on, the others are done with. */
export const waitsDone = (
  db: Db,
  {
    id,
    done,
    waits,
    counts,
  }: {
    readonly id: string;
    readonly done: readonly string[];
    readonly waits: readonly Waiting[];
    readonly counts: Readonly<Record<string, number>>;
  },
): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const broadcast = await holdBroadcast(tx, id);
    if (!broadcast) return;
    await sql`update broadcast_waits w set state = x.state::json, due_at = x.due_at
      from unnest(${waits.map((w) => w.customerId)}::text[], ${waits.map((w) => JSON.stringify(w.state))}::text[],
        ${waits.map((w) => new Date(w.dueAt).toISOString())}::timestamptz[]) as x(customer_id, state, due_at)
      where w.broadcast_id = ${id} and w.customer_id = x.customer_id`.execute(tx);
    const gone = await tx
      .deleteFrom('broadcast_waits')
      .where('broadcast_id', '=', id)
      .where((eb) => eb('customer_id', '=', eb.fn.any(eb.val([...done]))))
      .executeTakeFirst();
    // Another attempt that counted them has taken their rows away.
    if (Number(gone.numDeletedRows) !== done.length) return;
    await tx
      .updateTable('broadcasts')
      .set({ counts: JSON.stringify(addCounts(broadcast.counts, counts)) })
      .where('id', '=', id)
      .execute();
  });

/** Of a cancelled broadcast: a page of those who need not wait any more. */
export const anyWaits = (db: Db, id: string, limit: number): Promise<Waiter[]> =>
  db
    .selectFrom('broadcast_waits')
    .select(['customer_id as customerId', 'touch_id as touchId', 'state'])
    .where('broadcast_id', '=', id)
    .limit(limit)
    .execute();
