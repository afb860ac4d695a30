import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '../../store/open.ts';
import { ownApi, type OwnApi } from './own-api.ts';

let api: OwnApi;
beforeAll(async () => {
  api = await ownApi({ limits: { requestsPerMinute: 20, webhooksPerMinute: 3 } });
});
afterAll(() => api.stop());

describe('A flood', () => {
  it('of one key is answered with 429, and other keys are not', async () => {
    const key = await api.keyWith('keys:read');
    const answers = await Promise.all(Array.from({ length: 200 }, () => api.call('GET', '/v1/keys', { key })));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(20);
    const refused = answers.find((answer) => answer.status === 429);
    expect(refused).toMatchObject({
      body: { code: 'too-many-requests' },
      headers: { 'retry-after': expect.stringMatching(/^([1-9]|[1-5]\d|60)$/) },
    });
    expect((await api.call('GET', '/v1/keys')).status).toBe(200);
  });
  it('of guesses at keys is counted by address, even at addresses that are not there', async () => {
    const statuses = [];
    for (let i = 0; i < 30; i++) {
      const guess = `rt_${String(i).padStart(43, 'A')}`;
      statuses.push((await api.call('GET', i % 2 ? '/v1/keys' : '/v1/nothing', { key: guess })).status);
    }
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
  });
  it('of webhooks has its own limit, and questions about health have none', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const statuses = [];
    for (let i = 0; i < 5; i++)
      statuses.push((await api.call('POST', '/webhooks/twilio/status', { key: null, raw: 'x=1', headers })).status);
    expect(statuses).toEqual([403, 403, 403, 429, 429]);
    for (let i = 0; i < 30; i++) expect((await api.call('GET', '/health', { key: null })).status).toBe(200);
  });
});

describe('Without its database', () => {
  it('says that it is unavailable, when to try again, and nothing of its insides', async () => {
    const db = openDatabase('postgres://nobody:secret-password@127.0.0.1:1/none', { schema: 'righttouch' });
    const cut = await ownApi({ db });
    const answer = await cut.call('GET', '/v1/keys');
    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' }, headers: { 'retry-after': '2' } });
    expect(answer.text).not.toMatch(/ECONNREFUSED|127\.0\.0\.1/);
    expect(cut.logged.join('')).toMatch(/"code":"ECONNREFUSED".*"route":"\/v1\/keys"/);
    expect(cut.logged.join('')).not.toContain('secret-password');
    expect(await cut.call('GET', '/ready', { key: null })).toMatchObject({
      status: 503,
      body: { checks: { database: 'unreachable' } },
    });
    expect((await cut.call('GET', '/health', { key: null })).status).toBe(200);
    await cut.stop();
    await db.destroy();
  });
});
