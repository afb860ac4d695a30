import type { Db } from '../open.ts';
import { reasonsOf, type TaskReason } from './reasons.ts';
import { readTask, taskRows, type StoredTask } from './row.ts';

export interface TaskLine {
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
  const log = await db
    .selectFrom('task_log')
    .select(['at', 'actor', 'action', 'note'])
    .where('task_id', '=', row.id)
    .orderBy('id')
    .execute();
  return {
    ...readTask(row),
    reasons: await reasonsOf(db, row.id),
    log: log.map((line) => ({ ...line, at: line.at.getTime() })),
  };
}

/** Null: there is no such task. */
export async function teamOfTask(db: Db, id: string | null): Promise<string | null> {
  const row = await db.selectFrom('tasks').select('team').where('id', '=', id).executeTakeFirst();
  return row?.team ?? null;
}
