import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Outgoing, Uncertain } from '../../channels/channel.ts';
import { createTwilioAdapter, type TwilioSettings } from '../../channels/sms-twilio.ts';
import { settlesWithinMs } from '../../channels/twilio-look-up.ts';
import { adapterContract, type Provider } from './contract.ts';
import { closedPort } from './mail-server.ts';
import { answerJson, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

const now = Date.UTC(2026, 10, 24, 16, 0);
const accountSid = `AC${'0'.repeat(32)}`;
const hello: Outgoing = {
  touchId: 'enr_7/arrived/1',
  attempt: 'a1',
  to: '+491713920012',
  text: 'Hello Ana, your message is here.',
};
const settingsFor = (baseUrl: string): TwilioSettings => ({
  accountSid,
  authToken: 'secret-token',
  from: '+491713920099',
  baseUrl,
  answerWithinMs: 300,
});

type Script = Parameters<typeof startScriptedServer>[0];
const open: ScriptedServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
async function serve(
  script: Script,
  settings: Partial<TwilioSettings> = {},
): Promise<Provider & { server: ScriptedServer }> {
  const server = await startScriptedServer(script);
  open.push(server);
  return {
    server,
    adapter: createTwilioAdapter({ ...settingsFor(server.url), ...settings }, () => now),
    taken: () => server.asked.map(({ body }) => body.get('Body') ?? ''),
    close: () => Promise.resolve(),
  };
}
const made = { sid: `SM${'1'.repeat(32)}`, status: 'queued', error_code: null };
const accept: Script = (_asked, response) => answerJson(response, 201, made);
const refuse =
  (status: number, code: number | null, headers?: Record<string, string>): Script =>
  (_asked, response) =>
    answerJson(response, status, { code, message: `The number ${hello.to} … '${hello.text}'`, status }, headers);

adapterContract('Twilio', {
  now,
  message: hello,
  accepting: () => serve(accept),
  rejecting: () => serve(refuse(400, 21211)),
  busy: () => serve(refuse(429, 20429)),
  droppingWhatItTook: () => serve((_asked, response) => response.destroy()),
  silentAfterTaking: () => serve(() => undefined),
  nobodyThere: async () => {
    const adapter = createTwilioAdapter(settingsFor(`http://127.0.0.1:${String(await closedPort())}`), () => now);
    return { adapter, taken: () => [], close: () => adapter.close() };
  },
  notConfigured: () => createTwilioAdapter(null, () => now),
});

describe('a text', () => {
  test('is asked for as Twilio wants it', async () => {
    const { adapter, server } = await serve(accept, { statusCallback: 'https://touch.example.com/webhooks/twilio' });
    expect(await adapter.send(hello)).toEqual({ result: 'sent', providerId: made.sid, messageId: made.sid, at: now });
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]).toMatchObject({ method: 'POST', path: `/2010-04-01/Accounts/${accountSid}/Messages.json` });
    expect(Object.fromEntries(server.asked[0]?.body ?? [])).toEqual({
      To: hello.to,
      From: '+491713920099',
      Body: hello.text,
      StatusCallback: 'https://touch.example.com/webhooks/twilio',
    });
  });

  test('goes by a messaging service where no number is set', async () => {
    const server = await startScriptedServer(accept);
    open.push(server);
    const { from: _none, ...rest } = settingsFor(server.url);
    await createTwilioAdapter({ ...rest, messagingServiceSid: `MG${'2'.repeat(32)}` }, () => now).send(hello);
    expect(server.asked[0]?.body.get('MessagingServiceSid')).toBe(`MG${'2'.repeat(32)}`);
    expect(server.asked[0]?.body.has('From')).toBe(false);
  });

  const date = 'Tue, 24 Nov 2026 16:00:00 GMT';
  const html: Script = (_asked, response) =>
    response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
  test.each<[string, Script, object]>([
    [
      '429 with seconds',
      refuse(429, 20429, { 'retry-after': '7' }),
      { result: 'later', retryAfterMs: 7_000, code: '20429' },
    ],
    [
      '429 with an instant',
      refuse(429, 20429, { 'retry-after': 'Tue, 24 Nov 2026 16:02:00 GMT', date }),
      { result: 'later', retryAfterMs: 120_000 },
    ],
    [
      '429 with an instant that is over',
      refuse(429, 20429, { 'retry-after': 'Tue, 24 Nov 2026 15:00:00 GMT', date }),
      { result: 'later', retryAfterMs: 0 },
    ],
    ['429 with nonsense', refuse(429, 20429, { 'retry-after': 'soon' }), { result: 'later', retryAfterMs: null }],
    ['503', refuse(503, 20503, { 'retry-after': '2' }), { result: 'later', retryAfterMs: 2_000 }],
    ['400 with a number', refuse(400, 21610), { result: 'rejected', code: '21610', detail: 'HTTP 400, Twilio 21610' }],
    ['400 without one', refuse(400, null), { result: 'later', code: '400' }],
    ['401, which is our password', refuse(401, 20003), { result: 'later', code: '20003' }],
    ['404, which is our account', refuse(404, 20404), { result: 'later', code: '20404' }],
    ['408', refuse(408, null), { result: 'unknown' }],
    ['500', refuse(500, 20500), { result: 'unknown', code: '20500' }],
    ['502 of some proxy', html, { result: 'unknown', code: '502' }],
    [
      'a success that cannot be read',
      (_asked, response) => response.writeHead(201).end('<ok/>'),
      { result: 'unknown' },
    ],
    [
      'a success that breaks off',
      (_asked, response) =>
        response.writeHead(201, { 'content-length': '500' }).write('{"sid":"SM') && response.destroy(),
      { result: 'unknown' },
    ],
    [
      'taken as failed',
      (_asked, response) => answerJson(response, 201, { ...made, status: 'failed', error_code: 30006 }),
      { result: 'rejected', code: '30006' },
    ],
  ])('%s', async (_case, script, sent) => {
    const { adapter, server } = await serve(script);
    expect(await adapter.send(hello)).toMatchObject(sent);
    expect(server.asked).toHaveLength(1);
  });

  test('given up while Twilio has it: unknown', async () => {
    const giveUp = new AbortController();
    const { adapter } = await serve(() => giveUp.abort());
    expect(await adapter.send(hello, giveUp.signal)).toMatchObject({ result: 'unknown' });
  });
});

describe('a text whose answer never came', () => {
  const touch: Uncertain = {
    touchId: hello.touchId,
    to: hello.to,
    text: hello.text,
    sentAfter: now,
    sentBefore: now + 20_000,
    others: [],
  };
  const long = now + 20_000 + settlesWithinMs;
  const message = (sid: string, some: object = {}) => ({
    sid,
    body: hello.text,
    direction: 'outbound-api',
    status: 'delivered',
    date_created: new Date(now + 1_000).toUTCString(),
    date_sent: null,
    ...some,
  });
  const listing =
    (messages: object[]): Script =>
    (_asked, response: ServerResponse) =>
      answerJson(response, 200, { messages, next_page_uri: null, page: 0, page_size: 200 });
  const at = (ms: number) => ({ date_created: new Date(ms).toUTCString() });

  test.each<[string, object[], number, Partial<Uncertain>, object]>([
    [
      'is found by its text',
      [message('SM1')],
      now + 30_000,
      {},
      { result: 'found', providerId: 'SM1', status: 'delivered' },
    ],
    [
      'is found while it is queued',
      [message('SM1', { status: 'queued' })],
      now + 30_000,
      {},
      { result: 'found', status: 'sent' },
    ],
    [
      'is found beside another touch with the same text',
      [message('SM1'), message('SM2')],
      long,
      { others: ['SM1'] },
      { result: 'found', providerId: 'SM2' },
    ],
    ['is not told from another with the same text', [message('SM1'), message('SM2')], long, {}, { result: 'unsure' }],
    [
      'is not told from one that was changed on its way',
      [message('SM1', { body: `Sent from a trial account - ${hello.text}` })],
      long,
      {},
      { result: 'unsure' },
    ],
    ['may still appear', [], long - 1, {}, { result: 'unsure' }],
    ['is absent when it can no longer appear', [], long, {}, { result: 'absent' }],
    ['is absent though another touch went out then', [message('SM1')], long, { others: ['SM1'] }, { result: 'absent' }],
    [
      'is absent though the customer wrote the same',
      [message('SM1', { direction: 'inbound' })],
      long,
      {},
      { result: 'absent' },
    ],
    [
      'is absent though the same was said long before',
      [message('SM1', at(now - 10 * 60_000))],
      long,
      {},
      { result: 'absent' },
    ],
  ])('%s', async (_case, messages, when, some, expected) => {
    const { adapter, server } = await serve(listing(messages));
    expect(await adapter.lookUp?.({ ...touch, ...some }, when)).toMatchObject(expected);
    expect(new URL(`http://x${server.asked[0]?.path ?? ''}`).searchParams.get('To')).toBe(hello.to);
  });

  test('is absent only if the page of messages goes back to before it', async () => {
    const next = '/2010-04-01/Accounts/x/Messages.json?Page=1';
    const pageOf =
      (messages: object[]): Script =>
      (_asked, response) =>
        answerJson(response, 200, { messages, next_page_uri: next, page: 0, page_size: 200 });
    const short = await serve(pageOf([message('SM1')]));
    expect(await short.adapter.lookUp?.({ ...touch, others: ['SM1'] }, long)).toMatchObject({ result: 'unsure' });
    const back = await serve(pageOf([message('SM1'), message('SM0', at(now - 10 * 60_000))]));
    expect(await back.adapter.lookUp?.({ ...touch, others: ['SM1'] }, long)).toEqual({ result: 'absent' });
    expect(back.server.asked).toHaveLength(1);
  });

  test('stays unsure while Twilio does not answer', async () => {
    const { adapter } = await serve(refuse(500, 20500));
    expect(await adapter.lookUp?.(touch, long)).toMatchObject({ result: 'unsure' });
  });
});
