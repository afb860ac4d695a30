import { snoozed } from '../../core/task/move.ts';
import { endHold } from '../gates.ts';
import type { Db } from '../open.ts';
import { changeTask, type Asked, type TaskChanged } from './change.ts';

/** Until then nobody is asked; then it goes back to whoever had it. A message of the customer, or a further reason, wakes it before. */
export const snoozeTask = (db: Db, asked: Asked & { readonly until: number }): Promise<TaskChanged> =>
  asked.until <= asked.now
    ? Promise.resolve({
        refused: 'not-later',
        because: `until is ${new Date(asked.until).toISOString()}; it should be later than now, ${new Date(asked.now).toISOString()}`,
      })
    : changeTask(
        db,
        'snooze',
        asked,
        (task) => snoozed(task, asked.until),
        (tx, task) => endHold(tx, task.customerId, task.id, asked.now),
        { until: new Date(asked.until).toISOString() },
      );
