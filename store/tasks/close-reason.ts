import { done } from '../../core/task/move.ts';
import { isAllowed } from '../../core/task/task.ts';
import type { Db, Tx } from '../open.ts';
import { reasonsOf } from './reasons.ts';
import { lockTask, logTask, writeTask } from './row.ts';

/** The run went on without it. A task that nobody has a reason for any more is closed, unless somebody is at it. */
export const closeReason = (db: Db, reasonId: string, now: number): Promise<void> =>
  db.transaction().execute((tx) => closeReasonIn(tx, reasonId, now));

export async function closeReasonIn(tx: Tx, reasonId: string, now: number): Promise<void> {
  const reason = await tx.selectFrom('task_reasons').select('task_id').where('id', '=', reasonId).executeTakeFirst();
  const task = reason && (await lockTask(tx, reason.task_id));
  if (!task) return;
  const closed = await tx
    .updateTable('task_reasons')
    .set({ answered: 'obsolete', answered_at: new Date(now) })
    .where('id', '=', reasonId)
    .where('answered', 'is', null)
    .executeTakeFirst();
  if (closed.numUpdatedRows === 0n) return;
  const change = { actor: 'engine', note: { reason: reasonId }, now };
  const isNeeded = (await reasonsOf(tx, task.id)).some(({ answered }) => answered !== 'obsolete');
  if (isNeeded || !isAllowed('close', task.state)) await logTask(tx, task.id, { ...change, action: 'reason obsolete' });
  else await writeTask(tx, task, done(task), { ...change, action: 'close', outcome: 'obsolete' });
}
