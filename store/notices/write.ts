import { sql } from 'kysely';
import { noticeOf } from '../../core/task/notice.ts';
import type { Task } from '../../core/task/task.ts';
import type { Tx } from '../open.ts';

/** In the transaction of the change it tells of; sent later, so that no task waits for it or fails with it. */
export async function writeNotice(tx: Tx, taskId: string, action: string, after: Task, now: number): Promise<void> {
  const notice = noticeOf(action, after);
  if (!notice) return;
  // Machines are told, so it is due by their clock, also where ours is fast.
  const due = sql<Date>`clock_timestamp()`;
  await tx
    .insertInto('notices')
    .values({ ...notice, task_id: taskId, at: new Date(now), due_at: due })
    .execute();
}
