/**
 * Taking in what a customer wrote: one transaction that keeps the message, finds whom it is from and what it answers, and
 * gives it to exactly one: the person or the run who has the conversation. Others stop nudging.
 */
import type { OwnLimits } from '../core/budget/row.ts';
import { asksFor, limitsFor } from '../core/reply/asks-for.ts';
import { routeReply, type ReplyRoute } from '../core/reply/route.ts';
import type { Channel } from '../core/journey/channels.ts';
import { suppressIn } from './consents.ts';
import { lockKnown } from './lock-customer.ts';
import type { Desk } from './default-task.ts';
import { latestDefinition } from './definitions.ts';
import { teamOf } from './end-enrolment.ts';
import { beginSilence } from './floor/silence.ts';
import { openInbound } from './gates.ts';
import { newId } from './ids.ts';
import type { Db, Tx } from './open.ts';
import { askForLimitsIn } from './own-limits.ts';
import { handOn } from './reply/hand-on.ts';
import { citedTouch, customersAt, replyFacts } from './reply/facts.ts';

/** What a channel's adapter made of it: `Inbound` of `channels/` fits. */
export interface InboundMessage {
  readonly channel: Channel;
  readonly kind: 'message' | 'auto-reply' | 'bounce' | 'stop';
  readonly providerKey: string;
  readonly from: string;
  readonly inReplyTo?: string | null;
  readonly references?: readonly string[];
  readonly subject?: string | null;
  readonly text: string;
  readonly at: number;
  readonly bounceOf?: { readonly messageId: string | null } | null;
}

export type InboundTaken =
  | { readonly taken: 'again' }
  /** Nobody we know: it waits for a person to match it. */
  | { readonly taken: 'unmatched' }
  | {
      readonly taken: 'new';
      readonly customerId: string;
      readonly messageId: string;
      readonly route: ReplyRoute;
      /** The task that got it or was opened for it. */
      readonly taskId: string | null;
    };

/** Call `notifyPump` afterwards. `now` is epoch milliseconds. */
export const takeInbound = (
  db: Db,
  inbound: InboundMessage,
  { now, desk }: { now: number; desk: Desk },
): Promise<InboundTaken> =>
  db.transaction().execute(async (tx) => {
    const cited = await citedTouch(tx, inbound);
    const known = await customersAt(tx, inbound.channel, inbound.from);
    const from = cited?.customerId ?? known[0];
    if (from === undefined) return keepUnmatched(tx, inbound);
    // STOP is said by whoever has this address, under whatever id we know them; held in order, so that two can't wait for each other.
    const meant = inbound.kind === 'stop' ? [...new Set([from, ...known])].sort() : [from];
    const held = new Map<string, string>();
    for (const id of meant) held.set(id, await lockKnown(tx, id));
    const concerned = new Set(held.values());
    const customerId = held.get(from) ?? from;
    const facts = await replyFacts(tx, customerId, inbound);
    const messageId = newId('m');
    if (!(await keepMessage(tx, customerId, messageId, inbound, facts.answersTouch))) return { taken: 'again' };
    const route = routeReply({ ...facts, kind: inbound.kind });
    if (inbound.kind === 'stop') for (const id of concerned) await stop(tx, id, inbound, now);
    if (route.to === 'nobody') return { taken: 'new', customerId, messageId, route, taskId: null };
    await noteWriting(tx, customerId, inbound, now);
    await takeWish(tx, customerId, inbound, now);
    const taskId = await handOn(tx, { customerId, messageId, inbound, route, now, desk });
    if (route.to === 'enrolment') await waitFor(tx, customerId, route.enrolmentId, inbound, desk);
    return { taken: 'new', customerId, messageId, route, taskId };
  });

/** A run has it, and no person: should it stay silent, the floor gives them to one. */
async function waitFor(tx: Tx, customerId: string, run: string, { at }: InboundMessage, desk: Desk): Promise<void> {
  const team = await teamOf(tx, run);
  await beginSilence(tx, { customerId, since: at, dueAt: desk.addSpan(team ?? desk.team, at, desk.within) });
}

async function keepMessage(
  tx: Tx,
  customerId: string,
  id: string,
  inbound: InboundMessage,
  answers: { readonly touchId: string | null } | null,
): Promise<boolean> {
  const { kind, channel, subject = null, text, from, providerKey, inReplyTo = null, at } = inbound;
  const row = await tx
    .insertInto('messages')
    .values({
      customer_id: customerId,
      id,
      direction: 'in',
      kind,
      channel,
      author: 'customer',
      subject,
      body: text,
      address: from,
      touch_id: answers?.touchId ?? null,
      provider_key: providerKey,
      in_reply_to: inReplyTo,
      at: new Date(at),
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

async function keepUnmatched(tx: Tx, inbound: InboundMessage): Promise<InboundTaken> {
  const { channel, providerKey, from, subject = null, text, at } = inbound;
  const row = await tx
    .insertInto('unmatched_messages')
    .values({ channel, provider_key: providerKey, sender: from, subject, body: text, at: new Date(at) })
    .onConflict((c) => c.doNothing())
    .returning('channel')
    .executeTakeFirst();
  return { taken: row ? 'unmatched' : 'again' };
}

const stop = (tx: Tx, customerId: string, { channel }: InboundMessage, now: number): Promise<void> =>
  suppressIn(tx, customerId, { channel, reason: 'they asked us to stop', source: 'reply', actor: 'customer', at: now });

/** "Less" or "pause" holds at once; the message goes its way all the same, so that somebody says what it now means. */
async function takeWish(tx: Tx, customerId: string, { text }: InboundMessage, now: number): Promise<void> {
  const asked = asksFor(text);
  const policy = asked && (await latestDefinition(tx, 'policy'))?.data;
  if (!asked || !policy) return;
  const change = (before: OwnLimits | null): OwnLimits => limitsFor(asked, before, policy, now);
  await askForLimitsIn(tx, customerId, { change, source: 'reply', actor: 'customer', at: now });
}

/** They may be answered where they wrote; and that is where they are looked for next. */
async function noteWriting(tx: Tx, customerId: string, { channel, at }: InboundMessage, now: number): Promise<void> {
  await tx
    .updateTable('customers')
    .set({ wrote_on: channel, wrote_at: new Date(at) })
    .where('id', '=', customerId)
    .execute();
  await openInbound(tx, customerId, channel, now);
}
