import { reopened } from '../../core/task/move.ts';
import type { AddSpan } from '../../core/task/task.ts';
import type { Db } from '../open.ts';
import { because, refusal, unknownTask, type Asked, type TaskChanged } from './change.ts';
import { lockTask, nameOf, openOneOf, writeTask } from './row.ts';

/** It was not over. Whoever was told an outcome is told nothing again; if its team has another one open, that one is the place. */
export const reopenTask = (
  db: Db,
  asked: Asked & { readonly why: string; readonly addSpan: AddSpan },
): Promise<TaskChanged> =>
  db.transaction().execute(async (tx) => {
    const { id, by, now, addSpan } = asked;
    const task = await lockTask(tx, id);
    if (!task) return unknownTask(id);
    const no = refusal('reopen', task, by);
    if (no) return no;
    const other = await openOneOf(tx, task.customerId, task.team);
    if (other)
      return {
        refused: 'another-open',
        because: `Task ${nameOf(task)} stays done: ${nameOf(other)} is open for this customer with ${task.team}, go on there`,
      };
    const note = because(asked);
    return {
      task: await writeTask(tx, task, reopened(task, now, addSpan), { actor: by, action: 'reopen', note, now }),
    };
  });
