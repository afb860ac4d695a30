import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { isNews } from '../../channels/channel.ts';
import { readTwilioWebhook, type TwilioWebhookSettings, type WebhookRequest } from '../../channels/sms-in.ts';

const at = Date.UTC(2026, 10, 24, 16, 0);
const accountSid = `AC${'0'.repeat(32)}`;
const settings: TwilioWebhookSettings = {
  authTokens: ['token'],
  accountSid,
  publicUrl: 'https://touch.example.com/rt',
};
const path = '/webhooks/twilio?journey=a%20b';

/** Signed as Twilio's documentation says, without its library. */
function form(
  fields: Record<string, string>,
  { token = 'token', url = `${settings.publicUrl}${path}` } = {},
): WebhookRequest {
  const signed = Object.keys(fields)
    .sort()
    .reduce((all, name) => `${all}${name}${fields[name] ?? ''}`, url);
  const signature = createHmac('sha1', token).update(signed).digest('base64');
  return {
    path,
    contentType: 'application/x-www-form-urlencoded; charset=UTF-8',
    body: new URLSearchParams(fields).toString(),
    signature,
  };
}
function json(fields: object, token = 'token'): WebhookRequest {
  const body = JSON.stringify(fields);
  const hashed = `/webhooks/twilio?bodySHA256=${createHash('sha256').update(body).digest('hex')}`;
  const signature = createHmac('sha1', token).update(`${settings.publicUrl}${hashed}`).digest('base64');
  return { path: hashed, contentType: 'application/json', body, signature };
}
const text = (body: string, some: Record<string, string> = {}) => ({
  AccountSid: accountSid,
  MessageSid: 'SM1',
  SmsStatus: 'received',
  From: '+491713920012',
  To: '+491713920099',
  Body: body,
  ...some,
});
const status = (said: string, some: Record<string, string> = {}) => ({
  AccountSid: accountSid,
  MessageSid: 'SM1',
  MessageStatus: said,
  SmsStatus: said,
  To: '+491713920012',
  From: '+491713920099',
  ...some,
});
const read = (request: WebhookRequest, some: Partial<TwilioWebhookSettings> = {}) =>
  readTwilioWebhook({ ...settings, ...some }, request, at);

test.each([
  ['a form', form(text(' Thank you! '))],
  ['JSON', json(text(' Thank you! '))],
])('a text as %s', (_how, request) => {
  expect(read(request)).toEqual({
    is: 'inbound',
    inbound: {
      channel: 'sms',
      kind: 'message',
      providerKey: 'SM1',
      from: '+491713920012',
      to: '+491713920099',
      messageId: 'SM1',
      inReplyTo: null,
      references: [],
      subject: null,
      text: 'Thank you!',
      fullText: ' Thank you! ',
      at,
      bounceOf: null,
    },
  });
});

test.each(['STOP', ' stop ', 'Stopall', 'UNSUBSCRIBE', 'cancel', 'END', 'quit', 'Stop.'])('%j is STOP', (body) => {
  expect(read(form(text(body)))).toMatchObject({ inbound: { kind: 'stop' } });
});
test.each(['Please stop', 'Stop by tomorrow', 'the end', 'START', 'YES', ''])('%j is not STOP', (body) => {
  expect(read(form(text(body)))).toMatchObject({ inbound: { kind: 'message' } });
});
test('what Twilio itself took as STOP is STOP', () => {
  expect(read(form(text('ARRÊT', { OptOutType: 'STOP' })))).toMatchObject({ inbound: { kind: 'stop' } });
});

test.each([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['undelivered', 'undelivered'],
  ['failed', 'failed'],
])('status %s', (said, known) => {
  const receipt = { channel: 'sms', providerId: 'SM1', status: known, at, errorCode: null };
  expect(read(form(status(said)))).toEqual({ is: 'receipt', receipt });
});
test('a status with an error keeps its code', () => {
  expect(read(form(status('undelivered', { ErrorCode: '30006' })))).toMatchObject({ receipt: { errorCode: '30006' } });
});
test.each(['queued', 'sending', 'accepted', 'something new'])('status %s on the way is nothing to act on', (said) => {
  expect(read(form(status(said)))).toEqual({ is: 'nothing' });
});

describe('forged', () => {
  const good = form(text('Hi'));
  const goodJson = json(text('Hi'));
  test.each<[string, WebhookRequest]>([
    ['without signature', { ...good, signature: '' }],
    ['with another signature', { ...good, signature: form(text('Ho')).signature }],
    ['with a signature of another length', { ...good, signature: `${good.signature}=` }],
    ['signed with another token', form(text('Hi'), { token: 'other' })],
    ['signed for another host', form(text('Hi'), { url: `https://evil.example.com${path}` })],
    ['signed for another path', { ...good, path: '/webhooks/other' }],
    ['with another query', { ...good, path: `${path}&more=1` }],
    ['with a changed body', { ...good, body: good.body.replace('Hi', 'Ho') }],
    ['with one more field', { ...good, body: `${good.body}&Extra=1` }],
    ['with a field twice', { ...good, body: `${good.body}&Body=Ho` }],
    ['JSON with a changed body', { ...goodJson, body: goodJson.body.replace('Hi', 'Ho') }],
    ['JSON under a hash of its own', { ...json(text('Ho')), signature: goodJson.signature }],
    ['JSON in a form’s clothes', { ...goodJson, contentType: 'application/x-www-form-urlencoded' }],
    [
      'JSON under a signed address without a hash',
      { ...form({}), contentType: 'application/json', body: JSON.stringify(text('Hi')) },
    ],
    ['an address of somebody else', { ...good, path: '@evil.example.com/' }],
    ['another account', form(text('Hi', { AccountSid: `AC${'9'.repeat(32)}` }))],
  ])('%s', (_how, request) => {
    expect(read(request)).toEqual({ is: 'forged' });
  });
});

test('while a token is exchanged, both are taken', () => {
  expect(read(form(text('Hi'), { token: 'new' }), { authTokens: ['token', 'new'] })).toMatchObject({ is: 'inbound' });
  expect(read(form(text('Hi')), { authTokens: ['token', 'new'] })).toMatchObject({ is: 'inbound' });
  expect(read(form(text('Hi')), { authTokens: ['new'] })).toEqual({ is: 'forged' });
  expect(read(form(text('Hi')), { authTokens: [] })).toEqual({ is: 'forged' });
});

test.each<[string, WebhookRequest]>([
  ['fields of something else', form({ AccountSid: accountSid, CallSid: 'CA1' })],
  ['a text without a body', form({ AccountSid: accountSid, MessageSid: 'SM1', From: '+1', To: '+2' })],
  ['a JSON list', json([1])],
  ['an array for a word', json({ ...text('Hi'), Body: ['Hi'] })],
])('signed but unreadable: %s', (_what, request) => {
  expect(read(request)).toMatchObject({ is: 'unreadable' });
});

test('a prototype in JSON changes nothing', () => {
  const body = JSON.stringify(text('Hi')).replace('{', '{"__proto__":{"polluted":1},');
  const hashed = `/webhooks/twilio?bodySHA256=${createHash('sha256').update(body).digest('hex')}`;
  const signature = createHmac('sha1', 'token').update(`${settings.publicUrl}${hashed}`).digest('base64');
  expect(read({ path: hashed, contentType: 'application/json', body, signature })).toMatchObject({ is: 'inbound' });
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('receipts in any order: the status never goes back', () => {
  expect(isNews(null, 'sent')).toBe(true);
  expect(isNews('sent', 'delivered')).toBe(true);
  expect(isNews('delivered', 'sent')).toBe(false);
  expect(isNews('delivered', 'delivered')).toBe(false);
  expect(isNews('failed', 'delivered')).toBe(false);
});
