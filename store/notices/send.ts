/** Notices that are due, each by one worker at a time. One that fails is tried again, later and later, and at last given up. */
import { sql } from 'kysely';
import type { NoticeKind } from '../../core/task/notice.ts';
import type { TaskState } from '../../core/task/task.ts';
import type { Db } from '../open.ts';

export interface DueNotice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly taskId: string;
  readonly number: number;
  readonly team: string;
  readonly person: string | null;
  readonly at: number;
  readonly state: TaskState;
  readonly deadlineAt: number | null;
  readonly because: string | null;
}

/** Real milliseconds. A worker that dies holds what it took no longer than this. */
const leaseMs = 60_000;
export const noticeTries = 10;
const after = (ms: number) => sql<Date>`clock_timestamp() + make_interval(secs => ${ms / 1000})`;

/** Takes what is due. Machines are told, so times are real ones, also on a fast clock. */
export async function takeNotices(db: Db, limit: number): Promise<DueNotice[]> {
  const taken = await db
    .updateTable('notices')
    .set((eb) => ({ due_at: after(leaseMs), attempts: eb('attempts', '+', 1) }))
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('notices')
        .select('id')
        .where('sent_at', 'is', null)
        .where('given_up_at', 'is', null)
        .where('due_at', '<=', sql<Date>`clock_timestamp()`)
        .orderBy('due_at')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id'])
    .execute();
  if (taken.length === 0) return [];
  const rows = await db
    .selectFrom('notices')
    .innerJoin('tasks', 'tasks.id', 'notices.task_id')
    .select(['notices.id', 'kind', 'task_id', 'number', 'notices.team', 'person', 'at', 'state', 'deadline_at'])
    .select((eb) =>
      eb
        .selectFrom('task_reasons')
        .select('because')
        .whereRef('task_reasons.task_id', '=', 'tasks.id')
        .orderBy('at', 'desc')
        .limit(1)
        .as('because'),
    )
    .where(
      'notices.id',
      'in',
      taken.map(({ id }) => id),
    )
    .orderBy('notices.id')
    .execute();
  return rows.map(({ task_id, number, at, deadline_at, ...row }) => ({
    ...row,
    taskId: task_id,
    number: Number(number),
    at: at.getTime(),
    deadlineAt: deadline_at?.getTime() ?? null,
  }));
}

export const noticeSent = async (db: Db, id: string): Promise<void> => {
  await db
    .updateTable('notices')
    .set({ sent_at: sql<Date>`clock_timestamp()`, last_error: null })
    .where('id', '=', id)
    .execute();
};

const retryMs = (attempts: number): number => Math.min(2 ** attempts * 1_000, 600_000);

/** Answers whether it is given up. */
export async function noticeFailed(db: Db, id: string, because: string): Promise<boolean> {
  const { attempts } = await db.selectFrom('notices').select('attempts').where('id', '=', id).executeTakeFirstOrThrow();
  const isOver = attempts >= noticeTries;
  await db
    .updateTable('notices')
    .set({
      last_error: because.slice(0, 500),
      due_at: after(retryMs(attempts)),
      given_up_at: isOver ? sql<Date>`clock_timestamp()` : null,
    })
    .where('id', '=', id)
    .execute();
  return isOver;
}
