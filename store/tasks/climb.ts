import { climb, type Climbed } from '../../core/task/climb.ts';
import type { Task } from '../../core/task/task.ts';
import type { Desk } from '../default-task.ts';
import { endHold, placeHold } from '../gates.ts';
import type { Db, Tx } from '../open.ts';
import { answerReasons, reasonsOf } from './reasons.ts';
import { lockTask, writeTask, type StoredTask } from './row.ts';

export interface TaskClimbed {
  readonly what: Climbed['what'];
  readonly deadlineAt: number | null;
  /** Who has it or had it, if their time is nearly or wholly up: worth a warning in the log. */
  readonly held?: string;
}

/** Called at its deadline, by its workflow. Called twice, or too early, it changes nothing. */
export const climbTask = (db: Db, id: string, now: number, desk: HoldingDesk): Promise<TaskClimbed> =>
  db.transaction().execute(async (tx) => {
    const task = await lockTask(tx, id);
    if (!task) throw new Error(`There is no task ${id}`);
    const climbed = climb(task, now, desk.addSpan);
    if (climbed.what === 'early') return { what: 'early', deadlineAt: task.deadlineAt };
    const change = { actor: 'engine', action: climbed.what, note: noteOf(climbed), now };
    const { deadlineAt } = await writeTask(tx, task, climbed.task, change);
    await carryOut(tx, task, climbed, now, desk);
    return { what: climbed.what, deadlineAt, ...('held' in climbed ? { held: climbed.held } : {}) };
  });

/** What taking a task up again needs to know of the desk. */
export type HoldingDesk = Pick<Desk, 'addSpan' | 'holdAtMost'>;

async function carryOut(tx: Tx, task: StoredTask, climbed: Climbed, now: number, desk: HoldingDesk): Promise<void> {
  if (climbed.what === 'nobody') await answerReasons(tx, await reasonsOf(tx, task.id), () => 'nobody', now);
  if (climbed.what === 'expired') await endHold(tx, task.customerId, task.id, now);
  if (climbed.what === 'woken') await holdIfClaimed(tx, task, climbed.task, now, desk);
}

/** It went back to whoever put it aside: they have the conversation again. */
export async function holdIfClaimed(
  tx: Tx,
  { id, customerId }: StoredTask,
  after: Pick<Task, 'state' | 'askedTeam'>,
  now: number,
  { addSpan, holdAtMost }: HoldingDesk,
): Promise<void> {
  if (after.state !== 'claimed') return;
  await placeHold(tx, customerId, { until: addSpan(after.askedTeam, now, holdAtMost), taskId: id });
}

function noteOf(climbed: Climbed): Record<string, unknown> {
  if (climbed.what === 'climbed') return { from: climbed.from, to: climbed.to };
  if (climbed.what === 'nobody') return { asked: climbed.asked };
  if (climbed.what === 'warned') return { held: climbed.held };
  if (climbed.what === 'expired') return { warning: `${climbed.held} held it too long`, held: climbed.held };
  return {};
}
