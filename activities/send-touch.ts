/**
 * Fence, send, settle: the only place from which anything reaches a customer. Everything that can go wrong before the provider is called is
 * done before the fence; after it, an attempt whose answer is lost leaves the touch unknown, and it is never sent again without certainty:
 * that it did not go out, or that its provider makes one message of both.
 */
import { activityInfo, ApplicationFailure, cancellationSignal } from '@temporalio/activity';
import type { ChannelAdapter, Outgoing, Sent } from '../channels/channel.ts';
import type { ReadPolicy } from '../core/budget/read-policy.ts';
import { hourMs } from '../core/calendar/zone.ts';
import type { Channel } from '../core/journey/channels.ts';
import type { Fate } from '../core/journey/table.ts';
import type { TouchAnswer } from '../core/run/inputs.ts';
import type { RunState } from '../core/run/state.ts';
import { openDefaultTaskFor } from '../store/default-task.ts';
import { deskOf } from '../store/desk.ts';
import { teamOfTask } from '../store/tasks/get.ts';
import { recordSent } from '../store/touch-messages.ts';
import { touchToSend, type TouchToSend } from '../store/touch-to-send.ts';
import { compose, type Composed } from './compose.ts';
import type { Deps } from './deps.ts';
import { lookUpUnknown } from './look-up.ts';
import { publishedWith } from './published-with.ts';

export interface SendAsked {
  readonly touch: string;
  readonly ask: number;
  readonly since: number;
  readonly fate: Fate;
  readonly facts: RunState['facts'];
  /** What the message says of a promise that is just being renewed, in place of what is written down. */
  readonly promise?: { readonly dueAt: number };
  /** Null: a person's message, which nothing overtakes. */
  readonly fence: { readonly enrolment: string; readonly seen: number } | null;
}

/** A provider that is busy for longer than this gets the touch again through the budget, with its place given back meanwhile. */
const waitHereMs = 60_000;
/** A provider that says 'at once' and takes nothing would be asked without end. */
const waitAtLeastMs = 1_000;
export const tries = 5;
/** One that is busy for a day will not take it: a certain failure. */
const giveUpAfterMs = 24 * hourMs;

export async function sendTouch(deps: Deps, asked: SendAsked): Promise<TouchAnswer> {
  const touch = await touchToSend(deps.db, asked.touch);
  if (touch.channel === null) return { is: 'withdrawn' };
  const { policy } = await publishedWith(deps.db, touch);
  const message = await compose(deps, touch, asked);
  return sendComposed(deps, asked, {
    touch,
    channel: touch.channel,
    policy,
    message,
    attempt: attemptToken(),
    tryNumber: activityInfo().attempt,
    signal: cancellationSignal(),
  });
}

/** One token an attempt of an activity: the fence knows by it whether somebody else has been here. */
export function attemptToken(): string {
  const { workflowExecution, activityId, attempt } = activityInfo();
  return `${workflowExecution?.runId ?? 'none'}/${activityId}/${String(attempt)}`;
}

export interface Sending {
  readonly touch: TouchToSend;
  readonly channel: Channel;
  readonly policy: ReadPolicy;
  readonly message: Composed;
  readonly attempt: string;
  /** The last of them waits in the budget and no longer here. */
  readonly tryNumber: number;
  readonly signal?: AbortSignal;
  /** Writes down what was sent, before it is settled; unless given, at once. */
  readonly record?: typeof recordSent;
}

export async function sendComposed(
  deps: Deps,
  asked: SendAsked,
  { touch, channel, policy, message, attempt, tryNumber, signal, record = recordSent }: Sending,
): Promise<TouchAnswer> {
  const adapter = deps.channels[channel];
  const fenced = await deps.budgets.fence(touch.id, {
    attempt,
    seen: asked.fence?.seen ?? 0,
    ...(asked.fence ? { enrolmentId: asked.fence.enrolment } : {}),
    policy,
    keyed: adapter?.idempotent ?? false,
  });
  if (!fenced.fenced) {
    switch (fenced.because) {
      case 'overtaken':
        return { is: 'overtaken', upTo: fenced.upTo };
      case 'withdrawn':
        return { is: 'withdrawn' };
      case 'expired':
        if (asked.fence === null) return answerLost(deps, touch, channel, 'no provider took it in time');
        return { is: 'deferred', until: deps.clock.now(), because: 'asked again', fate: asked.fate };
      case 'gate':
        // Its place is given back: asking afresh tells whether it may wait, or which fate holds.
        return { is: 'deferred', until: deps.clock.now(), because: 'asked again', fate: asked.fate };
      case 'already':
        return fenced.state === 'failed'
          ? { is: 'failed', channel }
          : unsureOf(deps, touch, fenced.state, channel, message.said.text);
    }
  }

  const answered = await send(adapter, message, attempt, touch, signal);
  const sent = asFarAsIsKnown(answered, fenced.again ?? false);
  switch (sent.result) {
    case 'sent':
      await record(deps.db, touch, message.said, sent.messageId ?? sent.providerId, deps.clock.now());
      await deps.budgets.settle(touch.id, attempt, { is: 'sent', providerId: sent.providerId, at: deps.clock.now() });
      return { is: 'sent', channel };
    case 'rejected':
      await deps.budgets.settle(touch.id, attempt, { is: 'failed', code: sent.code });
      return answerLost(deps, touch, channel, sent.code);
    case 'unknown':
      // Its provider makes one message of it however often it is sent: it stays on its way until the last try.
      if (adapter?.idempotent && tryNumber < tries)
        throw tryAgain(`${channel} may have taken it (${sent.code})`, retryAfter(answered));
      await deps.budgets.settle(touch.id, attempt, { is: 'unknown', code: sent.code });
      await record(deps.db, touch, message.said, null, deps.clock.now());
      return unsureOf(deps, touch, 'unknown', channel, message.said.text);
    case 'later':
      return later(deps, asked, channel, attempt, sent, tryNumber);
  }
}

/** That this attempt surely did not send it says nothing of the one before it. */
const asFarAsIsKnown = (sent: Sent, again: boolean): Sent =>
  again && sent.result !== 'sent' ? { ...sent, result: 'unknown' } : sent;

const retryAfter = (sent: Sent): number | null => (sent.result === 'later' ? sent.retryAfterMs : null);

/** Null: as soon as the activity is tried again anyway. */
const tryAgain = (message: string, waitMs: number | null): ApplicationFailure =>
  ApplicationFailure.create({ type: 'later', message, ...(waitMs === null ? {} : { nextRetryDelay: waitMs }) });

async function send(
  adapter: ChannelAdapter | undefined,
  message: Composed,
  attempt: string,
  touch: TouchToSend,
  signal: AbortSignal | undefined,
): Promise<Sent> {
  // Both are found out behind the fence, so that they are settled and told like any certain failure.
  if (!message.ok) return { result: 'rejected', code: message.code, detail: message.problem };
  if (!adapter)
    return { result: 'rejected', code: 'not-configured', detail: `no adapter for ${String(touch.channel)}` };
  const outgoing: Outgoing = { ...message.outgoing, touchId: touch.id, attempt };
  return adapter.send(outgoing, signal);
}

/** A touch of a run meets its fate there. A person's words that surely did not go out are a person's again: they are not lost silently. */
async function answerLost(deps: Deps, touch: TouchToSend, channel: Channel, code: string): Promise<TouchAnswer> {
  if (touch.madeBy === 'human')
    await openDefaultTaskFor(deps.db, await deskOf(deps.db, deps.defaultTeam), {
      customerId: touch.customerId,
      team: await teamOfTask(deps.db, touch.taskId),
      reasonId: `${touch.id}/failed`,
      because: `An answer could not be sent by ${channel} (${code})`,
      now: deps.clock.now(),
    });
  return { is: 'failed', channel };
}

/** Somebody may have sent it. The provider is asked, where it keeps a list; otherwise a receipt or a person will tell. */
async function unsureOf(
  deps: Deps,
  touch: TouchToSend,
  state: string,
  channel: Channel,
  text: string,
): Promise<TouchAnswer> {
  if (state === 'sent') return { is: 'sent', channel };
  const found = await lookUpUnknown(deps, touch, text);
  if (found === 'sent') return { is: 'sent', channel };
  if (found === 'failed') return { is: 'failed', channel };
  return { is: 'unknown', channel };
}

/** It surely did not go out. For a short while this activity tries again; for a longer one the run waits, and asks the budget again. */
async function later(
  deps: Deps,
  asked: SendAsked,
  channel: Channel,
  attempt: string,
  sent: Extract<Sent, { result: 'later' }>,
  tryNumber: number,
): Promise<TouchAnswer> {
  const now = deps.clock.now();
  const waitMs = Math.max(waitAtLeastMs, sent.retryAfterMs ?? Math.min(waitHereMs, 1_000 * 2 ** tryNumber));
  if (waitMs <= waitHereMs && tryNumber < tries) {
    await deps.budgets.settle(asked.touch, attempt, { is: 'later' });
    throw tryAgain(`${channel} takes nothing just now (${sent.code})`, waitMs);
  }
  if (asked.fence !== null && now - asked.since > giveUpAfterMs) {
    await deps.budgets.settle(asked.touch, attempt, { is: 'failed', code: sent.code });
    return { is: 'failed', channel };
  }
  await deps.budgets.settle(asked.touch, attempt, { is: 'later' });
  const until = now + Math.ceil(waitMs * deps.clock.spec.rate);
  return { is: 'deferred', until, because: 'channel rate', fate: asked.fate };
}
