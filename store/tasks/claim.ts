import { claimed } from '../../core/task/move.ts';
import type { AddSpan } from '../../core/task/task.ts';
import { placeHold } from '../gates.ts';
import { correctAnnounced } from '../introductions/introduce.ts';
import type { Db } from '../open.ts';
import { changeTask, type Asked, type TaskChanged } from './change.ts';

/** From then on this person has the conversation: what machines would say waits, until `holdUntil` at the latest (epoch ms). */
export const claimTask = (
  db: Db,
  asked: Asked & { readonly holdUntil: number; readonly addSpan: AddSpan },
): Promise<TaskChanged> =>
  changeTask(
    db,
    'claim',
    asked,
    (task) => claimed(task, asked.by, asked.now, asked.addSpan),
    async (tx, task) => {
      await placeHold(tx, task.customerId, { until: asked.holdUntil, taskId: task.id });
      await correctAnnounced(tx, task, asked.by, asked.now);
    },
  );
