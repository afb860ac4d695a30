/** How a task is changed by a person: under lock, if the list of transitions allows it, otherwise a sentence says why not. */
import { isAllowed, type Operation, type Task } from '../../core/task/task.ts';
import type { Db, Tx } from '../open.ts';
import { lockTask, nameOf, writeTask, type StoredTask } from './row.ts';

export interface TaskRefusal {
  readonly refused:
    | 'unknown-task'
    | 'already-claimed'
    | 'not-yours'
    | 'not-allowed'
    | 'unknown-outcome'
    | 'not-later'
    | 'same-team'
    | 'another-open';
  readonly because: string;
  /** Who has it, and since when (epoch ms), where that is why. */
  readonly holder?: { readonly agent: string; readonly since: number };
}
export type TaskChanged = { readonly task: StoredTask } | TaskRefusal;

export interface Asked {
  readonly id: string;
  readonly by: string;
  /** In their words, kept in the log. */
  readonly why?: string;
  readonly now: number;
}

export const unknownTask = (id: string): TaskRefusal => ({
  refused: 'unknown-task',
  because: `There is no task ${id}`,
});

export function refusal(operation: Operation, task: StoredTask, by: string): TaskRefusal | null {
  if (operation === 'claim' && task.state === 'claimed') return alreadyClaimed(task);
  if (!isAllowed(operation, task.state))
    return {
      refused: 'not-allowed',
      because: `Task ${nameOf(task)} is ${task.state}: it can't be asked to ${operation}`,
    };
  // Somebody else may give it to whom they see fit, and say why.
  if (operation === 'reassign') return null;
  if (task.state === 'claimed' && task.claimedBy !== by)
    return {
      refused: 'not-yours',
      because: `Task ${nameOf(task)} is claimed by ${String(task.claimedBy)}, not by ${by}`,
    };
  return null;
}

function alreadyClaimed(task: StoredTask): TaskRefusal {
  const at = task.claimedAt === null ? '' : ` (${new Date(task.claimedAt).toISOString().slice(11, 16)})`;
  const { claimedBy, claimedAt } = task;
  return {
    ...(claimedBy !== null && claimedAt !== null ? { holder: { agent: claimedBy, since: claimedAt } } : {}),
    refused: 'already-claimed',
    because: `Task ${nameOf(task)} is already claimed by ${String(task.claimedBy)}${at}`,
  };
}

/** The reason given, for the log. */
export const because = ({ why }: Pick<Asked, 'why'>): { readonly why?: string } => (why === undefined ? {} : { why });

export const changeTask = (
  db: Db,
  operation: Operation,
  asked: Asked,
  make: (task: StoredTask) => Task,
  also: (tx: Tx, task: StoredTask) => Promise<void> = () => Promise.resolve(),
  note: Readonly<Record<string, unknown>> = {},
): Promise<TaskChanged> =>
  db.transaction().execute(async (tx) => {
    const task = await lockTask(tx, asked.id);
    if (!task) return unknownTask(asked.id);
    const no = refusal(operation, task, asked.by);
    if (no) return no;
    const change = { actor: asked.by, action: operation, note: { ...note, ...because(asked) }, now: asked.now };
    const changed = await writeTask(tx, task, make(task), change);
    await also(tx, changed);
    return { task: changed };
  });
