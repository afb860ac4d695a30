/** To another team. By when the customer is to be looked after stays, and so does the story. */
import type { LadderData } from '../../core/journey/ladder.ts';
import { rungsOf } from '../../core/task/ladder.ts';
import { done, handedOver, joined } from '../../core/task/move.ts';
import { dueOf } from '../../core/task/task.ts';
import { endHold } from '../gates.ts';
import type { Db, Tx } from '../open.ts';
import { because, refusal, unknownTask, type Asked, type TaskChanged } from './change.ts';
import { lockTask, nameOf, openOneOf, writeTask, type StoredTask } from './row.ts';

export interface HandOver extends Asked {
  readonly team: string;
  readonly ladder: LadderData;
  readonly why: string;
}

/** If that team has one for this customer already, the reasons join it: what comes back is the task that has them now. */
export const handOverTask = (db: Db, asked: HandOver): Promise<TaskChanged> =>
  db.transaction().execute(async (tx) => {
    const { id, by, team, ladder, now } = asked;
    const task = await lockTask(tx, id);
    if (!task) return unknownTask(id);
    const no = refusal('hand over', task, by);
    if (no) return no;
    if (task.team === team)
      return { refused: 'same-team', because: `Task ${nameOf(task)} is with ${team} already: name another team` };
    await endHold(tx, task.customerId, id, now);
    const there = await openOneOf(tx, task.customerId, team);
    if (there) return { task: await merge(tx, task, there, asked) };
    const note = { from: task.team, to: team, ...because(asked) };
    const next = handedOver(task, { team, ladder: rungsOf(team, ladder) }, now);
    return { task: await writeTask(tx, task, next, { actor: by, action: 'hand over', note, now }) };
  });

async function merge(tx: Tx, task: StoredTask, into: StoredTask, asked: HandOver): Promise<StoredTask> {
  const { by, now } = asked;
  await tx.updateTable('task_reasons').set({ task_id: into.id }).where('task_id', '=', task.id).execute();
  // Those that came to it before come along, so that the story is found from the last one.
  await tx.updateTable('tasks').set({ merged_into: into.id }).where('merged_into', '=', task.id).execute();
  const note = { from: task.team, to: into.team, ...because(asked) };
  const ending = { outcome: 'merged', mergedInto: into.id };
  await writeTask(tx, task, done(task), { actor: by, action: 'merge', note, ...ending, now });
  const next = joined(into, dueOf(task) ?? now);
  return writeTask(tx, into, next, { actor: by, action: 'take over', note: { ...note, task: nameOf(task) }, now });
}
