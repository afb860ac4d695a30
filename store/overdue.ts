/** Rows that say somebody should have woken long ago. */
import { sql } from 'kysely';
import type { Db } from './open.ts';
import { callWorkflows, type Call } from './outbox.ts';

/** What sleeps in Temporal and is so late that something is wrong: its call is put into the outbox again. */
export async function callOverdue(
  db: Db,
  { now, lateMs, limit }: { now: number; lateMs: number; limit: number },
): Promise<Call[]> {
  const late = new Date(now - lateMs);
  return db.transaction().execute(async (tx) => {
    const runs = await tx
      .selectFrom('enrolments')
      .select('id')
      .where('state', '=', 'running')
      .where('wake_at', '<', late)
      .orderBy('wake_at')
      .limit(limit)
      .execute();
    // Accepted, and nobody has ever begun them: their call was lost or parked.
    const unborn = await tx
      .selectFrom('enrolments')
      .select('id')
      .where('state', '=', 'running')
      .where('parked_at', 'is', null)
      .where('started_at', '<', late)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('outbox')
              .select(sql`1`.as('one'))
              .whereRef('outbox.ref', '=', 'enrolments.id'),
          ),
        ),
      )
      .orderBy('started_at')
      .limit(limit)
      .execute();
    const tasks = await tx
      .selectFrom('tasks')
      .select('id')
      .where('state', '<>', 'done')
      .where('deadline_at', '<', late)
      .orderBy('deadline_at')
      .limit(limit)
      .execute();
    const promises = await tx
      .selectFrom('promises')
      .select('id')
      .where('state', '=', 'open')
      .where('deadline_at', '<', late)
      .orderBy('deadline_at')
      .limit(limit)
      .execute();
    const broadcasts = await tx
      .selectFrom('broadcasts')
      .select('id')
      .where('state', 'in', ['planned', 'running'])
      .where('wake_at', '<', late)
      .orderBy('wake_at')
      .limit(limit)
      .execute();
    const calls: Call[] = [
      ...[...runs, ...unborn].map(({ id }): Call => ({ kind: 'enrolment', ref: id })),
      ...tasks.map(({ id }): Call => ({ kind: 'task', ref: id })),
      ...promises.map(({ id }): Call => ({ kind: 'promise', ref: id })),
      ...broadcasts.map(({ id }): Call => ({ kind: 'broadcast', ref: id })),
    ];
    await callWorkflows(tx, calls, now);
    return calls;
  });
}

/** Touches whose sending ended unknown, the longest first. */
export async function unknownTouches(db: Db, { since, limit }: { since: number; limit: number }): Promise<string[]> {
  const rows = await db
    .selectFrom('touches')
    .select('id')
    .where('state', '=', 'unknown')
    .where('sending_at', '>', new Date(since))
    .orderBy('sending_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}
