import { done } from '../../core/task/move.ts';
import { outcomeFor, outcomesOf } from '../../core/task/outcome.ts';
import { endHold } from '../gates.ts';
import type { Db } from '../open.ts';
import { because, refusal, unknownTask, type Asked, type TaskChanged } from './change.ts';
import { answerReasons, reasonsOf } from './reasons.ts';
import { lockTask, nameOf, writeTask } from './row.ts';

/** The outcome is one of those its reasons offer. Each run that waits hears it once (see `outcomeFor`); the hold ends. */
export const completeTask = (db: Db, asked: Asked & { readonly outcome: string }): Promise<TaskChanged> =>
  db.transaction().execute(async (tx) => {
    const { id, by, now, outcome } = asked;
    const task = await lockTask(tx, id);
    if (!task) return unknownTask(id);
    const no = refusal('complete', task, by);
    if (no) return no;
    const reasons = await reasonsOf(tx, id);
    const offered = outcomesOf(reasons);
    if (!offered.includes(outcome))
      return {
        refused: 'unknown-outcome',
        because: `outcome is '${outcome}'; task ${nameOf(task)} can end as ${offered.map((o) => `'${o}'`).join(' or ')}`,
      };
    const note = { outcome, ...because(asked) };
    const changed = await writeTask(tx, task, done(task), { actor: by, action: 'complete', note, outcome, now });
    await answerReasons(tx, reasons, (reason) => outcomeFor(outcome, reason.outcomes), now);
    await endHold(tx, task.customerId, id, now);
    return { task: changed };
  });
