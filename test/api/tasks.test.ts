import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { deskOf } from '../../store/desk.ts';
import { openTask } from '../../store/tasks/open.ts';
import { monday, ownApi, type Answer, type OwnApi } from './own-api.ts';
import { publishSamples, rowsOf } from './samples.ts';

let api: OwnApi;
beforeAll(async () => {
  api = await ownApi();
  await publishSamples(api);
});
afterAll(() => api.stop());

let made = 0;
let customer: string;
let id: string;
let called: string;
beforeEach(async () => {
  customer = `c-${++made}`;
  await api.call('PUT', `/v1/customers/${customer}`, {
    body: { zone: 'Europe/Berlin', addresses: [{ channel: 'email', address: `${customer}@example.com` }] },
  });
  const opened = await openTask(api.db, {
    customerId: customer,
    team: 'care',
    reasonId: `test/${made}`,
    enrolmentId: null,
    journey: null,
    step: null,
    because: 'Nobody has answered yet',
    within: '4 business hours',
    outcomes: ['answered', 'wrong team'],
    now: monday,
    addSpan: (await deskOf(api.db, 'care')).addSpan,
  });
  if (opened.is !== 'opened') throw new Error('The task was not opened');
  id = opened.taskId;
  called = `T-${opened.number}`;
});

const act = (what: string, body: object, headers: Record<string, string> = {}): Promise<Answer> =>
  api.call('POST', `/v1/tasks/${id}/${what}`, { body, headers });

describe('A task', () => {
  it('is listed, read with its reasons, and known by its number too', async () => {
    const listed = await api.call('GET', `/v1/tasks?customerId=${customer}`);
    expect(listed.body).toMatchObject({ items: [{ id, state: 'open', askedTeam: 'care' }], next: null });
    const whole = await api.call('GET', `/v1/tasks/${called}`);
    expect(whole.body).toMatchObject({
      id,
      reasons: [{ because: 'Nobody has answered yet', outcomes: ['answered', 'wrong team'] }],
      log: [{ action: 'open' }],
    });
    expect((await api.call('GET', '/v1/tasks/T-99999')).status).toBe(404);
  });
  it('is claimed by one of 16 who try at once', async () => {
    const answers = await Promise.all(Array.from({ length: 16 }, (_, i) => act('claim', { agent: `agent-${i}` })));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    const refused = answers.find((answer) => answer.status === 409);
    expect(refused?.body).toMatchObject({
      code: 'not-possible-now',
      detail: expect.stringMatching(/is already claimed by agent-\d+/),
    });
  });
  it('is claimed, released, snoozed and finished with an outcome that its reasons offer', async () => {
    expect((await act('claim', { agent: 'ben' })).body).toMatchObject({ state: 'claimed', claimedBy: 'ben' });
    expect((await act('release', { agent: 'cem' })).status).toBe(409);
    expect((await act('release', { agent: 'ben' })).body).toMatchObject({ state: 'open', claimedBy: null });
    const until = new Date(monday + 3_600_000).toISOString();
    expect((await act('snooze', { agent: 'ben', until })).body).toMatchObject({ state: 'snoozed', deadlineAt: until });
    await act('claim', { agent: 'ben' });
    const before = await rowsOf(api.db);
    const wrong = await act('complete', { agent: 'ben', outcome: 'anserwed' });
    expect(wrong).toMatchObject({ status: 422, body: { faults: [{ field: 'outcome' }] } });
    expect(await rowsOf(api.db)).toEqual(before);
    expect((await act('complete', { agent: 'ben', outcome: 'answered' })).body).toMatchObject({
      state: 'done',
      outcome: 'answered',
      deadlineAt: null,
    });
    expect((await act('claim', { agent: 'ben' })).status).toBe(409);
  });
  it('is handed over, given to somebody else and opened again, each with its reason in the log', async () => {
    const why = 'they asked for a visit';
    expect((await act('hand-over', { agent: 'ben', team: 'field', why })).body).toMatchObject({
      ...{ state: 'open', team: 'field', askedTeam: 'field', askedPerson: null, mergedInto: null },
      dueAt: '2026-03-02T13:00:00.000Z',
    });
    const until = '2026-03-04T09:00:00.000Z';
    await act('claim', { agent: 'ben' });
    await act('snooze', { agent: 'ben', until });
    expect((await act('reassign', { agent: 'lea', to: 'cem', why })).body).toMatchObject({
      ...{ state: 'snoozed', claimedBy: 'cem', deadlineAt: until, dueAt: until },
    });
    await act('claim', { agent: 'cem' });
    await act('complete', { agent: 'cem', outcome: 'answered', why });
    expect((await act('reopen', { agent: 'cem', why })).body).toMatchObject({ state: 'open', outcome: null });
    const { log } = (await api.call('GET', `/v1/tasks/${called}`)).body as { log: Record<string, unknown>[] };
    expect(log.map((line) => [line['actor'], line['action'], line['why']])).toEqual([
      ['engine', 'open', null],
      ['ben', 'hand over', why],
      ['ben', 'claim', null],
      ['ben', 'snooze', null],
      ['lea', 'reassign', why],
      ['cem', 'claim', null],
      ['cem', 'complete', why],
      ['cem', 'reopen', why],
    ]);
    expect(log[1]).toMatchObject({ note: { from: 'care', to: 'field' } });
  });
  it('is refused, with nothing changed, where the request is wrong', async () => {
    const before = await rowsOf(api.db);
    for (const [what, body, fields] of [
      ['claim', {}, ['agent']],
      ['claim', { agent: 'ben', team: 'leads' }, ['team']],
      ['snooze', { agent: 'ben', until: 'tomorrow' }, ['until']],
      ['snooze', { agent: 'ben', until: new Date(monday - 1).toISOString() }, ['until']],
      ['answer', { agent: 'ben', text: ' ' }, ['text']],
      ['hand-over', { agent: 'ben', team: 'nobody', why: 'x' }, ['team']],
      ['hand-over', { agent: 'ben', team: 'care', why: 'x' }, ['team']],
      ['hand-over', { agent: 'ben', team: 'field' }, ['why']],
      ['reassign', { agent: 'ben', why: 'x' }, ['to']],
      ['reopen', { agent: 'ben' }, ['why']],
    ] as const) {
      const answer = await act(what, body, { 'idempotency-key': 'k' });
      expect(answer.status === 400 || answer.status === 422).toBe(true);
      expect((answer.body as { faults: { field: string }[] }).faults.map((fault) => fault.field)).toEqual(fields);
    }
    expect(await rowsOf(api.db)).toEqual(before);
  });
});

describe("An agent's answer", () => {
  const answer = (key: string, text = 'It is corrected.', agent = 'ben', more: object = {}): Promise<Answer> =>
    act('answer', { agent, text, ...more }, { 'idempotency-key': key });
  beforeEach(async () => {
    const body = { channel: 'email', purpose: 'service', granted: true, source: 'form' };
    await api.call('POST', `/v1/customers/${customer}/consents`, { body });
  });

  it('is kept, counted as a touch that a worker has still to send, and told to whoever sends it', async () => {
    await act('claim', { agent: 'ben' });
    await api.db.deleteFrom('outbox').execute();
    const given = await answer('a-1');
    expect(given).toMatchObject({ status: 202, body: { channel: 'email', task: { state: 'claimed' } } });
    const { touchId } = given.body as { touchId: string };
    const touch = await api.db.selectFrom('touches').selectAll().where('id', '=', touchId).executeTakeFirstOrThrow();
    expect(touch).toMatchObject({
      state: 'reserved',
      made_by: 'human',
      channel: 'email',
      address: `${customer}@example.com`,
      task_id: id,
    });
    const messages = await api.call('GET', `/v1/customers/${customer}/conversation`);
    expect(messages.body).toMatchObject({
      items: [{ direction: 'out', author: 'ben', body: 'It is corrected.', touchId, taskId: id }],
    });
    expect(await api.db.selectFrom('outbox').selectAll().where('ref', '=', id).execute()).toMatchObject([
      { kind: 'task' },
    ]);
    expect((await api.call('GET', `/v1/customers/${customer}/why`)).body).toMatchObject({
      touches: [{ touchId, madeBy: 'human', state: 'reserved' }],
    });
  });
  it('is one answer under one key', async () => {
    await act('claim', { agent: 'ben' });
    const [first, again] = [await answer('a-2'), await answer('a-2')];
    expect(await answer('a-2', 'Another text.')).toMatchObject({ status: 409, body: { code: 'different-body' } });
    expect(again.body).toMatchObject({ touchId: (first.body as { touchId: string }).touchId });
    expect(await api.db.selectFrom('messages').selectAll().where('customer_id', '=', customer).execute()).toHaveLength(
      1,
    );
    const { recent } = await api.db
      .selectFrom('budgets')
      .select('recent')
      .where('customer_id', '=', customer)
      .executeTakeFirstOrThrow();
    expect(recent.toString().split('answer/a-2')).toHaveLength(2);
  });
  it('is warned about, never blocked, by what would stop a machine', async () => {
    await api.call('POST', `/v1/customers/${customer}/suppressions`, {
      body: { channel: 'email', reason: 'Asked for peace' },
    });
    await act('claim', { agent: 'ben' });
    const before = await rowsOf(api.db);
    const warned = await answer('a-3');
    expect(warned).toMatchObject({ status: 200, body: { sent: false, warnings: [{ gate: 'suppression' }] } });
    expect(await rowsOf(api.db)).toEqual(before);
    const given = await answer('a-3', 'It is corrected.', 'ben', { why: 'they asked me to' });
    expect(given).toMatchObject({ status: 202, body: { sent: true, warnings: [{ gate: 'suppression' }] } });
    const { body } = await api.call('GET', `/v1/overrides?customerId=${customer}`);
    expect(body).toMatchObject({ items: [{ agent: 'ben', why: 'they asked me to' }] });
  });
  it('goes by whichever channel leads to them, and by no other', async () => {
    const addresses = [
      { channel: 'email', address: `${customer}@example.com` },
      { channel: 'sms', address: '+4915112345678' },
    ];
    await api.call('PUT', `/v1/customers/${customer}`, { body: { addresses } });
    await act('claim', { agent: 'ben' });
    const more = { channel: 'sms', why: 'they have no e-mail on the road' };
    expect(await answer('a-6', 'On the way.', 'ben', more)).toMatchObject({ status: 202, body: { channel: 'sms' } });
    expect(await answer('a-7', 'On the way.', 'ben', { channel: 'voice' })).toMatchObject({
      status: 422,
      body: { faults: [{ field: 'channel' }] },
    });
  });
  it('is looked at before: where it goes, what it costs, and what to know; nothing is written', async () => {
    await api.call('PUT', `/v1/customers/${customer}`, {
      body: { addresses: [{ channel: 'sms', address: '+4915112345678' }] },
    });
    await act('claim', { agent: 'ben' });
    const before = await rowsOf(api.db);
    const look = (body: object) => act('answer/preview', body);
    const { body } = await look({ channel: 'sms', text: 'x'.repeat(161) });
    expect(body).toMatchObject({
      channel: 'sms',
      address: '+4915112345678',
      subject: null,
      segments: 2,
      cost: 2,
      warnings: [{ gate: 'consent' }],
      ways: [{ channel: 'sms' }],
    });
    expect((body as { counts: unknown[] }).counts).not.toEqual([]);
    expect((await look({ channel: 'email' })).status).toBe(409);
    expect(await rowsOf(api.db)).toEqual(before);
  });
  it('is for the one who has the task, and needs a key and a way to the customer', async () => {
    expect((await answer('a-4')).status).toBe(409);
    await act('claim', { agent: 'ben' });
    expect(await answer('a-4', 'Hello', 'cem')).toMatchObject({ status: 409, body: { code: 'not-possible-now' } });
    expect((await act('answer', { agent: 'ben', text: 'Hello' })).body).toMatchObject({
      faults: [{ field: 'header.idempotency-key' }],
    });
    await api.call('PUT', `/v1/customers/${customer}`, { body: { addresses: [] } });
    const before = await rowsOf(api.db);
    expect((await answer('a-5')).status).toBe(409);
    expect(await rowsOf(api.db)).toEqual(before);
  });
});
