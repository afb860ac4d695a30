import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { monday, ownApi, type Answer, type OwnApi } from './own-api.ts';
import { asPerson, ourOrigin, signedIn, type Person } from './own-people.ts';

let api: OwnApi;
let ben: Person;
const password = 'a long way to Tipperary';
beforeAll(async () => {
  api = await ownApi({ limits: { signInsPerMinute: 8 } });
  ben = await signedIn(api, { name: 'ben', role: 'agent', teams: ['care'] });
  await ben.call('PUT', '/v1/session/password', { body: { password } });
});
afterAll(() => api.stop());

const signIn = (body: object, headers: Record<string, string> = {}): Promise<Answer> =>
  api.call('POST', '/v1/session', { key: null, body, headers: { origin: ourOrigin, ...headers } });
const secretIn = (answer: Answer): string =>
  /__Host-righttouch=([\w-]{43});/.exec(String(answer.headers['set-cookie']))?.[1] ?? '';

describe('Signing in', () => {
  it('gives a cookie that no script reads, no other site sends, and only TLS carries', async () => {
    const answer = await signIn({ name: 'ben', password });
    expect(answer).toMatchObject({ status: 200, body: { name: 'ben', role: 'agent', teams: ['care'] } });
    const cookie = String(answer.headers['set-cookie']);
    for (const part of ['__Host-righttouch=', 'HttpOnly', 'SameSite=Strict', 'Secure', 'Path=/'])
      expect(cookie).toContain(part);
    expect(answer.headers['cache-control']).toBe('no-store');
    const again = await asPerson(api, secretIn(answer)).call('GET', '/v1/session');
    expect(again).toMatchObject({ status: 200, body: { name: 'ben', hasPassword: true } });
  });
  it('keeps neither the session nor the password as they are', async () => {
    const secret = secretIn(await signIn({ name: 'ben', password }));
    const { rows } = await sql<{ row: string }>`
      select row_to_json(a)::text as row from accounts a union all select row_to_json(s)::text from sessions s`.execute(
      api.db,
    );
    const kept = rows.map(({ row }) => row).join('\n');
    expect(kept).toContain('scrypt$32768$8$3$');
    expect(kept).not.toContain(password);
    expect(kept).not.toContain(secret);
    expect(kept).not.toContain(Buffer.from(secret).toString('hex'));
    expect(api.logged.join('')).not.toContain(secret);
  });
  it('says the same of a wrong password, of nobody and of somebody who may no longer come in', async () => {
    await api.call('POST', '/v1/accounts', { body: { name: 'gone', role: 'agent' } });
    await api.call('DELETE', '/v1/accounts/gone');
    const answers = [
      await signIn({ name: 'ben', password: 'wrong' }),
      await signIn({ name: 'nobody', password }),
      await signIn({ name: 'gone', password }),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 401, body: { code: 'wrong-sign-in' } });
      expect(answer.headers).not.toHaveProperty('set-cookie');
    }
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });
  it('is slow to guess, wherever the guesses come from', async () => {
    await signedIn(api, { name: 'eve', role: 'agent', teams: [] });
    const statuses: number[] = [];
    for (let i = 0; i < 10; i += 1) statuses.push((await signIn({ name: 'eve', password: `guess ${i}` })).status);
    expect(statuses).toEqual([...Array<number>(8).fill(401), 429, 429]);
  });
});

describe('A link', () => {
  const open = (link: string): Promise<Answer> =>
    api.call('POST', '/v1/session/link', { key: null, body: { link }, headers: { origin: ourOrigin } });
  const made = async (name: string): Promise<string> =>
    (
      (await api.call('POST', '/v1/accounts', { body: { name, role: 'lead', teams: ['care'] } })).body as {
        link: string;
      }
    ).link;

  it('opens the desk once', async () => {
    const link = await made('lea');
    expect(await open(link)).toMatchObject({ status: 200, body: { name: 'lea', hasPassword: false } });
    expect(await open(link)).toMatchObject({ status: 401, body: { code: 'wrong-sign-in' } });
  });
  it('has an end, and ends with the account', async () => {
    const late = await made('leo');
    api.clock.now = monday + 25 * 3_600_000;
    expect((await open(late)).status).toBe(401);
    api.clock.now = monday;
    const useless = await made('lia');
    await api.call('DELETE', '/v1/accounts/lia');
    expect((await open(useless)).status).toBe(401);
    expect(await api.call('POST', '/v1/accounts/lia/links')).toMatchObject({ status: 409 });
  });
  it('gives nobody more than whoever made it has', async () => {
    const key = await api.keyWith('accounts:write', 'tasks:read');
    expect(await api.call('POST', '/v1/accounts', { key, body: { name: 'climber', role: 'ops' } })).toMatchObject({
      status: 403,
      body: { code: 'missing-scope' },
    });
  });
});

describe('A session', () => {
  it('ends when it is signed out, when nobody used it for half a day, and after a week', async () => {
    const begin = async (): Promise<Person> => asPerson(api, secretIn(await signIn({ name: 'ben', password })));
    const signedOut = await begin();
    const left = await signedOut.call('DELETE', '/v1/session');
    expect(String(left.headers['set-cookie'])).toContain('Max-Age=0');
    expect((await signedOut.call('GET', '/v1/session')).status).toBe(401);
    const idle = await begin();
    api.clock.now = monday + 13 * 3_600_000;
    expect((await idle.call('GET', '/v1/session')).status).toBe(401);
    api.clock.now = monday + 26 * 3_600_000;
    const busy = await begin();
    const began = api.clock.now;
    let lasted = 0;
    for (; (await busy.call('GET', '/v1/session')).status === 200; lasted += 10)
      api.clock.now = began + (lasted + 10) * 3_600_000;
    expect(lasted).toBe(170); // The first look beyond seven days, ten hours at a time.
    api.clock.now = monday;
  });
  it('ends for all others when the password changes', async () => {
    const kim = await signedIn(api, { name: 'kim', role: 'agent', teams: ['care'] });
    expect((await kim.call('PUT', '/v1/session/password', { body: { password } })).status).toBe(200);
    const other = asPerson(api, secretIn(await signIn({ name: 'kim', password })));
    expect((await kim.call('PUT', '/v1/session/password', { body: { password: `${password}!` } })).status).toBe(200);
    expect((await other.call('GET', '/v1/session')).status).toBe(401);
    expect((await kim.call('GET', '/v1/session')).status).toBe(200);
    expect((await kim.call('PUT', '/v1/session/password', { body: { password: 'short' } })).status).toBe(400);
  });
  it('is not enough from another page: of 100 forged requests none is taken', async () => {
    const olga = await signedIn(api, { name: 'olga', role: 'ops', teams: [] });
    const accounts = async (): Promise<number> => (await api.db.selectFrom('accounts').select('id').execute()).length;
    const before = await accounts();
    const forged = [
      'https://evil.example',
      'http://localhost:81',
      'http://localhost.evil.example',
      'null',
      'http://touch.example.com',
    ];
    const statuses: number[] = [];
    for (let i = 0; i < 100; i += 1) {
      const headers: Record<string, string> = { origin: forged[i % forged.length] ?? '' };
      const body = { name: `robot-${i}`, role: 'agent' };
      statuses.push((await olga.call('POST', '/v1/accounts', { body, headers })).status);
    }
    expect(new Set(statuses)).toEqual(new Set([403]));
    expect(await accounts()).toBe(before);
    expect((await olga.call('POST', '/v1/accounts', { body: { name: 'asked-for', role: 'agent' } })).status).toBe(201);
    expect(await olga.call('DELETE', '/v1/session', { headers: { origin: 'https://evil.example' } })).toMatchObject({
      status: 403,
      body: { code: 'other-origin' },
    });
    expect((await olga.call('DELETE', '/v1/session', { headers: { 'sec-fetch-site': 'same-site' } })).status).toBe(403);
    expect((await api.call('DELETE', '/v1/session', { key: null, headers: { cookie: olga.cookie } })).status).toBe(403);
    expect(await signIn({ name: 'ben', password }, { origin: 'https://evil.example' })).toMatchObject({ status: 403 });
    expect((await olga.call('GET', '/v1/session')).status).toBe(200);
  });
});
