/** What a person wrote down of a call: it stands in the conversation, and nobody is sent it. */
import type { AddSpan } from '../../core/task/task.ts';
import type { Db } from '../open.ts';
import { recordAnswered } from './answered.ts';
import { refusal, unknownTask, type Asked, type TaskChanged } from './change.ts';
import { lockTask, logTask } from './row.ts';

export interface NoteWritten extends Asked {
  /** The same again is one note. */
  readonly key: string;
  readonly text: string;
  /** They were reached, and so have their answer: whoever waits for it hears that, and promises of it are kept. */
  readonly reached: boolean;
  readonly addSpan: AddSpan;
}

/** Anybody may write one down; only whoever has the task can have answered by it. Call `notifyPump` afterwards. */
export const noteOnTask = (db: Db, written: NoteWritten): Promise<TaskChanged> =>
  db.transaction().execute(async (tx) => {
    const { id, by, key, text, reached, now, addSpan } = written;
    const task = await lockTask(tx, id);
    if (!task) return unknownTask(id);
    const no = reached ? refusal('answer', task, by) : null;
    if (no) return no;
    const messageId = `note/${task.id}/${key}`;
    const row = await tx
      .insertInto('messages')
      .values({
        ...{ customer_id: task.customerId, id: messageId, direction: 'out', kind: 'note', channel: 'voice' },
        ...{ author: by, subject: null, body: text, address: null, task_id: task.id, at: new Date(now) },
      })
      .onConflict((c) => c.columns(['customer_id', 'id']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!row) return { task };
    if (reached) return recordAnswered(tx, { id, by, now, messageId, addSpan });
    await logTask(tx, task.id, { actor: by, action: 'note', note: { message: messageId }, now });
    return { task };
  });
