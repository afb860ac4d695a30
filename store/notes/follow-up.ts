/** A reminder that a person sets for themselves and their team: told when it is due, like what journeys note. */
import { getTask } from '../tasks/get.ts';
import { lockTask } from '../tasks/row.ts';
import type { Db } from '../open.ts';

export interface FollowUp {
  readonly id: string;
  readonly team: string;
  readonly about: string;
  /** The person who set it; null: a journey did. */
  readonly actor: string | null;
  /** Epoch milliseconds. */
  readonly dueAt: number;
  readonly madeAt: number;
}

export interface FollowUpAsked {
  readonly taskId: string;
  readonly by: string;
  readonly about: string;
  readonly dueAt: number;
  /** The same again is one reminder. */
  readonly key: string;
  readonly now: number;
}

/** Null: there is no such task. */
export const setFollowUp = (db: Db, { taskId, by, about, dueAt, key, now }: FollowUpAsked): Promise<FollowUp | null> =>
  db.transaction().execute(async (tx) => {
    const task = await lockTask(tx, taskId);
    if (!task) return null;
    const id = idOf(task.id, key);
    const at = new Date(now);
    await tx
      .insertInto('notes')
      .values({
        ...{ id, customer_id: task.customerId, enrolment_id: null, step: null, actor: by, team: task.team, about },
        ...{ said: new Date(dueAt).toISOString(), follows: null, from_at: at, due_at: new Date(dueAt) },
        ...{ state: 'open', made_at: at },
      })
      .onConflict((c) => c.column('id').doNothing())
      .execute();
    // Set again, it is the one that was set first.
    return readFollowUp(await followUpRows(tx).where('id', '=', id).executeTakeFirstOrThrow());
  });

const idOf = (taskId: string, key: string): string => `follow-up/${taskId}/${key}`;
const followUpRows = (db: Db) => db.selectFrom('notes').select(['id', 'team', 'about', 'actor', 'due_at', 'made_at']);
type Row = Awaited<ReturnType<ReturnType<typeof followUpRows>['executeTakeFirstOrThrow']>>;
const readFollowUp = ({ due_at, made_at, ...row }: Row): FollowUp => ({
  ...row,
  dueAt: due_at.getTime(),
  madeAt: made_at.getTime(),
});

/** All that is to come for a customer, the next first: what journeys noted, too. */
export async function followUpsOf(db: Db, customerId: string): Promise<FollowUp[]> {
  const rows = await followUpRows(db)
    .where('customer_id', '=', customerId)
    .where('state', '=', 'open')
    .orderBy('due_at')
    .orderBy('id')
    .limit(100)
    .execute();
  return rows.map(readFollowUp);
}

/** False: there is none of a person's that is still to come under this key. */
export async function takeBackFollowUp(
  db: Db,
  { taskId, key, now }: { readonly taskId: string; readonly key: string; readonly now: number },
): Promise<boolean> {
  const task = await getTask(db, taskId);
  const done = await db
    .updateTable('notes')
    .set({ state: 'taken-back', taken_back_at: new Date(now) })
    .where('id', '=', idOf(task?.id ?? taskId, key))
    .where('state', '=', 'open')
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}
