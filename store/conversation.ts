/** Reading what was said, both ways, on all channels. */
import type { Channel } from '../core/journey/channels.ts';
import type { Db } from './open.ts';

export interface Message {
  readonly id: string;
  readonly direction: 'in' | 'out';
  /** 'note': what a person wrote down of a call; nobody was sent it. */
  readonly kind: 'message' | 'auto-reply' | 'bounce' | 'stop' | 'note';
  readonly channel: Channel;
  /** 'customer', 'tech', or the agent's name. */
  readonly author: string;
  readonly subject: string | null;
  readonly body: string;
  readonly touchId: string | null;
  readonly taskId: string | null;
  readonly enrolmentId: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
}
export interface UnmatchedMessage {
  readonly channel: Channel;
  readonly providerKey: string;
  readonly sender: string;
  readonly subject: string | null;
  readonly body: string;
  readonly at: number;
}

/** Newest first; `after` is the last one of the page before. */
export async function conversationOf(
  db: Db,
  customerId: string,
  { after, limit }: { readonly after: { readonly at: number; readonly id: string } | null; readonly limit: number },
): Promise<Message[]> {
  let query = db
    .selectFrom('messages')
    .select([
      'id',
      'direction',
      'kind',
      'channel',
      'author',
      'subject',
      'body',
      'touch_id',
      'task_id',
      'enrolment_id',
      'at',
    ])
    .where('customer_id', '=', customerId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  if (after !== null) {
    query = query.where((eb) => eb(eb.refTuple('at', 'id'), '<', eb.tuple(new Date(after.at), after.id)));
  }
  return (await query.execute()).map(({ touch_id, task_id, enrolment_id, at, ...message }) => ({
    ...message,
    touchId: touch_id,
    taskId: task_id,
    enrolmentId: enrolment_id,
    at: at.getTime(),
  }));
}

/** From senders nobody knows, newest first. */
export async function unmatchedMessages(
  db: Db,
  { after, limit }: { readonly after: { readonly at: number; readonly key: string } | null; readonly limit: number },
): Promise<UnmatchedMessage[]> {
  let query = db
    .selectFrom('unmatched_messages')
    .select(['channel', 'provider_key', 'sender', 'subject', 'body', 'at'])
    .orderBy('at', 'desc')
    .orderBy('provider_key', 'desc')
    .limit(limit);
  if (after !== null) {
    query = query.where((eb) => eb(eb.refTuple('at', 'provider_key'), '<', eb.tuple(new Date(after.at), after.key)));
  }
  return (await query.execute()).map(({ provider_key, at, ...message }) => ({
    ...message,
    providerKey: provider_key,
    at: at.getTime(),
  }));
}
