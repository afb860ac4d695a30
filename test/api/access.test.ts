import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { access, scopes, type Scope } from '../../api/access.ts';
import { revokeApiKey } from '../../store/api-keys.ts';
import { ownApi, type OwnApi } from './own-api.ts';

let api: OwnApi;
let others: Map<Scope, string>;
beforeAll(async () => {
  api = await ownApi({ limits: { keysRememberedMs: 0 } });
  others = new Map();
  for (const scope of scopes) others.set(scope, await api.keyWith(...scopes.filter((other) => other !== scope)));
});
afterAll(() => api.stop());

const routes = Object.entries(access).map(([route, needed]) => {
  const [method = '', path = ''] = route.split(' ');
  return { method: method as 'GET', url: path.replace(/:version/, '1').replace(/:\w+/g, 'x'), needed };
});
const keyed = routes.filter(({ needed }) => !['open', 'signed', 'person'].includes(needed));

describe('Who may call what', () => {
  it('serves exactly the routes of the table', () => {
    const served = Object.keys(access).filter((route) => {
      const [method = '', url = ''] = route.split(' ');
      return !api.app.hasRoute({ method: method, url });
    });
    expect(served).toEqual([]);
  });
  it('does not start with a route that nobody said who may call', async () => {
    const { default: fastify } = await import('fastify');
    const { watchRoutes } = await import('../../api/addresses-served.ts');
    const app = fastify();
    watchRoutes(app);
    expect(() => app.get('/v1/secrets', () => '')).toThrow("Route 'GET /v1/secrets' has no line in api/access.ts");
  });
  it.each(keyed)(
    'refuses $method $url without a key, with a made-up key, and with a key for all but $needed',
    async ({ method, url, needed }) => {
      const without = await api.call(method, url, { key: null });
      expect(without).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
      expect(without.headers['www-authenticate']).toBe('Bearer realm="righttouch"');
      expect((await api.call(method, url, { key: `rt_${'A'.repeat(43)}` })).status).toBe(401);
      expect((await api.call(method, url, { key: null, headers: { authorization: `Basic ${api.key}` } })).status).toBe(
        401,
      );
      const other = others.get(needed as Scope) ?? '';
      expect(await api.call(method, url, { key: other })).toMatchObject({
        status: 403,
        body: { code: 'missing-scope' },
      });
    },
  );
  it('refuses webhooks that are not signed', async () => {
    for (const { method, url } of routes.filter((route) => route.needed === 'signed')) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      expect(await api.call(method, url, { raw: 'MessageSid=SM1&Body=Hello', headers })).toMatchObject({ status: 403 });
    }
  });
});

describe('API keys', () => {
  it('are shown once, and kept as a hash', async () => {
    const made = await api.call('POST', '/v1/keys', { body: { name: 'crm', scopes: ['events:write'] } });
    expect(made).toMatchObject({ status: 201, body: { name: 'crm', scopes: ['events:write'], revokedAt: null } });
    const { secret } = made.body as { secret: string };
    expect(secret).toMatch(/^rt_[\w-]{43}$/);
    const rows = await api.db.selectFrom('api_keys').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(Buffer.concat(rows.map((row) => row.hash)).includes(Buffer.from(secret))).toBe(false);
    expect((await api.call('GET', '/v1/keys')).text).not.toContain(secret);
    expect(await api.call('POST', '/v1/keys', { body: { name: 'crm', scopes: ['events:write'] } })).toMatchObject({
      status: 409,
    });
  });
  it('give no more than they have', async () => {
    const key = await api.keyWith('keys:write', 'events:write');
    const answer = await api.call('POST', '/v1/keys', {
      key,
      body: { name: 'climber', scopes: ['events:write', 'tasks:write'] },
    });
    expect(answer).toMatchObject({
      status: 403,
      body: { code: 'missing-scope', faults: [{ field: 'scopes.1', value: 'tasks:write' }] },
    });
  });
  it('are refused once they are revoked', async () => {
    const key = await api.keyWith('keys:read');
    expect((await api.call('GET', '/v1/keys', { key })).status).toBe(200);
    const { name } = (
      (await api.call('GET', '/v1/keys?limit=200')).body as { items: { name: string; scopes: string[] }[] }
    ).items.find(({ scopes: given }) => given.length === 1 && given[0] === 'keys:read') ?? { name: '' };
    expect(await api.call('DELETE', `/v1/keys/${name}`)).toMatchObject({ status: 200, body: { name } });
    expect((await api.call('GET', '/v1/keys', { key })).status).toBe(401);
  });
  it('come in pages', async () => {
    const names: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const answer: { body: unknown } = await api.call('GET', `/v1/keys?limit=5${next && `&after=${next}`}`);
      const body = answer.body as { items: { name: string }[]; next: string | null };
      names.push(...body.items.map((item) => item.name));
      next = body.next;
    }
    const all = await api.db.selectFrom('api_keys').select('name').orderBy('name').execute();
    expect(names).toEqual(all.map((row) => row.name));
  });
});

describe('A revoked key', () => {
  it('is remembered for less than 5 s by default', async () => {
    const { defaultLimits } = await import('../../api/limits.ts');
    expect(defaultLimits.keysRememberedMs).toBeLessThan(5_000);
    expect(await revokeApiKey(api.db, 'nobody', 0)).toBeUndefined();
  });
});
