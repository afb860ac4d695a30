/** What the rule that routes replies has to know, read under the customer's lock. */
import type { Channel } from '../../core/journey/channels.ts';
import { answeredTouch, recencyMs } from '../../core/reply/answered.ts';
import type { ReplyFacts } from '../../core/reply/route.ts';
import type { Tx } from '../open.ts';
import type { InboundMessage } from '../take-reply.ts';

const citesOf = ({ inReplyTo, references = [], bounceOf }: InboundMessage): string[] =>
  [inReplyTo, bounceOf?.messageId, ...references].filter((id) => id !== null && id !== undefined);

/** Our own message that it cites, whoever wrote from whatever address: only who got it knows its id. */
export async function citedTouch(tx: Tx, inbound: InboundMessage): Promise<{ customerId: string } | null> {
  const cites = citesOf(inbound);
  if (cites.length === 0) return null;
  const row = await tx
    .selectFrom('messages')
    .select('customer_id as customerId')
    .where('channel', '=', inbound.channel)
    .where('direction', '=', 'out')
    .where((eb) => eb('provider_key', '=', eb.fn.any(eb.val(cites))))
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Who has this address; first whom we wrote to last. */
export async function customersAt(tx: Tx, channel: Channel, address: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('addresses')
    .select('customer_id')
    .where('channel', '=', channel)
    .where('address', '=', address)
    .orderBy(
      (eb) =>
        eb
          .selectFrom('messages')
          .select((m) => m.fn.max('at').as('at'))
          .whereRef('messages.customer_id', '=', 'addresses.customer_id')
          .where('direction', '=', 'out'),
      (order) => order.desc().nullsLast(),
    )
    .orderBy('customer_id')
    .execute();
  return rows.map((row) => row.customer_id);
}

type Facts = Omit<ReplyFacts, 'kind' | 'answersTouch'> & {
  readonly answersTouch: {
    readonly touchId: string | null;
    readonly enrolmentId: string | null;
    readonly taskId: string | null;
  } | null;
};

export async function replyFacts(tx: Tx, customerId: string, inbound: InboundMessage): Promise<Facts> {
  return {
    openTasks: await openTasksOf(tx, customerId),
    answersTouch: await answers(tx, customerId, inbound),
    listeningEnrolments: await listening(tx, customerId),
  };
}

/** Where they last talked first, then the newest. */
async function openTasksOf(tx: Tx, customerId: string): Promise<Facts['openTasks']> {
  const tasks = await tx
    .selectFrom('tasks')
    .select('id')
    .where('customer_id', '=', customerId)
    .where('state', '<>', 'done')
    .orderBy(
      (eb) =>
        eb
          .selectFrom('messages')
          .select((m) => m.fn.max('at').as('at'))
          .whereRef('messages.customer_id', '=', 'tasks.customer_id')
          .whereRef('messages.task_id', '=', 'tasks.id'),
      (order) => order.desc().nullsLast(),
    )
    .orderBy('number', 'desc')
    .execute();
  if (tasks.length === 0) return [];
  const reasons = await tx
    .selectFrom('task_reasons')
    .select(['task_id', 'enrolment_id'])
    .where((eb) => eb('task_id', '=', eb.fn.any(eb.val(tasks.map((task) => task.id)))))
    .execute();
  return tasks.map(({ id }) => ({
    taskId: id,
    enrolmentIds: reasons.flatMap((r) => (r.task_id === id && r.enrolment_id !== null ? [r.enrolment_id] : [])),
  }));
}

async function answers(tx: Tx, customerId: string, inbound: InboundMessage): Promise<Facts['answersTouch']> {
  const cites = citesOf(inbound);
  const ours = await tx
    .selectFrom('messages')
    .select(['touch_id', 'enrolment_id', 'task_id', 'address', 'provider_key', 'at'])
    .where('customer_id', '=', customerId)
    .where('channel', '=', inbound.channel)
    .where('direction', '=', 'out')
    .where((eb) =>
      eb.or([eb('at', '>=', new Date(inbound.at - recencyMs)), eb('provider_key', '=', eb.fn.any(eb.val(cites)))]),
    )
    .orderBy('at', 'desc')
    .limit(100)
    .execute();
  const { channel, from, at, inReplyTo = null, references = [] } = inbound;
  const found = answeredTouch(
    { channel, from, at, inReplyTo: inReplyTo ?? inbound.bounceOf?.messageId ?? null, references },
    ours.map((message) => ({
      touchId: message.touch_id ?? '',
      enrolmentId: message.enrolment_id,
      taskId: message.task_id,
      channel,
      to: message.address ?? '',
      messageId: message.provider_key,
      sentAt: message.at.getTime(),
    })),
  );
  return found && { touchId: found.touchId || null, enrolmentId: found.enrolmentId, taskId: found.taskId };
}

/** Running, with ears for a reply, the newest first. */
async function listening(tx: Tx, customerId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('enrolments')
    .innerJoin('journeys', (join) =>
      join.onRef('journeys.name', '=', 'enrolments.journey').onRef('journeys.version', '=', 'enrolments.version'),
    )
    .select('enrolments.id')
    .where('enrolments.customer_id', '=', customerId)
    .where('enrolments.state', '=', 'running')
    .where((eb) => eb(eb.val('customer-replied'), '=', eb.fn.any('journeys.hears')))
    .orderBy('enrolments.started_at', 'desc')
    .orderBy('enrolments.id')
    .execute();
  return rows.map((row) => row.id);
}
