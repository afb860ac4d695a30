import { reassigned } from '../../core/task/move.ts';
import { letInWithTask } from '../confidence/confidence.ts';
import { correctAnnounced } from '../introductions/introduce.ts';
import type { Db } from '../open.ts';
import { changeTask, type Asked, type TaskChanged } from './change.ts';
import { holdIfClaimed, type HoldingDesk } from './climb.ts';

export interface Reassign extends Asked {
  readonly to: string;
  readonly why: string;
  readonly desk: HoldingDesk;
}

/** To a named person, whoever has it now. They have the whole time; a task that was put aside stays so, and wakes for them. */
export const reassignTask = (db: Db, asked: Reassign): Promise<TaskChanged> =>
  changeTask(
    db,
    'reassign',
    asked,
    (task) => reassigned(task, asked.to, asked.now, asked.desk.addSpan),
    async (tx, task) => {
      await holdIfClaimed(tx, task, task, asked.now, asked.desk);
      await letInWithTask(tx, task.customerId, { agent: asked.to, by: asked.by, reason: asked.why, now: asked.now });
      await correctAnnounced(tx, task, asked.to, asked.now);
    },
    { to: asked.to },
  );
