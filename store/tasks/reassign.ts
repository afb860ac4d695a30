import { reassigned } from '../../core/task/move.ts';
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
    (tx, task) => holdIfClaimed(tx, task, task, asked.now, asked.desk),
    { to: asked.to },
  );
