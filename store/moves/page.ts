/** The next of those who are to move are told: each once, whoever asks, however often. */
import { sql } from 'kysely';
import { deliver } from '../deliver.ts';
import type { Db } from '../open.ts';

export interface Page {
  readonly told: number;
  /** Nobody is left to tell. */
  readonly done: boolean;
}

/**
 * One transaction. Killed in it, nobody of the page was told; killed after it, the next page begins behind it. Who is busy with something
 * else just now is told by a later page. Null: there is no such move. Call `notifyPump` afterwards.
 */
export const tellNextPage = (
  db: Db,
  { id, limit, now }: { readonly id: string; readonly limit: number; readonly now: number },
): Promise<Page | null> =>
  db.transaction().execute(async (tx) => {
    const move = await tx
      .selectFrom('moves')
      .select(['journey', 'from_version', 'steps', 'state'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!move) return null;
    if (move.state === 'done') return { told: 0, done: true };
    const { steps } = move;
    const left = tx
      .selectFrom('enrolments as e')
      .select('e.id')
      .where('e.journey', '=', move.journey)
      .where('e.version', '=', move.from_version)
      .where('e.state', '=', sql.lit('running')) // Written out, as the index has it.
      .$if(steps !== null, (q) => q.where(sql<boolean>`e.step = any(${steps}::text[])`))
      // Asked apart, so that each is answered by an index of its own.
      .where(sql<boolean>`not exists (select 1 from moved_runs m where m.move_id = ${id} and m.enrolment_id = e.id)`)
      .where(sql<boolean>`not exists (select 1 from moved_runs m where m.state = 'told' and m.enrolment_id = e.id)`)
      .orderBy('e.id')
      .limit(limit);
    const page = await left.forNoKeyUpdate().skipLocked().execute();
    if (page.length === 0) {
      // Those who are locked by others just now are not forgotten.
      if ((await left.execute()).length > 0) return { told: 0, done: false };
      await tx
        .updateTable('moves')
        .set({ state: 'done', done_at: new Date(now) })
        .where('id', '=', id)
        .execute();
      return { told: 0, done: true };
    }
    await tx
      .insertInto('moved_runs')
      .values(
        page.map((run) => ({ move_id: id, enrolment_id: run.id, state: 'told' as const, told_at: new Date(now) })),
      )
      .execute();
    const body = { kind: 'move', move: id } as const;
    await deliver(
      tx,
      page.map((run) => ({ enrolmentId: run.id, body })),
      { eventId: null, at: now, now },
    );
    return { told: page.length, done: false };
  });
