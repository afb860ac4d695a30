import twilio from 'twilio';
import { readAddress } from './address.ts';
import type { ChannelAdapter, Outgoing, Sent } from './channel.ts';
import { attemptSignal, RedirectedClient, TwilioAnswer } from './twilio-client.ts';
import { lookUpMessage } from './twilio-look-up.ts';

export interface TwilioSettings {
  accountSid: string;
  authToken: string;
  /** Sign with an API key instead of the auth token; the token is still what incoming webhooks are checked with. */
  apiKey?: { sid: string; secret: string };
  /** The number texts come from, or the messaging service that chooses one. One of the two. */
  from?: string;
  messagingServiceSid?: string;
  /** Default https://api.twilio.com. */
  baseUrl?: string;
  /** Where Twilio reports what became of a message, unless a touch says otherwise. */
  statusCallback?: string;
  /** Default 20,000. What ends it is `unknown`. */
  answerWithinMs?: number;
}

/**
 * SMS over Twilio's REST API. Twilio has no idempotency key for messages, so a text whose answer never came is `unknown`
 * and looked up (`twilio-look-up.ts` states the rule) before anybody thinks of sending it again.
 *
 * @param now epoch ms, for `sent.at`
 */
export function createTwilioAdapter(settings: TwilioSettings | null, now: () => number): ChannelAdapter {
  const configured = settings !== null && (settings.from ?? settings.messagingServiceSid) !== undefined;
  if (!configured) {
    const sent = {
      result: 'rejected',
      code: 'not-configured',
      detail: 'No Twilio account and sender are configured.',
    } as const;
    return {
      channel: 'sms',
      configured: false,
      idempotent: false,
      send: () => Promise.resolve(sent),
      close: () => Promise.resolve(),
    };
  }
  const client = openClient(settings);
  return {
    channel: 'sms',
    configured: true,
    idempotent: false,
    send: async (message, signal) => {
      const to = readAddress('sms', message.to);
      if (!to.ok) return { result: 'rejected', code: 'bad-address', detail: to.problem };
      if (signal?.aborted)
        return { result: 'later', retryAfterMs: null, code: 'given-up', detail: 'Given up before it began' };
      const create = () => createMessage(client, settings, { ...message, to: to.address }, now);
      try {
        return await (signal ? attemptSignal.run(signal, create) : create());
      } catch (error) {
        return judgeTwilioFault(error);
      }
    },
    lookUp: (touch, realNow) => lookUpMessage(client, touch, realNow),
    close: () => Promise.resolve(),
  };
}

export type TwilioClient = ReturnType<typeof openClient>;

function openClient({ accountSid, authToken, apiKey, baseUrl, answerWithinMs = 20_000 }: TwilioSettings) {
  const httpClient = new RedirectedClient(baseUrl ?? null, answerWithinMs);
  return apiKey
    ? twilio(apiKey.sid, apiKey.secret, { accountSid, httpClient })
    : twilio(accountSid, authToken, { httpClient });
}

async function createMessage(
  client: TwilioClient,
  settings: TwilioSettings,
  message: Outgoing,
  now: () => number,
): Promise<Sent> {
  const from = message.from ?? settings.from;
  const statusCallback = message.statusCallback ?? settings.statusCallback;
  const created = await client.messages.create({
    to: message.to,
    body: message.text,
    ...(from === undefined
      ? settings.messagingServiceSid !== undefined && { messagingServiceSid: settings.messagingServiceSid }
      : { from }),
    ...(statusCallback !== undefined && { statusCallback }),
  });
  if (created.status === 'failed' || created.status === 'canceled') {
    const code = String(created.errorCode || created.status);
    return { result: 'rejected', code, detail: `Twilio took it as ${created.status}, ${code}` };
  }
  return { result: 'sent', providerId: created.sid, messageId: created.sid, at: now() };
}

/** Errors of a connection that never came to be. All others may have come after Twilio had the message. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * 429 and 503 are later, as Twilio documents both. A 4xx with Twilio's own number is about this message and stands for good,
 * unless it is about our account or password, which somebody will mend. Every other answer, and no answer, is unknown.
 */
export function judgeTwilioFault(error: unknown): Exclude<Sent, { result: 'sent' }> {
  if (error instanceof TwilioAnswer) {
    const { status, retryAfterMs, message: detail } = error;
    const code = String(error.code ?? status);
    if (status === 429 || status === 503) return { result: 'later', retryAfterMs, code, detail };
    if (status >= 500 || status === 408) return { result: 'unknown', code, detail };
    const aboutUs = error.code === null || status === 401 || status === 403 || status === 404;
    return aboutUs ? { result: 'later', retryAfterMs, code, detail } : { result: 'rejected', code, detail };
  }
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'no-answer';
  if (neverConnected.has(code)) return { result: 'later', retryAfterMs: null, code, detail: `No connection: ${code}` };
  return { result: 'unknown', code, detail: `No readable answer: ${code}` };
}
