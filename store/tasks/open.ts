import { joined, later, opened } from '../../core/task/move.ts';
import type { LadderData } from '../../core/journey/ladder.ts';
import { rungsOf } from '../../core/task/ladder.ts';
import type { AddSpan, Task } from '../../core/task/task.ts';
import { lockKnown } from '../lock-customer.ts';
import { newId } from '../ids.ts';
import type { Db, Tx } from '../open.ts';
import { writeNotice } from '../notices/write.ts';
import { callWorkflows } from '../outbox.ts';
import { routeTask } from '../routing/route-task.ts';
import { columnsOf, logTask, openOneOf, writeTask } from './row.ts';

export interface TaskAsked {
  readonly customerId: string;
  readonly team: string;
  /** 'run/step/visit', or an id of the promise or message that asks. The same again changes nothing. */
  readonly reasonId: string;
  readonly enrolmentId: string | null;
  readonly journey: string | null;
  readonly step: string | null;
  readonly because: string;
  readonly within: string;
  readonly outcomes: readonly string[];
  /** Who is asked after the team. */
  readonly ladder?: LadderData;
  /** It is not opened if anything newer than this reached the run: unless given, whatever did. */
  readonly seen?: number | null;
  readonly now: number;
  readonly addSpan: AddSpan;
}
export type TaskOpened =
  | { readonly is: 'opened'; readonly taskId: string; readonly number: number; readonly joined: boolean }
  | { readonly is: 'overtaken'; readonly upTo: number };

/** One open task for a customer and team: a further reason joins it. Call `notifyPump` afterwards. */
export const openTask = (db: Db, asked: TaskAsked): Promise<TaskOpened> =>
  db.transaction().execute(async (tx) => {
    const customerId = await lockKnown(tx, asked.customerId);
    return openTaskIn(tx, { ...asked, customerId });
  });

/** Inside a transaction that holds the customer: whoever takes a reply in holds it too, so one of the two comes first. */
export async function openTaskIn(tx: Tx, asked: TaskAsked): Promise<TaskOpened> {
  const known = await tx
    .selectFrom('task_reasons')
    .innerJoin('tasks', 'tasks.id', 'task_reasons.task_id')
    .select(['tasks.id', 'tasks.number'])
    .where('task_reasons.id', '=', asked.reasonId)
    .executeTakeFirst();
  if (known) return { is: 'opened', taskId: known.id, number: Number(known.number), joined: false };
  const upTo = await newerThanSeen(tx, asked);
  if (upTo !== null) return { is: 'overtaken', upTo };
  const there = await openOneOf(tx, asked.customerId, asked.team);
  const dueAt = later(asked.addSpan, asked.team, asked.now, asked.within);
  const change = { actor: 'engine', note: { reason: asked.reasonId, because: asked.because }, now: asked.now };
  if (there) {
    await insertReason(tx, there.id, asked, dueAt);
    await writeTask(tx, there, joined(there, dueAt), { ...change, action: 'join' });
    return { is: 'opened', taskId: there.id, number: there.number, joined: true };
  }
  const task = opened({ ...asked, ladder: rungsOf(asked.team, asked.ladder ?? []) }, asked.now, asked.addSpan);
  const { id, number } = await insertTask(tx, asked, task);
  await insertReason(tx, id, asked, dueAt);
  await logTask(tx, id, { ...change, action: 'open' });
  await routeTask(tx, { ...task, id, customerId: asked.customerId }, true);
  await writeNotice(tx, id, 'open', task, asked.now);
  await callWorkflows(tx, [{ kind: 'task', ref: id }], asked.now);
  return { is: 'opened', taskId: id, number, joined: false };
}

async function newerThanSeen(tx: Tx, { enrolmentId, seen }: TaskAsked): Promise<number | null> {
  if (enrolmentId === null || seen === undefined || seen === null) return null;
  const { delivered } = await tx
    .selectFrom('enrolments')
    .select('delivered')
    .where('id', '=', enrolmentId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow(() => new Error(`There is no enrolment ${enrolmentId}`));
  return delivered > seen ? delivered : null;
}

async function insertTask(
  tx: Tx,
  { customerId, within, now }: TaskAsked,
  task: Task,
): Promise<{ id: string; number: number }> {
  const row = await tx
    .insertInto('tasks')
    .values({
      ...columnsOf(task),
      id: newId('t'),
      customer_id: customerId,
      within,
      created_at: new Date(now),
    })
    .returning(['id', 'number'])
    .executeTakeFirstOrThrow();
  return { id: row.id, number: Number(row.number) };
}

async function insertReason(tx: Tx, taskId: string, asked: TaskAsked, dueAt: number): Promise<void> {
  await tx
    .insertInto('task_reasons')
    .values({
      id: asked.reasonId,
      task_id: taskId,
      enrolment_id: asked.enrolmentId,
      journey: asked.journey,
      step: asked.step,
      because: asked.because,
      outcomes: [...asked.outcomes],
      due_at: new Date(dueAt),
      at: new Date(asked.now),
    })
    .execute();
}
