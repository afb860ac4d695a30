/** Somebody goes off shift: what they have goes back to those who are asked, what they put aside stays so. */
import { left } from '../../core/task/move.ts';
import type { AddSpan } from '../../core/task/task.ts';
import { endHold } from '../gates.ts';
import type { Db } from '../open.ts';
import { routeTask } from '../routing/route-task.ts';
import { lockTask, writeTask, type StoredTask } from './row.ts';

export interface Leaving {
  readonly agent: string;
  readonly by: string;
  readonly now: number;
  readonly addSpan: AddSpan;
}

/** Each task by itself, so that nobody waits for all of them; the same again does what is left. Call `notifyPump` afterwards. */
export async function leaveTasks(db: Db, leaving: Leaving): Promise<StoredTask[]> {
  const theirs = await db
    .selectFrom('tasks')
    .select('id')
    .where('claimed_by', '=', leaving.agent)
    .where('state', '<>', 'done')
    .orderBy('number')
    .execute();
  const given: StoredTask[] = [];
  for (const { id } of theirs) {
    const task = await giveBack(db, id, leaving);
    if (task) given.push(task);
  }
  for (const id of await suggestedTo(db, leaving.agent)) await suggestOther(db, id, leaving.agent);
  return given;
}

/** Of so many at most: they are open, and nobody waits for a suggestion. */
const suggestedAnewAtMost = 200;
const suggestedTo = async (db: Db, agent: string): Promise<string[]> =>
  (
    await db
      .selectFrom('tasks')
      .select('id')
      .where('state', '=', 'open')
      .where('routed_to', '=', agent)
      .where('held_out', '=', false)
      .orderBy('number')
      .limit(suggestedAnewAtMost)
      .execute()
  ).map(({ id }) => id);

const suggestOther = (db: Db, id: string, agent: string): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const task = await lockTask(tx, id);
    if (task?.state === 'open' && task.suggested?.agent === agent) await routeTask(tx, task);
  });

const giveBack = (db: Db, id: string, { agent, by, now, addSpan }: Leaving): Promise<StoredTask | null> =>
  db.transaction().execute(async (tx) => {
    const task = await lockTask(tx, id);
    // Between the look and the lock it may have become somebody else's.
    if (task?.claimedBy !== agent || task.state === 'done') return null;
    if (task.state === 'claimed') await endHold(tx, task.customerId, id, now);
    return writeTask(tx, task, left(task, now, addSpan), { actor: by, action: 'leave', note: { agent }, now });
  });
