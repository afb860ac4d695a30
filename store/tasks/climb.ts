import { climb, type Climbed } from '../../core/task/climb.ts';
import type { AddSpan } from '../../core/task/task.ts';
import { endHold } from '../gates.ts';
import type { Db, Tx } from '../open.ts';
import { answerReasons, reasonsOf } from './reasons.ts';
import { lockTask, writeTask, type StoredTask } from './row.ts';

export interface TaskClimbed {
  readonly what: Climbed['what'];
  readonly deadlineAt: number | null;
  /** Who had it, if their time is up: worth a warning in the log. */
  readonly held?: string;
}

/** Called at its deadline, by its workflow. Called twice, or too early, it changes nothing. */
export const climbTask = (db: Db, id: string, now: number, addSpan: AddSpan): Promise<TaskClimbed> =>
  db.transaction().execute(async (tx) => {
    const task = await lockTask(tx, id);
    if (!task) throw new Error(`There is no task ${id}`);
    const climbed = climb(task, now, addSpan);
    if (climbed.what === 'early') return { what: 'early', deadlineAt: task.deadlineAt };
    const change = { actor: 'engine', action: climbed.what, note: noteOf(climbed), now };
    const { deadlineAt } = await writeTask(tx, task, climbed.task, change);
    await carryOut(tx, task, climbed, now);
    return { what: climbed.what, deadlineAt, ...(climbed.what === 'expired' ? { held: climbed.held } : {}) };
  });

async function carryOut(tx: Tx, task: StoredTask, climbed: Climbed, now: number): Promise<void> {
  if (climbed.what === 'nobody') await answerReasons(tx, await reasonsOf(tx, task.id), () => 'nobody', now);
  if (climbed.what === 'expired') await endHold(tx, task.customerId, task.id, now);
}

function noteOf(climbed: Climbed): Record<string, unknown> {
  if (climbed.what === 'climbed') return { from: climbed.from, to: climbed.to };
  if (climbed.what === 'expired') return { warning: `${climbed.held} held it too long`, held: climbed.held };
  return {};
}
