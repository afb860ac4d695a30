import type { Db } from '../open.ts';
import { reasonsOf, type TaskReason } from './reasons.ts';
import { readTask, taskRows, type StoredTask } from './row.ts';

export interface TaskLine {
  /** The task it was written for: this one, or one that was merged into it. */
  readonly number: number;
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly note: Readonly<Record<string, unknown>>;
}
export interface TaskWhole extends StoredTask {
  readonly reasons: readonly TaskReason[];
  readonly log: readonly TaskLine[];
}

/** By its id, or by what people call it: 'T-12'. */
export async function getTask(db: Db, id: string): Promise<TaskWhole | null> {
  const called = /^T-(\d{1,18})$/.exec(id)?.[1];
  const row = await taskRows(db)
    .where((eb) => (called === undefined ? eb('id', '=', id) : eb('number', '=', called)))
    .executeTakeFirst();
  if (!row) return null;
  // The story of those that were merged into it is its own.
  const log = await db
    .selectFrom('task_log')
    .innerJoin('tasks', 'tasks.id', 'task_log.task_id')
    .select(['task_log.at', 'task_log.actor', 'task_log.action', 'task_log.note', 'tasks.number'])
    .where((eb) => eb.or([eb('tasks.id', '=', row.id), eb('tasks.merged_into', '=', row.id)]))
    .orderBy('task_log.id')
    .execute();
  return {
    ...readTask(row),
    reasons: await reasonsOf(db, row.id),
    log: log.map((line) => ({ ...line, at: line.at.getTime(), number: Number(line.number) })),
  };
}

/** Null: there is no such task. */
export async function teamOfTask(db: Db, id: string | null): Promise<string | null> {
  const row = await db.selectFrom('tasks').select('team').where('id', '=', id).executeTakeFirst();
  return row?.team ?? null;
}
