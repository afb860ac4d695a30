import twilio from 'twilio';
import { z } from 'zod';
import { readAddress } from './address.ts';
import type { Inbound, Receipt } from './channel.ts';
import { isStopText } from './stop-words.ts';
import { statusOf } from './twilio-look-up.ts';

export interface TwilioWebhookSettings {
  /** The auth tokens that may have signed: two while one is being exchanged for the other. */
  authTokens: readonly string[];
  accountSid: string;
  /**
   * Our address as Twilio knows it, such as `https://touch.example.com`. What it signed is built from this, never from the
   * Host header or X-Forwarded-*, which anybody may write.
   */
  publicUrl: string;
}

export interface WebhookRequest {
  /** Path and query exactly as requested. */
  path: string;
  /** `Content-Type`, as it came. */
  contentType: string;
  /** The body's own bytes as text: what was signed is not what a parser makes of it. */
  body: string;
  /** `X-Twilio-Signature`. */
  signature: string;
}

export type TwilioWebhook =
  | { is: 'inbound'; inbound: Inbound }
  | { is: 'receipt'; receipt: Receipt }
  /** Genuine, and nothing to act on: a status on the way, such as `queued`. Answer 204. */
  | { is: 'nothing' }
  /** Answer 403. Which check failed is not told. */
  | { is: 'forged' }
  /** Signed, yet not what Twilio sends to such an address: answer 400. */
  | { is: 'unreadable'; problem: string };

/**
 * An incoming SMS or a status, if its signature holds. Twilio's signature carries no time, so an old request can be played
 * again: `providerKey` and `isNews` make that change nothing.
 *
 * @param at epoch ms
 */
export function readTwilioWebhook(settings: TwilioWebhookSettings, request: WebhookRequest, at: number): TwilioWebhook {
  const fields = verifiedFields(settings, request);
  if (fields === null) return { is: 'forged' };
  const read = webhookShape.safeParse(fields);
  if (!read.success) {
    const names = read.error.issues.map((issue) => issue.path.join('.')).join(', ');
    return { is: 'unreadable', problem: `Not a Twilio message or status: see ${names}` };
  }
  if (read.data.AccountSid !== settings.accountSid) return { is: 'forged' };
  return interpret(read.data, at);
}

const word = z.string().max(100);
const webhookShape = z.object({
  AccountSid: word,
  MessageSid: word.min(1),
  MessageStatus: word.optional(),
  SmsStatus: word.optional(),
  ErrorCode: z.coerce.string().max(20).optional(),
  From: word.optional(),
  To: word.optional(),
  Body: z.string().max(10_000).optional(),
  OptOutType: word.optional(),
});

function interpret(fields: z.infer<typeof webhookShape>, at: number): TwilioWebhook {
  const { MessageSid: sid, MessageStatus: said, From: from, To: to, Body: body } = fields;
  if (said !== undefined && said !== 'received') {
    const status = statusOf(said);
    if (status === null) return { is: 'nothing' };
    const errorCode = fields.ErrorCode === undefined || fields.ErrorCode === '' ? null : fields.ErrorCode;
    return { is: 'receipt', receipt: { channel: 'sms', providerId: sid, status, at, errorCode } };
  }
  if (from === undefined || to === undefined || body === undefined) {
    return { is: 'unreadable', problem: 'An incoming message has From, To and Body' };
  }
  const inbound: Inbound = {
    channel: 'sms',
    kind: isStopText(body) || fields.OptOutType?.toUpperCase() === 'STOP' ? 'stop' : 'message',
    providerKey: sid,
    from: numberOr(from),
    to: numberOr(to),
    messageId: sid,
    inReplyTo: null,
    references: [],
    subject: null,
    text: body.trim(),
    fullText: body,
    at,
    bounceOf: null,
  };
  return { is: 'inbound', inbound };
}

/**
 * Both of Twilio's forms: fields of a form are signed with the address; a JSON body is signed by its SHA-256 in the
 * address. A JSON body without that hash in a signed address is signed by nothing.
 */
function verifiedFields(settings: TwilioWebhookSettings, request: WebhookRequest): Record<string, unknown> | null {
  const { path, contentType, body, signature } = request;
  const url = `${settings.publicUrl.replace(/\/+$/, '')}${path}`;
  if (!path.startsWith('/') || !URL.canParse(url)) return null;
  const isJson = /^application\/json\b/i.test(contentType);
  const form = isJson ? {} : formFields(body);
  // Every token is tried, so that how long it takes tells nothing about which one fits.
  const valid = settings.authTokens
    .map((token) =>
      isJson
        ? twilio.validateRequestWithBody(token, signature, url, body)
        : twilio.validateRequest(token, signature, url, form),
    )
    .some(Boolean);
  if (!valid) return null;
  return isJson ? jsonFields(body) : form;
}

function formFields(body: string): Record<string, string | string[]> {
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(body)) fields.set(name, [...(fields.get(name) ?? []), value]);
  return Object.fromEntries(
    [...fields].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
}

function jsonFields(body: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(body);
    return typeof read === 'object' && read !== null ? { ...read } : {};
  } catch {
    return {};
  }
}

/** Read like every other number, so that it meets the customer's record; short codes and names stay as they came. */
function numberOr(raw: string): string {
  const read = readAddress('voice', raw);
  return read.ok ? read.address : raw;
}
