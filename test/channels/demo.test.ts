import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createEmailAdapter } from '../../channels/email.ts';
import { readTwilioWebhook, type TwilioWebhook } from '../../channels/sms-in.ts';
import { createTwilioAdapter } from '../../channels/sms-twilio.ts';
import { settlesWithinMs } from '../../channels/twilio-look-up.ts';
import { type Inbox, startInbox } from '../../cli/dev/inbox.ts';
import { type Phone, startPhone } from '../../cli/dev/phone.ts';

const now = Date.UTC(2026, 10, 24, 16, 0);
const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'token' };
let folder: string;
let inbox: Inbox;
let phone: Phone;
let webhookUrl: string;
let heard: TwilioWebhook[] = [];

/** Our webhook, as the API has it: the signature is checked against the configured address. */
const webhook = createServer((request, response) => {
  void readAll(request).then((body) => {
    const { origin } = new URL(webhookUrl);
    const signature = String(request.headers['x-twilio-signature']);
    const contentType = request.headers['content-type'] ?? '';
    const settings = { authTokens: ['token'], accountSid: account.accountSid, publicUrl: origin };
    const read = readTwilioWebhook(settings, { path: request.url ?? '', contentType, body, signature }, now);
    heard.push(read);
    response.writeHead(read.is === 'forged' ? 403 : 204).end();
  });
});

beforeAll(async () => {
  await new Promise<void>((listening) => webhook.listen(0, '127.0.0.1', listening));
  webhookUrl = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/webhooks/twilio`;
  folder = await mkdtemp(join(tmpdir(), 'inbox-'));
  inbox = await startInbox({ folder });
  phone = await startPhone({ ...account, inboxSmtpPort: inbox.smtpPort, webhookUrl });
});
afterAll(async () => {
  await phone.stop();
  await inbox.stop();
  webhook.closeAllConnections();
  webhook.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  heard = [];
});

test('a mail is seen in the demo inbox with its headers', async () => {
  const adapter = createEmailAdapter(
    {
      host: '127.0.0.1',
      port: inbox.smtpPort,
      tls: 'none',
      from: { name: 'Care', address: 'care@shop.example' },
      messageIdDomain: 'shop.example',
    },
    () => now,
  );
  const sent = await adapter.send({
    touchId: 'enr/arrived/1',
    attempt: 'a',
    to: 'ana@example.com',
    subject: 'Hi',
    text: 'Hello Ana',
  });
  await adapter.close();
  const [mail] = await inbox.list();
  expect(mail).toMatchObject({
    subject: 'Hi',
    from: [{ address: 'care@shop.example', name: 'Care' }],
    to: [{ address: 'ana@example.com' }],
  });
  expect(mail?.text?.trim()).toBe('Hello Ana');
  expect(mail?.headers['message-id']).toBe(sent.result === 'sent' ? sent.messageId : 'not sent');
  expect((await fetch(inbox.webUrl, { headers: { accept: 'text/html' } })).status).toBe(200);
});

test('a text goes over the demo phone, is seen in the inbox, and is reported back signed', async () => {
  const adapter = createTwilioAdapter(
    { ...account, from: '+491713920099', baseUrl: phone.baseUrl, statusCallback: webhookUrl },
    () => now,
  );
  const sent = await adapter.send({ touchId: 't', attempt: 'a', to: '+491713920012', text: 'Hello Ana 👍' });
  await phone.settled();
  if (sent.result !== 'sent') throw new Error(sent.detail);
  expect(heard).toMatchObject([
    { is: 'receipt', receipt: { providerId: sent.providerId, status: 'sent' } },
    { is: 'receipt', receipt: { providerId: sent.providerId, status: 'delivered' } },
  ]);
  const mail = (await inbox.list()).find(({ to }) => to[0]?.address === '+491713920012@sms.demo');
  expect(mail?.text?.trim()).toBe('Hello Ana 👍');

  const touch = {
    touchId: 't',
    to: '+491713920012',
    text: 'Hello Ana 👍',
    sentAfter: Date.now() - 5_000,
    sentBefore: Date.now(),
    others: [],
  };
  expect(await adapter.lookUp?.(touch, Date.now())).toEqual({
    result: 'found',
    providerId: sent.providerId,
    status: 'delivered',
  });
  const never = { ...touch, to: '+491713920013' };
  expect(await adapter.lookUp?.(never, Date.now() + settlesWithinMs)).toEqual({ result: 'absent' });
});

test('somebody writes a text, and our webhook believes it', async () => {
  expect(await phone.write({ from: '+491713920012', to: '+491713920099', body: 'Thank you' })).toBe(204);
  expect(heard).toMatchObject([
    { is: 'inbound', inbound: { kind: 'message', from: '+491713920012', text: 'Thank you' } },
  ]);
});

test('the phone asks for its password and writes to this machine alone', async () => {
  const stranger = createTwilioAdapter(
    { ...account, authToken: 'other', from: '+491713920099', baseUrl: phone.baseUrl },
    () => now,
  );
  expect(await stranger.send({ touchId: 't', attempt: 'a', to: '+491713920012', text: 'Hi' })).toMatchObject({
    result: 'later',
    code: '20003',
  });
  const adapter = createTwilioAdapter({ ...account, from: '+491713920099', baseUrl: phone.baseUrl }, () => now);
  await adapter.send({
    touchId: 't',
    attempt: 'a',
    to: '+491713920012',
    text: 'Hi',
    statusCallback: 'http://example.com/x',
  });
  await phone.settled();
  expect(heard).toEqual([]);
});

test('the inbox finds its mails again when it is started again', async () => {
  const before = await inbox.list();
  await inbox.stop();
  inbox = await startInbox({ folder });
  expect((await inbox.list()).map((mail) => mail.subject)).toEqual(before.map((mail) => mail.subject));
  expect(before.length).toBeGreaterThan(0);
});
