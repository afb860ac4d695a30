/** The words of touches in the customer's thread: what a person wrote before it is sent, and everything that went out. */
import { sql } from 'kysely';
import type { Channel } from '../core/journey/channels.ts';
import type { Db } from './open.ts';
import type { TouchToSend } from './touch-to-send.ts';

export interface Written {
  readonly subject: string | null;
  readonly body: string;
  /** The provider's name for it; null until it was sent. */
  readonly providerKey: string | null;
}

export async function messageOfTouch(db: Db, customerId: string, touchId: string): Promise<Written | null> {
  const row = await db
    .selectFrom('messages')
    .select(['subject', 'body', 'provider_key as providerKey'])
    .where('customer_id', '=', customerId)
    .where('touch_id', '=', touchId)
    .where('direction', '=', 'out')
    .executeTakeFirst();
  return row ?? null;
}

/** The provider's name of the newest message they wrote to us on this channel. */
export async function newestInbound(db: Db, customerId: string, channel: Channel): Promise<string | null> {
  const row = await db
    .selectFrom('messages')
    .select('provider_key')
    .where('customer_id', '=', customerId)
    .where('direction', '=', 'in')
    .where('channel', '=', channel)
    .where('kind', '=', 'message')
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.provider_key ?? null;
}

/**
 * Kept before the touch is settled: should we die in between, the provider's name here says that it went out. Twice is once.
 * A provider that gives one name to two messages loses us the way back from a reply, and not the words that were sent.
 */
export async function recordSent(
  db: Db,
  touch: TouchToSend,
  said: { readonly subject: string | null; readonly text: string },
  providerKey: string | null,
  now: number,
): Promise<void> {
  try {
    await write(db, touch, said, providerKey, now);
  } catch (error) {
    if (providerKey === null || !isTaken(error)) throw error;
    await write(db, touch, said, null, now);
  }
}
const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === '23505';

/** What was sent, and when it was written down. */
export interface SentWords {
  readonly touch: TouchToSend;
  readonly said: { readonly subject: string | null; readonly text: string };
  readonly providerKey: string | null;
  readonly at: number;
}

const write = (
  db: Db,
  touch: TouchToSend,
  said: SentWords['said'],
  providerKey: string | null,
  at: number,
): Promise<void> => recordAllSent(db, [{ touch, said, providerKey, at }]);

/**
 * Many at once, or none of them. A customer may have been merged into another record since the touch was read: the words go where they are
 * now, and while a merge is under way it is waited for (it holds the record, and this wants to refer to it).
 */
export async function recordAllSent(db: Db, sent: readonly SentWords[]): Promise<void> {
  const rows = sent.map(({ touch, said, providerKey, at }) => ({
    customer: touch.customerId,
    id: `out/${touch.id}`,
    channel: touch.channel ?? 'email',
    author: touch.madeBy,
    subject: said.subject,
    body: said.text,
    address: touch.address,
    touch_id: touch.id,
    task_id: touch.taskId,
    enrolment_id: touch.enrolmentId,
    provider_key: providerKey,
    at: new Date(at),
  }));
  await sql`
    with kept as (
      select id, coalesce(merged_into, id) as now from customers
      where id in (select json_array_elements_text(${JSON.stringify(rows.map((row) => row.customer))})) for key share
    )
    insert into messages (customer_id, id, direction, kind, channel, author, subject, body, address, touch_id, task_id,
      enrolment_id, provider_key, at)
    select kept.now, x.id, 'out', 'message', x.channel, x.author, x.subject, x.body, x.address, x.touch_id, x.task_id,
      x.enrolment_id, x.provider_key, x.at
    from json_to_recordset(${JSON.stringify(rows)}) as x(customer text, id text, channel text, author text, subject text, body text,
      address text, touch_id text, task_id text, enrolment_id text, provider_key text, at timestamptz)
      join kept on kept.id = x.customer
    on conflict (customer_id, id) do update set provider_key = excluded.provider_key`.execute(db);
}

/** How the provider calls this customer's other touches on the channel: a look-up must not take one of them for this one. */
export async function providerIdsAround(db: Db, touch: TouchToSend): Promise<string[]> {
  const rows = await db
    .selectFrom('touches')
    .select('provider_id')
    .where('customer_id', '=', touch.customerId)
    .where('channel', '=', touch.channel)
    .where('id', '<>', touch.id)
    .where('provider_id', 'is not', null)
    .orderBy('asked_at', 'desc')
    .limit(50)
    .execute();
  return rows.flatMap((row) => row.provider_id ?? []);
}
