/** Introductions that have still to get their place, asked for by the workflow of their task. */
import { sql } from 'kysely';
import type { Db } from '../open.ts';
import { introductionRows, readIntroduction, type StoredIntroduction } from './row.ts';

export async function introductionsWaiting(db: Db, taskId: string): Promise<StoredIntroduction[]> {
  const rows = await introductionRows(db)
    .where('task_id', '=', taskId)
    .where('state', 'in', ['asked', 'waiting'])
    .orderBy('number')
    .execute();
  return rows.map(readIntroduction);
}

/** Taken back while they waited: their places are, too. */
export async function introductionsTakenBack(db: Db, taskId: string): Promise<string[]> {
  const { rows } = await sql<{ touch: string }>`
    select t.id as touch from introductions i join touches t on t.id = 'introduction/' || i.id
    where i.task_id = ${taskId} and i.state = 'none' and t.state = 'deferred'`.execute(db);
  return rows.map(({ touch }) => touch);
}

export type IntroductionMoved =
  | { readonly state: 'placed' }
  | { readonly state: 'waiting'; readonly askAt: number }
  | { readonly state: 'none'; readonly because: string };

/** Unless it was taken back meanwhile. `ask` is the one that was answered. */
export async function moveIntroduction(
  db: Db,
  { id, ask }: { readonly id: string; readonly ask: number },
  moved: IntroductionMoved,
): Promise<void> {
  await db
    .updateTable('introductions')
    .set({
      ask,
      state: moved.state,
      because: moved.state === 'none' ? moved.because : null,
      ask_at: moved.state === 'waiting' ? new Date(moved.askAt) : null,
    })
    .where('id', '=', id)
    .where('state', 'in', ['asked', 'waiting'])
    .execute();
}
