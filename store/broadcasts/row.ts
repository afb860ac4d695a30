/** Broadcasts as rows: what is planned, how far each is, and how one is stopped. Instants in epoch milliseconds. */
import type { Database } from '../database.ts';
import type { Db, Tx } from '../open.ts';
import { callWorkflows } from '../outbox.ts';

export interface Broadcast {
  readonly id: string;
  readonly journey: string;
  readonly version: number;
  readonly audience: string;
  /** '2026-12-16 09:00', on each customer's own clock. */
  readonly at: string;
  readonly state: Database['broadcasts']['state'];
  /** Where it stands: the instant whose zones are under way, and the last customer taken. */
  readonly passAt: number | null;
  readonly stage: 'zones' | 'moved' | 'waits';
  readonly afterId: string;
  readonly entered: number;
  /** What came of those whose touch is decided: 'sent', 'refused: guard'. */
  readonly counts: Readonly<Record<string, number>>;
  readonly wakeAt: number | null;
  readonly plannedAt: number;
  readonly begunAt: number | null;
  readonly overAt: number | null;
  readonly cancelledBy: string | null;
}

const rows = (db: Db) => db.selectFrom('broadcasts').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

const readBroadcast = (row: Row): Broadcast => ({
  id: row.id,
  journey: row.journey,
  version: row.version,
  audience: row.audience,
  at: row.at,
  state: row.state,
  passAt: row.pass_at?.getTime() ?? null,
  stage: row.stage,
  afterId: row.after_id,
  entered: Number(row.entered),
  counts: row.counts,
  wakeAt: row.wake_at?.getTime() ?? null,
  plannedAt: row.planned_at.getTime(),
  begunAt: row.begun_at?.getTime() ?? null,
  overAt: row.over_at?.getTime() ?? null,
  cancelledBy: row.cancelled_by,
});

export async function getBroadcast(db: Db, id: string): Promise<Broadcast | null> {
  const row = await rows(db).where('id', '=', id).executeTakeFirst();
  return row ? readBroadcast(row) : null;
}

/** The newest first. */
export const listBroadcasts = async (db: Db, limit = 100): Promise<Broadcast[]> =>
  (await rows(db).orderBy('planned_at', 'desc').orderBy('id').limit(limit).execute()).map(readBroadcast);

/** Those whose touch still waits for its place. */
export async function countWaiting(db: Db, id: string): Promise<number> {
  const row = await db
    .selectFrom('broadcast_waits')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('broadcast_id', '=', id)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** What was counted is added to what was counted before. Inside a transaction that holds the row. */
export function addCounts(
  before: Readonly<Record<string, number>>,
  more: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const sum = { ...before };
  for (const [name, count] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

export async function holdBroadcast(tx: Tx, id: string): Promise<Broadcast | null> {
  const row = await rows(tx).where('id', '=', id).forUpdate().executeTakeFirst();
  return row ? readBroadcast(row) : null;
}

export type BroadcastCancelled = { readonly cancelled: true } | { readonly refused: 'unknown' | 'over' };

/** Nobody else is written to: what has its place and is not yet on its way is withdrawn by whoever is at it. Call `notifyPump` afterwards. */
export const cancelBroadcast = (db: Db, id: string, by: string, now: number): Promise<BroadcastCancelled> =>
  db.transaction().execute(async (tx) => {
    const broadcast = await holdBroadcast(tx, id);
    if (!broadcast) return { refused: 'unknown' };
    if (broadcast.state !== 'planned' && broadcast.state !== 'running') return { refused: 'over' };
    await tx
      .updateTable('broadcasts')
      .set({ state: 'cancelled', cancelled_by: by, over_at: new Date(now), wake_at: null })
      .where('id', '=', id)
      .execute();
    await callWorkflows(tx, [{ kind: 'broadcast', ref: id }], now);
    return { cancelled: true };
  });
