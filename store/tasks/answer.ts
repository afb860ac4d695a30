/** What an agent writes to the customer: kept, counted, told to whoever waits for an answer, and handed to the task's workflow to send. */
import type { ReadPolicy } from '../../core/budget/read-policy.ts';
import type { Channel } from '../../core/journey/channels.ts';
import type { AddSpan } from '../../core/task/task.ts';
import { countHuman } from '../budget/index.ts';
import { getCustomer } from '../customers.ts';
import type { Db, Tx } from '../open.ts';
import { recordAnswered } from './answered.ts';
import { refusal, unknownTask, type Asked, type TaskRefusal } from './change.ts';
import { keepOverride, unlessWarned, type HumanWarning, type Warned } from './override.ts';
import { lockTask, type StoredTask } from './row.ts';
import { waysTo } from './ways-to.ts';

export interface AnswerAsked extends Asked {
  /** The same again is one answer. */
  readonly key: string;
  readonly text: string;
  /** Of an e-mail; unless given, it continues the one they wrote. */
  readonly subject?: string;
  /** Unless given, where they wrote. */
  readonly channel?: Channel;
  readonly policy: ReadPolicy;
  readonly addSpan: AddSpan;
}
export type Answered =
  | {
      readonly task: StoredTask;
      readonly touchId: string;
      readonly channel: Channel;
      readonly warnings: readonly HumanWarning[];
    }
  | Warned
  | TaskRefusal
  | { readonly refused: 'no-address' | 'no-such-way' | 'other-text'; readonly because: string };

/** A person's words do not grow stale as a machine's do: they are sent for so long as it takes a provider to come back. */
const sendWithinMs = 7 * 86_400_000;

/** Never blocked, only warned about: with warnings and no `why` nothing is sent. Call `notifyPump` afterwards. */
export const answerTask = (db: Db, asked: AnswerAsked): Promise<Answered> =>
  unlessWarned(() => db.transaction().execute((tx) => answer(tx, asked)));

async function answer(tx: Tx, asked: AnswerAsked): Promise<Exclude<Answered, Warned>> {
  const { id, by, now, key, text } = asked;
  const task = await lockTask(tx, id);
  if (!task) return unknownTask(id);
  const no = refusal('answer', task, by);
  if (no) return no;
  const customer = await getCustomer(tx, task.customerId);
  const ways = customer ? waysTo(customer) : [];
  const way = asked.channel === undefined ? ways[0] : ways.find(({ channel }) => channel === asked.channel);
  if (!customer || !way)
    return {
      refused: asked.channel === undefined ? 'no-address' : 'no-such-way',
      because: `Customer ${task.customerId} has ${noAddress(asked.channel)}`,
    };
  const touchId = `${task.id}/answer/${key}`;
  const { channel, address } = way;
  const written = await tx
    .insertInto('messages')
    .values({
      customer_id: task.customerId,
      id: `out/${touchId}`,
      direction: 'out',
      kind: 'message',
      channel,
      author: by,
      subject: channel === 'email' ? (asked.subject ?? (await subjectToContinue(tx, task.customerId))) : null,
      body: text,
      address,
      touch_id: touchId,
      task_id: task.id,
      at: new Date(now),
    })
    .onConflict((c) => c.columns(['customer_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!written && (await bodyOf(tx, task.customerId, touchId)) !== text)
    return { refused: 'other-text', because: `Another answer was given under the key '${key}'` };
  const { warnings } = await countHuman(
    tx,
    {
      touchId,
      customerId: task.customerId,
      channel,
      address,
      purpose: 'service',
      ...(customer.wroteAt === null ? {} : { answersInboundAt: customer.wroteAt }),
      about: { taskId: task.id },
      sendWithinMs,
    },
    asked.policy,
    now,
  );
  await keepOverride(tx, { touchId, customerId: task.customerId, agent: by, why: asked.why ?? null, warnings, now });
  if (!written) return { task, touchId, channel, warnings };
  const told = await recordAnswered(tx, { id, by, now, messageId: touchId, addSpan: asked.addSpan });
  return 'refused' in told ? told : { task: told.task, touchId, channel, warnings };
}

const noAddress = (channel: Channel | undefined): string =>
  channel === undefined ? 'no e-mail address and no number for texts' : `no address to write to by ${channel}`;

async function bodyOf(db: Db, customerId: string, touchId: string): Promise<string> {
  const { body } = await db
    .selectFrom('messages')
    .select('body')
    .where('customer_id', '=', customerId)
    .where('id', '=', `out/${touchId}`)
    .executeTakeFirstOrThrow();
  return body;
}

/** An answer by e-mail continues what they wrote last; if they have not, what we did. */
export async function subjectToContinue(db: Db, customerId: string): Promise<string> {
  const row = await db
    .selectFrom('messages')
    .select('subject')
    .where('customer_id', '=', customerId)
    .where('channel', '=', 'email')
    .where('subject', 'is not', null)
    // 'in' stands before 'out'.
    .orderBy('direction')
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const subject = row?.subject ?? 'Your message';
  return /^re:/i.test(subject) ? subject : `Re: ${subject}`;
}
