import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ownApi, type Answer, type OwnApi } from './own-api.ts';
import { publishSamples, rowsOf } from './samples.ts';

let api: OwnApi;
beforeAll(async () => {
  api = await ownApi();
  await publishSamples(api);
});
afterAll(() => api.stop());

let made = 0;
let at: string;
beforeEach(async () => {
  at = `/v1/customers/here-${++made}`;
  await api.call('PUT', at, { body: { zone: 'Europe/Berlin', addresses: [] } });
  const consent = { channel: 'voice', purpose: 'service', granted: true, source: 'form' };
  const given = await api.call('POST', `${at}/consents`, { body: consent });
  if (given.status >= 300) throw new Error(given.text);
});
const be = (agent: string, doing: string): Promise<Answer> =>
  api.call('PUT', `${at}/presence`, { body: { agent, doing } });
const call = (agent: string, key: string, why?: string): Promise<Answer> =>
  api.call('POST', `${at}/calls`, {
    body: { agent, ...(why !== undefined && { why }) },
    headers: { 'idempotency-key': key },
  });
const there = async (): Promise<string[]> => {
  const { items } = (await api.call('GET', `${at}/presence`)).body as { items: { agent: string; doing: string }[] };
  return items.map(({ agent, doing }) => `${agent} ${doing}`);
};

describe('Two people at one customer', () => {
  it('see each other, and are gone when they say so or say nothing more', async () => {
    expect((await be('Ana', 'reading')).body).toEqual({ items: [] });
    expect((await be('Ben', 'writing')).body).toMatchObject({ items: [{ agent: 'Ana', doing: 'reading' }] });
    expect((await be('Ana', 'writing')).body).toMatchObject({ items: [{ agent: 'Ben', doing: 'writing' }] });
    expect(await there()).toEqual(['Ben writing', 'Ana writing']);
    await api.db
      .updateTable('presence')
      .set({ until: new Date(0) })
      .where('agent', '=', 'Ben')
      .execute();
    expect(await there()).toEqual(['Ana writing']);
    expect((await api.call('DELETE', `${at}/presence/Ana`)).status).toBe(204);
    expect(await there()).toEqual([]);
    expect((await be('Ana', 'singing')).status).toBe(400);
    expect((await api.call('GET', '/v1/customers/nobody/presence')).status).toBe(404);
  });
});

describe("'I am calling now'", () => {
  const touches = async (): Promise<number> =>
    (
      await api.db
        .selectFrom('touches')
        .select('id')
        .where('customer_id', '=', at.slice('/v1/customers/'.length))
        .execute()
    ).length;

  it('counts one touch at once, however often it is said, and others see it', async () => {
    const first = await call('Ana', 'k1');
    expect(first).toMatchObject({ status: 200, body: { counted: true, warnings: [] } });
    const { touchId } = first.body as { touchId: string };
    expect((await call('Ana', 'k1')).body).toMatchObject({ counted: true, touchId });
    const touch = await api.db.selectFrom('touches').selectAll().where('id', '=', touchId).executeTakeFirstOrThrow();
    expect(touch).toMatchObject({ made_by: 'human', channel: 'voice', state: 'sent', cost: 4 });
    expect(await touches()).toBe(1);
    expect(await there()).toEqual(['Ana calling']);
  });

  it('warns whoever calls second, who goes on only with a reason, which designers read', async () => {
    await call('Ana', 'k1');
    const before = await rowsOf(api.db);
    const warned = await call('Ben', 'k2');
    expect(warned.body).toMatchObject({ counted: false, touchId: null });
    const { warnings } = warned.body as { warnings: { gate: string; rule: string }[] };
    expect(warnings[0]).toMatchObject({
      gate: 'a colleague',
      rule: 'Ana is calling them',
      since: expect.stringMatching(/Z$/),
    });
    expect(await rowsOf(api.db)).toEqual(before);
    expect((await call('Ben', 'k2', 'they asked for me')).body).toMatchObject({ counted: true, warnings });
    expect(await touches()).toBe(2);
    expect((await call('Ben', 'k2')).body).toMatchObject({ counted: true });
    const listed = await api.call('GET', `/v1/overrides?customerId=${at.slice('/v1/customers/'.length)}`);
    expect(listed.body).toMatchObject({ items: [{ agent: 'Ben', why: 'they asked for me', warnings }], next: null });
  });

  it('is counted once each when two say it at once, and the second is warned', async () => {
    const both = await Promise.all([call('Ana', 'a'), call('Ben', 'b')]);
    expect(both.map(({ body }) => (body as { counted: boolean }).counted).sort()).toEqual([false, true]);
    expect(await touches()).toBe(1);
  });

  it('wants somebody, a key, and a customer', async () => {
    expect((await api.call('POST', `${at}/calls`, { body: { agent: 'Ana' } })).body).toMatchObject({
      faults: [{ field: 'header.idempotency-key' }],
    });
    at = '/v1/customers/nobody';
    expect((await call('Ana', 'k')).status).toBe(404);
  });
});
