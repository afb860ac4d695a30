/** Carries out what the routing rule says: one gets the reply, the other runs hear that there was one. */
import { nobodyListens } from '../../core/reply/nobody-listens.ts';
import type { ReplyRoute } from '../../core/reply/route.ts';
import { woken } from '../../core/task/move.ts';
import { openDefaultTask, type Desk } from '../default-task.ts';
import { deliver } from '../deliver.ts';
import { teamOf } from '../end-enrolment.ts';
import type { Tx } from '../open.ts';
import { settleBeside } from '../beside/settle.ts';
import { keepEvent } from '../take-event.ts';
import type { InboundMessage } from '../take-reply.ts';
import { holdIfClaimed } from '../tasks/climb.ts';
import { lockTask, writeTask } from '../tasks/row.ts';

interface Reply {
  readonly customerId: string;
  readonly messageId: string;
  readonly inbound: InboundMessage;
  readonly route: Exclude<ReplyRoute, { to: 'nobody' }>;
  readonly now: number;
  readonly desk: Desk;
}

/** Answers with the task that has it now; null: a run has it. */
export async function handOn(tx: Tx, reply: Reply): Promise<string | null> {
  const { customerId, messageId, route, now } = reply;
  await tellRuns(tx, reply);
  const taskId =
    route.to === 'task'
      ? await giveToTask(tx, route.taskId, reply)
      : route.to === 'default-task'
        ? await openTaskFor(tx, reply)
        : null;
  await tx
    .updateTable('messages')
    .set({ task_id: taskId, enrolment_id: route.to === 'enrolment' ? route.enrolmentId : null })
    .where('customer_id', '=', customerId)
    .where('id', '=', messageId)
    .execute();
  await settleBeside(tx, { customerId, type: 'customer-replied', data: {}, now });
  return taskId;
}

async function tellRuns(tx: Tx, { customerId, messageId, inbound, route, now }: Reply): Promise<void> {
  const data = { channel: inbound.channel, mood: 'fine' } as const;
  const { at } = inbound;
  const id = await keepEvent(tx, {
    idempotencyKey: `reply:${messageId}`,
    bodyHash: messageId,
    customerId,
    type: 'customer-replied',
    data,
    at,
    now,
  });
  if (id === null) throw new Error(`Message ${messageId} is new and yet was heard before`);
  const body = { kind: 'event', event: 'customer-replied', id, data } as const;
  const others = 'others' in route ? route.others : [];
  await deliver(
    tx,
    [
      ...(route.to === 'enrolment' ? [{ enrolmentId: route.enrolmentId, body }] : []),
      ...others.map((enrolmentId) => ({ enrolmentId, body: { ...body, unattributed: true } as const })),
    ],
    { eventId: id, at, now },
  );
}

/** Who has it sees the message; a snoozed task wakes, because somebody waits again, for whoever put it aside. */
async function giveToTask(tx: Tx, taskId: string, { messageId, now, desk }: Reply): Promise<string> {
  const task = await lockTask(tx, taskId);
  if (!task) throw new Error(`Task ${taskId} is gone although its customer is held`);
  const isAsleep = task.state === 'snoozed';
  const next = isAsleep ? woken(task, now, desk.addSpan) : task;
  await writeTask(tx, task, next, { actor: 'customer', action: 'reply', note: { message: messageId }, now });
  if (isAsleep) await holdIfClaimed(tx, task, next, now, desk);
  return taskId;
}

async function openTaskFor(tx: Tx, { customerId, messageId, now, desk }: Reply): Promise<string> {
  const last = await tx
    .selectFrom('enrolments')
    .select('id')
    .where('customer_id', '=', customerId)
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const opened = await openDefaultTask(tx, desk, {
    customerId,
    team: last ? await teamOf(tx, last.id) : null,
    reasonId: `reply/${messageId}`,
    journey: null,
    step: null,
    ...nobodyListens,
    now,
  });
  if (opened.is !== 'opened') throw new Error(`A reply follows no silence, and its task can't be overtaken`);
  return opened.taskId;
}
