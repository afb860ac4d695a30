import { answered } from '../../core/task/move.ts';
import type { AddSpan } from '../../core/task/task.ts';
import type { Tx } from '../open.ts';
import { takeEventIn } from '../take-event.ts';
import { refusal, unknownTask, type Asked, type TaskChanged } from './change.ts';
import { lockTask, writeTask } from './row.ts';

/**
 * The person who has the task wrote to the customer, in this transaction: whoever waits for an answer hears that there is
 * one, promises of it are kept, and the person has time again to finish. The same message twice is one answer.
 */
export async function recordAnswered(
  tx: Tx,
  asked: Asked & { readonly messageId: string; readonly addSpan: AddSpan },
): Promise<TaskChanged> {
  const { id, by, messageId, now, addSpan } = asked;
  const task = await lockTask(tx, id);
  if (!task) return unknownTask(id);
  const no = refusal('answer', task, by);
  if (no) return no;
  const event = await takeEventIn(tx, {
    idempotencyKey: `answered:${messageId}`,
    bodyHash: messageId,
    customerId: task.customerId,
    type: 'we-answered',
    data: { by: 'person' },
    at: now,
    now,
  });
  if ('refused' in event || event.taken === 'again') return { task };
  const note = { message: messageId };
  return { task: await writeTask(tx, task, answered(task, now, addSpan), { actor: by, action: 'answer', note, now }) };
}
