import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { monday, ownApi, type OwnApi } from './own-api.ts';
import { publishSamples, samples } from './samples.ts';

let api: OwnApi;
beforeAll(async () => {
  api = await ownApi();
  await publishSamples(api);
});
afterAll(() => api.stop());

const ana = {
  zone: 'Europe/Berlin',
  locale: 'de',
  fields: { firstName: 'Ana', plan: 'plus' },
  addresses: [{ channel: 'email', address: 'Ana@Example.COM' }],
};
const inquiry = (id: string, customerId = 'ana'): object => ({
  customerId,
  type: 'inquiry-received',
  data: { inquiryId: id, topic: 'billing', urgent: false },
  idempotencyKey: `key-${id}`,
});
const enrol = async (id: string): Promise<{ enrolmentId: string; journey: string }[]> =>
  (
    (await api.call('POST', '/v1/events', { body: inquiry(id) })).body as {
      started: { enrolmentId: string; journey: string }[];
    }
  ).started;

describe('Customers', () => {
  it('are created, changed in part, and read', async () => {
    const made = await api.call('PUT', '/v1/customers/ana', { body: ana });
    expect(made).toMatchObject({
      status: 201,
      body: { id: 'ana', addresses: [{ channel: 'email', address: 'ana@example.com' }], fields: { plan: 'plus' } },
    });
    const changed = await api.call('PUT', '/v1/customers/ana', { body: { fields: { plan: 'gold', keyClient: true } } });
    expect(changed).toMatchObject({
      status: 200,
      body: { zone: 'Europe/Berlin', fields: { firstName: 'Ana', plan: 'gold', keyClient: true } },
    });
    await api.call('PUT', '/v1/customers/ana', { body: { fields: { keyClient: null } } });
    expect((await api.call('GET', '/v1/customers/ana')).body).toMatchObject({
      fields: { firstName: 'Ana', plan: 'gold' },
      createdAt: new Date(monday).toISOString(),
    });
    expect(((await api.call('GET', '/v1/customers/ana')).body as { fields: object }).fields).not.toHaveProperty(
      'keyClient',
    );
    expect((await api.call('GET', '/v1/customers/nobody')).status).toBe(404);
  });
  it('are listed in pages', async () => {
    for (const id of ['ben', 'cem', 'dea']) await api.call('PUT', `/v1/customers/${id}`, { body: {} });
    const first = await api.call('GET', '/v1/customers?limit=2');
    expect(first.body).toMatchObject({ items: [{ id: 'ana' }, { id: 'ben' }] });
    const second = await api.call('GET', `/v1/customers?limit=2&after=${(first.body as { next: string }).next}`);
    expect(second.body).toMatchObject({ items: [{ id: 'cem' }, { id: 'dea' }], next: null });
  });
  it('have consents with source and proof, and the last one of a purpose reaches the budget', async () => {
    const yes = { channel: 'email', purpose: 'marketing', granted: true, source: 'web form', proof: 'form 12' };
    expect(await api.call('POST', '/v1/customers/ana/consents', { body: yes })).toMatchObject({
      status: 201,
      body: { ...yes, actor: 'everything' },
    });
    await api.call('POST', '/v1/customers/ana/consents', { body: { ...yes, granted: false } });
    expect((await api.call('GET', '/v1/customers/ana/consents')).body).toMatchObject({
      items: [{ granted: true }, { granted: false }],
    });
    const { gates } = await api.db
      .selectFrom('budgets')
      .select('gates')
      .where('customer_id', '=', 'ana')
      .executeTakeFirstOrThrow();
    expect(gates.consents).toEqual([{ channel: 'email', purpose: 'marketing', granted: false }]);
  });
  it('are stopped and let go', async () => {
    const stopped = await api.call('POST', '/v1/customers/ana/suppressions', {
      body: { channel: 'all', reason: 'Asked on the phone' },
    });
    expect(stopped).toMatchObject({
      status: 201,
      body: { items: [{ channel: 'all', reason: 'Asked on the phone', actor: 'everything' }] },
    });
    expect(await api.call('DELETE', '/v1/customers/ana/suppressions/all')).toMatchObject({
      status: 200,
      body: { items: [] },
    });
    expect((await api.call('GET', '/v1/customers/ana/suppressions')).body).toEqual({ items: [] });
    expect((await api.call('DELETE', '/v1/customers/nobody/suppressions/all')).status).toBe(404);
  });
  it('have a why and a conversation, empty at first', async () => {
    const empty = { touches: [], notes: [], turnedAway: [], next: null };
    expect((await api.call('GET', '/v1/customers/ben/why')).body).toEqual({
      customerId: 'ben',
      for: 'designer',
      ...empty,
    });
    expect((await api.call('GET', '/v1/customers/ben/why?for=customer&language=de')).body).toEqual({
      customerId: 'ben',
      for: 'customer',
      language: 'de',
      items: [],
      next: null,
    });
    expect((await api.call('GET', '/v1/customers/ben/why?for=nobody')).status).toBe(400);
    expect((await api.call('GET', '/v1/customers/ben/conversation')).body).toEqual({ items: [], next: null });
    expect((await api.call('GET', '/v1/customers/nobody/why')).status).toBe(404);
    expect((await api.call('GET', '/v1/customers/nobody/conversation')).status).toBe(404);
  });
});

describe('Events', () => {
  it('are taken once for each key', async () => {
    const first = await api.call('POST', '/v1/events', { body: inquiry('i-1') });
    expect(first).toMatchObject({ status: 201, body: { taken: 'new' } });
    expect(first.body).toMatchObject({ started: [{ journey: 'inquiry', version: 1 }], deliveries: [] });
    const again = await api.call('POST', '/v1/events', { body: inquiry('i-1') });
    expect(again).toMatchObject({ status: 200, body: { ...(first.body as object), taken: 'again' } });
    const other = await api.call('POST', '/v1/events', { body: { ...inquiry('i-2'), idempotencyKey: 'key-i-1' } });
    expect(other).toMatchObject({
      status: 409,
      body: { code: 'different-body', faults: [{ field: 'idempotencyKey' }] },
    });
    expect(await api.db.selectFrom('events').select('id').execute()).toHaveLength(1);
  });
  it('are one event, however many send them at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api.call('POST', '/v1/events', { body: inquiry('i-3') })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([...Array.from({ length: 19 }, () => 200), 201]);
    expect(new Set(answers.map((answer) => (answer.body as { eventId: string }).eventId)).size).toBe(1);
  });
  it('take the key from the header as well, but not two of them', async () => {
    const { idempotencyKey: _, ...body } = inquiry('i-4') as { idempotencyKey: string };
    expect((await api.call('POST', '/v1/events', { body, headers: { 'idempotency-key': 'h-4' } })).status).toBe(201);
    expect(
      (await api.call('POST', '/v1/events', { body: inquiry('i-4'), headers: { 'idempotency-key': 'h-5' } })).status,
    ).toBe(400);
    expect((await api.call('POST', '/v1/events', { body })).body).toMatchObject({
      faults: [{ field: 'idempotencyKey' }],
    });
  });
  it('wake whoever tells Temporal', async () => {
    const [run] = await enrol('i-6');
    const row = await api.db
      .selectFrom('outbox')
      .selectAll()
      .where('ref', '=', run?.enrolmentId ?? '')
      .executeTakeFirst();
    expect(row).toMatchObject({ kind: 'enrolment', attempts: 0 });
  });
});

describe('Enrolments', () => {
  it('are listed by customer, journey and state, newest first, in pages', async () => {
    api.clock.now = monday + 60_000;
    await enrol('i-7');
    const all = await api.call('GET', '/v1/enrolments?customerId=ana&journey=inquiry&state=running&limit=200');
    const ids = (all.body as { items: { id: string }[] }).items.map((item) => item.id);
    const paged: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const answer = await api.call(
        'GET',
        `/v1/enrolments?customerId=ana&journey=inquiry&state=running&limit=2${next && `&after=${next}`}`,
      );
      const body = answer.body as { items: { id: string }[]; next: string | null };
      paged.push(...body.items.map((item) => item.id));
      next = body.next;
    }
    expect(paged).toEqual(ids);
    expect(ids.length).toBeGreaterThan(3);
    expect((await api.call('GET', '/v1/enrolments?state=ended')).body).toEqual({ items: [], next: null });
  });
  it('are cancelled by a delivery that their run takes', async () => {
    const [run] = await enrol('i-8');
    const id = run?.enrolmentId ?? '';
    expect(await api.call('POST', `/v1/enrolments/${id}/cancel`)).toMatchObject({
      status: 202,
      body: { id, state: 'running', delivered: 1 },
    });
    const delivery = await api.db
      .selectFrom('deliveries')
      .selectAll()
      .where('enrolment_id', '=', id)
      .executeTakeFirst();
    expect(delivery).toMatchObject({ kind: 'cancel', body: { kind: 'cancel', by: 'everything' } });
    await api.db
      .updateTable('enrolments')
      .set({ state: 'ended', outcome: 'cancelled', ended_at: new Date(monday) })
      .where('id', '=', id)
      .execute();
    expect(await api.call('POST', `/v1/enrolments/${id}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'not-possible-now' },
    });
    expect((await api.call('GET', `/v1/enrolments/${id}`)).body).toMatchObject({
      state: 'ended',
      outcome: 'cancelled',
    });
    expect((await api.call('POST', '/v1/enrolments/e_none/cancel')).status).toBe(404);
  });
});

describe('Journeys', () => {
  it('are published once: the same again changes nothing, another one is the next version', async () => {
    const bundle = await samples();
    expect((await api.call('POST', '/v1/journeys', { body: bundle })).body).toMatchObject({
      published: bundle.journeys.map(() => ({ version: 1, isNew: false })),
    });
    const starter = bundle.journeys.find(({ definition }) => definition['name'] === 'starter');
    if (starter) starter.definition['story'] = 'Told in another way.';
    const answer = await api.call('POST', '/v1/journeys', { body: { ...bundle, journeys: [starter] } });
    expect(answer).toMatchObject({ status: 200, body: { published: [{ name: 'starter', version: 2, isNew: true }] } });
    expect((await api.call('GET', '/v1/journeys/starter')).body).toMatchObject({
      version: 2,
      story: 'Told in another way.',
      versions: [{ version: 2 }, { version: 1 }],
    });
    expect((await api.call('GET', '/v1/journeys/starter/versions/1')).body).toMatchObject({
      version: 1,
      definition: { name: 'starter' },
      publishedBy: 'everything',
    });
    expect((await api.call('GET', '/v1/journeys/starter/versions/9')).status).toBe(404);
    expect((await api.call('GET', '/v1/journeys/stater')).status).toBe(404);
    expect((await api.call('GET', '/v1/journeys?limit=2')).body).toMatchObject({
      items: [{ name: 'appointment' }, { name: 'inquiry' }],
    });
  });
});

describe('Kill switches', () => {
  it('are set, listed and lifted', async () => {
    const body = { reason: 'A wrong price went out' };
    expect(await api.call('PUT', '/v1/kill-switches/journey:offer', { body })).toMatchObject({
      status: 200,
      body: { items: [{ scope: 'journey:offer', ...body, actor: 'everything' }] },
    });
    await api.call('PUT', '/v1/kill-switches/journey:offer', { body: { reason: 'Another' } });
    expect((await api.call('PUT', '/v1/kill-switches/all', { body })).body).toMatchObject({
      items: [{ scope: 'all' }, { scope: 'journey:offer', ...body }],
    });
    expect((await api.call('DELETE', '/v1/kill-switches/all')).body).toMatchObject({
      items: [{ scope: 'journey:offer' }],
    });
    expect((await api.call('DELETE', '/v1/kill-switches/journey:offer')).body).toEqual({ items: [] });
  });
});

describe('For those who run it', () => {
  it('tells whether it lives and can work', async () => {
    expect(await api.call('GET', '/health', { key: null })).toMatchObject({ status: 200, body: { alive: true } });
    expect(await api.call('GET', '/ready', { key: null })).toMatchObject({
      status: 200,
      body: { ready: true, checks: { database: 'ok' } },
    });
    const other = await ownApi({ schema: 'elsewhere', checks: { temporal: () => Promise.reject(new Error('gone')) } });
    expect(await other.call('GET', '/ready', { key: null })).toMatchObject({
      status: 503,
      body: { ready: false, checks: { database: 'not migrated', temporal: 'unreachable' } },
    });
    await other.stop();
  });
  it('lists what Temporal could not be told', async () => {
    await api.db
      .updateTable('outbox')
      .set({ parked_at: new Date(monday), last_error: 'no such namespace', attempts: 5 })
      .execute();
    const parked = await api.call('GET', '/v1/outbox/parked?limit=1');
    expect(parked.body).toMatchObject({ items: [{ attempts: 5, lastError: 'no such namespace' }] });
    expect((parked.body as { next: string | null }).next).not.toBeNull();
  });
  it('has metrics for Prometheus', async () => {
    const { status, text } = await api.call('GET', '/metrics');
    expect(status).toBe(200);
    expect(text).toMatch(/^righttouch_running_enrolments [1-9]/m);
    expect(text).toMatch(/^righttouch_outbox\{state="parked"\} [1-9]/m);
    expect(text).toMatch(
      /^righttouch_http_duration_seconds_count\{method="POST",route="\/v1\/events",status="201"\} [1-9]/m,
    );
  });
  it('does not log who anybody is', () => {
    const all = api.logged.join('\n');
    for (const personal of ['ana@example.com', 'Ana', api.key]) expect(all).not.toContain(personal);
  });
});
