import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text as readAll } from 'node:stream/consumers';
import nodemailer from 'nodemailer';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { newMessage, type PhoneMessage } from './phone-message.ts';
import { freePort } from './ports.ts';

export interface PhoneConfig {
  /** The account and token the product is configured with; what the phone sends is signed with the token. */
  accountSid: string;
  authToken: string;
  /** Texts are shown here, as mails to `<number>@sms.demo`. */
  inboxSmtpPort: number;
  /** Where the product takes incoming texts, on this machine. */
  webhookUrl: string;
  /** Taken if it is free, otherwise one of the next. */
  port?: number;
}

export interface Phone {
  /** Twilio's base URL, as far as the product is concerned. */
  baseUrl: string;
  /** All texts, both ways, newest first. */
  texts(): PhoneMessage[];
  /** Somebody writes a text to us; gives the status our webhook answered with. */
  write(text: { from: string; to: string; body: string }): Promise<number>;
  /** Waits until every receipt on its way is delivered or given up. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The demo's phone: a development tool at 127.0.0.1 that speaks as much of Twilio's API as texts need, so that SMS work
 * without an account. Nothing it is given leaves this machine.
 */
export async function startPhone(config: PhoneConfig): Promise<Phone> {
  const messages: PhoneMessage[] = [];
  const underWay = new Set<Promise<unknown>>();
  const inbox = nodemailer.createTransport({ host: '127.0.0.1', port: config.inboxSmtpPort, ignoreTLS: true });

  const server = createServer((request, response) => {
    readAll(request)
      .then((body) => {
        const form = new URLSearchParams(body);
        const { status, says, made } = answerTo(request, form, messages, config);
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(says));
        if (!made) return;
        messages.unshift(made);
        track(deliver(made, form.get('StatusCallback')));
      })
      .catch(() => response.destroy());
  });
  const track = (work: Promise<unknown>) => {
    const done: Promise<unknown> = work.catch(() => undefined).finally(() => underWay.delete(done));
    underWay.add(done);
  };
  const deliver = async (message: PhoneMessage, callback: string | null) => {
    await inbox.sendMail({
      from: `${message.from}@sms.demo`,
      to: `${message.to}@sms.demo`,
      subject: `SMS to ${message.to}`,
      text: message.body,
    });
    for (const status of ['sent', 'delivered'] as const) {
      Object.assign(message, { status, date_sent: message.date_created });
      const { sid, to, from } = message;
      const fields = { AccountSid: config.accountSid, MessageSid: sid, SmsSid: sid, To: to, From: from };
      if (callback !== null)
        await post(callback, { ...fields, MessageStatus: status, SmsStatus: status }, config.authToken);
    }
  };

  const port = await freePort(config.port ?? 1090);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    texts: () => [...messages],
    async write(text) {
      const message = newMessage(config.accountSid, text, 'inbound');
      messages.unshift(message);
      const { sid, to, from, body } = message;
      const fields = {
        AccountSid: config.accountSid,
        MessageSid: sid,
        SmsSid: sid,
        SmsStatus: 'received',
        To: to,
        From: from,
      };
      return post(config.webhookUrl, { ...fields, Body: body, NumMedia: '0' }, config.authToken);
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await Promise.all(underWay);
      inbox.close();
    },
  };
}

function isKnown(request: IncomingMessage, { accountSid, authToken }: PhoneConfig): boolean {
  return request.headers.authorization === `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
}

interface Answer {
  status: number;
  says: unknown;
  made?: PhoneMessage;
}

function answerTo(
  asked: IncomingMessage,
  form: URLSearchParams,
  messages: PhoneMessage[],
  config: PhoneConfig,
): Answer {
  const { pathname, searchParams } = new URL(asked.url ?? '/', 'http://phone');
  if (!isKnown(asked, config)) return problem(401, 20003, 'Authenticate');
  if (pathname !== `/2010-04-01/Accounts/${config.accountSid}/Messages.json`) {
    return problem(404, 20404, 'The phone knows Messages.json alone');
  }
  if (asked.method === 'GET') return { status: 200, says: page(messages, searchParams) };
  const text = {
    to: form.get('To') ?? '',
    from: form.get('From') ?? 'messaging-service',
    body: form.get('Body') ?? '',
  };
  if (!/^\+\d{6,15}$/.test(text.to)) return problem(400, 21211, "Invalid 'To' phone number");
  if (text.body === '') return problem(400, 21602, 'A message body is required');
  const made = newMessage(config.accountSid, text, 'outbound-api');
  return { status: 201, says: made, made };
}

const problem = (status: number, code: number, message: string): Answer => ({
  status,
  says: { code, message, status },
});

function page(messages: PhoneMessage[], asked: URLSearchParams) {
  const [to, from] = [asked.get('To'), asked.get('From')];
  const size = Number(asked.get('PageSize') ?? 50);
  const found = messages.filter(
    (message) => (to === null || message.to === to) && (from === null || message.from === from),
  );
  return { messages: found.slice(0, size), page: 0, page_size: size, next_page_uri: null };
}

/** Signed as Twilio signs. Tried once: like the real one, what is not heard is found by asking. */
async function post(url: string, fields: Record<string, string>, authToken: string): Promise<number> {
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname))
    throw new Error('The phone writes to this machine alone');
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'x-twilio-signature': getExpectedTwilioSignature(authToken, url, fields) },
    body: new URLSearchParams(fields),
    signal: AbortSignal.timeout(10_000),
  });
  await response.body?.cancel();
  return response.status;
}
