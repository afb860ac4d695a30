import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { ownApi, type Answer, type OwnApi } from './own-api.ts';
import { publishSamples, rowsOf } from './samples.ts';

const token = 'twilio-token-of-the-test';
const publicUrl = 'https://touch.example.com';
let api: OwnApi;
beforeAll(async () => {
  api = await ownApi();
  await publishSamples(api);
  await api.call('PUT', '/v1/customers/ana', {
    body: { zone: 'Europe/Berlin', addresses: [{ channel: 'sms', address: '+4915112345678' }] },
  });
});
afterAll(() => api.stop());

const text = (sid: string, body: string, from = '+4915112345678'): Record<string, string> => ({
  AccountSid: 'ACtest',
  MessageSid: sid,
  From: from,
  To: '+15005550006',
  Body: body,
});
interface Forgery {
  path?: string;
  signature?: string | null;
  signed?: Record<string, string>;
  key?: string;
}
function post(
  fields: Record<string, string>,
  { path = '/webhooks/twilio/messages', signature, signed = fields, key = token }: Forgery = {},
): Promise<Answer> {
  const sign = signature === undefined ? getExpectedTwilioSignature(key, `${publicUrl}${path}`, signed) : signature;
  return api.call('POST', path, {
    key: null,
    raw: new URLSearchParams(fields).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(sign !== null && { 'x-twilio-signature': sign }),
    },
  });
}

describe("Twilio's webhooks", () => {
  it('take in a text of a customer once, however often it comes', async () => {
    for (let i = 0; i < 3; i++) expect((await post(text('SM1', 'Hello?'))).status).toBe(204);
    const conversation = await api.call('GET', '/v1/customers/ana/conversation');
    expect(conversation.body).toMatchObject({
      items: [{ direction: 'in', channel: 'sms', author: 'customer', body: 'Hello?' }],
    });
    expect((await api.call('GET', '/v1/tasks?customerId=ana')).body).toMatchObject({
      items: [{ team: 'care', state: 'open' }],
    });
  });
  it('keep what somebody unknown wrote', async () => {
    expect((await post(text('SM2', 'Who are you?', '+4915187654321'))).status).toBe(204);
    expect((await api.call('GET', '/v1/unmatched-messages')).body).toMatchObject({
      items: [{ channel: 'sms', sender: '+4915187654321', body: 'Who are you?' }],
    });
  });
  it('take characters that PostgreSQL does not', async () => {
    expect((await post(text('SM3', 'a\0b'))).status).toBe(204);
    const { items } = (await api.call('GET', '/v1/customers/ana/conversation')).body as { items: { body: string }[] };
    expect(items.map((item) => item.body)).toContain('a\uFFFDb');
  });
  it('stop what is asked to be stopped', async () => {
    expect((await post(text('SM4', 'STOP'))).status).toBe(204);
    expect((await api.call('GET', '/v1/customers/ana/suppressions')).body).toMatchObject({
      items: [{ channel: 'sms', actor: 'customer' }],
    });
  });
  it('take receipts of messages nobody knows without a word', async () => {
    const receipt = { AccountSid: 'ACtest', MessageSid: 'SM9', MessageStatus: 'delivered' };
    expect((await post(receipt, { path: '/webhooks/twilio/status' })).status).toBe(204);
  });

  const good = text('SM7', 'Hello');
  const forged: [string, Record<string, string>, Forgery][] = [
    ['without a signature', good, { signature: null }],
    ['with a made-up signature', good, { signature: 'bm9uc2Vuc2U=' }],
    ['signed with another token', good, { key: 'another' }],
    ['changed after it was signed', text('SM7', 'Changed'), { signed: good }],
    ['with a field more than was signed', { ...good, OptOutType: 'STOP' }, { signed: good }],
    ['signed for another account', { ...good, AccountSid: 'ACother' }, {}],
  ];
  it.each(forged)('refuse what comes %s', async (_what, fields, forgery) => {
    const before = await rowsOf(api.db);
    expect(await post(fields, forgery)).toMatchObject({ status: 403, body: { code: 'wrong-signature' } });
    expect(await rowsOf(api.db)).toEqual(before);
  });
  it('refuse everything where they are not set up', async () => {
    const bare = await ownApi({ twilioAuthToken: null });
    const answer = await bare.call('POST', '/webhooks/twilio/messages', {
      key: null,
      raw: 'MessageSid=SM1',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.status).toBe(403);
    await bare.stop();
  });
});
