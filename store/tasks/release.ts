import { released } from '../../core/task/move.ts';
import type { AddSpan } from '../../core/task/task.ts';
import { endHold } from '../gates.ts';
import type { Db } from '../open.ts';
import { changeTask, type Asked, type TaskChanged } from './change.ts';

/** Back to those who are asked; they have the whole time again. */
export const releaseTask = (db: Db, asked: Asked & { readonly addSpan: AddSpan }): Promise<TaskChanged> =>
  changeTask(
    db,
    'release',
    asked,
    (task) => released(task, asked.now, asked.addSpan),
    (tx, task) => endHold(tx, task.customerId, task.id, asked.now),
  );
