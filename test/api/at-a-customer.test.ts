/** What people do with one customer besides answering: find them, note a call, set a reminder, stop a journey, keep a conversation to themselves. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { deskOf } from '../../store/desk.ts';
import { tellDueNotes } from '../../store/notes/tell.ts';
import { takeInbound } from '../../store/take-reply.ts';
import { monday, ownApi, type Answer, type OwnApi } from './own-api.ts';
import { signedIn, type Person } from './own-people.ts';
import { publishSamples, rowsOf } from './samples.ts';

let api: OwnApi;
let ana: Person;
let ben: Person;
let lea: Person;
beforeAll(async () => {
  api = await ownApi();
  await publishSamples(api);
  [ana, ben, lea] = await Promise.all([
    signedIn(api, { name: 'ana', role: 'agent', teams: ['care'] }),
    signedIn(api, { name: 'ben', role: 'agent', teams: ['care'] }),
    signedIn(api, { name: 'lea', role: 'lead', teams: ['care'] }),
  ]);
});
afterAll(() => api.stop());

let made = 0;
let id: string;
let at: string;
beforeEach(async () => {
  id = `they-${String(++made)}`;
  at = `/v1/customers/${id}`;
  api.clock.now = monday;
  const addresses = [
    { channel: 'email', address: `${id}@example.com` },
    { channel: 'sms', address: `+49170555${String(1_000 + made)}` },
  ];
  const body = { zone: 'Europe/Berlin', fields: { firstName: `Mia${String(made)} Sandberg` }, addresses };
  const put = await api.call('PUT', at, { body });
  if (put.status !== 201) throw new Error(put.text);
});

let keys = 0;
const keyed = (): { headers: Record<string, string> } => ({ headers: { 'idempotency-key': `k-${String(++keys)}` } });
const writes = (text: string, subject = 'A question') =>
  deskOf(api.db, 'care').then((desk) =>
    takeInbound(
      api.db,
      {
        ...{ channel: 'email', kind: 'message', providerKey: `mail-${String(++keys)}`, from: `${id}@example.com` },
        ...{ subject, text, at: api.clock.now },
      },
      { now: api.clock.now, desk },
    ),
  );
/** They write, and somebody has to look. */
async function task(text = 'My bill is wrong'): Promise<string> {
  await writes(text);
  const { body } = await api.call('GET', `/v1/tasks?customerId=${id}`);
  return (body as { items: { id: string }[] }).items[0]?.id ?? '';
}
const enters = (offerId: string): Promise<Answer> =>
  api.call('POST', '/v1/events', {
    body: { customerId: id, type: 'offer-ready', data: { offerId, percent: 15 } },
    ...keyed(),
  });

describe('A customer is found', () => {
  const find = async (words: string, person: Person | null = ana): Promise<string[]> => {
    const url = `/v1/customer-search?words=${encodeURIComponent(words)}`;
    const { body } = await (person ? person.call('GET', url) : api.call('GET', url));
    return (body as { items: { id: string; by: string }[] }).items.map((one) => `${one.id} ${one.by}`);
  };
  it('by the beginnings of words on record, by id, by address, and by a number however it is written', async () => {
    expect(await find(`mia${String(made)} sand`)).toEqual([`${id} record`]);
    expect(await find(id)).toContain(`${id} id`);
    expect(await find(`${id}@ex`)).toEqual([`${id} address`]);
    const number = `555${String(1_000 + made)}`;
    for (const written of [`0170 ${number}`, `+49 (170) ${number}`, `0049170/${number}`, number])
      expect(await find(written)).toEqual([`${id} address`]);
    expect(await find('nobody-of-this-name')).toEqual([]);
    expect(await find("% _ ' & ! :*")).toEqual([]);
  });
  it('by what was said, by whoever may read it', async () => {
    await writes('The zebrafinch is loud');
    expect(await find('zebraf loud')).toEqual([`${id} said`]);
    const designer = await signedIn(api, { name: 'dora', role: 'designer', teams: [] });
    expect(await find('zebraf', designer)).toEqual([]);
    await api.call('PUT', `${at}/confidence`, { body: { reason: 'a dispute', people: ['ana'] } });
    expect(await find('zebraf')).toEqual([]);
  });
});

describe('A conversation that is confidential', () => {
  const read = (person: Person) => person.call('GET', `${at}/conversation`);
  const readings = async (): Promise<string[]> => {
    const { body } = await lea.call('GET', `${at}/readings`);
    return (body as { items: { reader: string; wasLet: boolean; times: number }[] }).items.map(
      ({ reader, wasLet, times }) => `${reader} ${wasLet ? 'read' : 'was not let in'} ${String(times)}`,
    );
  };
  it('is read by its people only, and each reading is written down', async () => {
    await writes('It is about my health');
    expect((await read(ben)).status).toBe(200);
    expect(await readings()).toEqual([]);
    const marked = await ana.call('PUT', `${at}/confidence`, { body: { reason: 'health' } });
    expect(marked.body).toMatchObject({ confidence: { reason: 'health', people: [{ agent: 'ana' }] } });
    expect((await read(ana)).text).toContain('about my health');
    api.clock.now += 60_000;
    expect((await read(ana)).status).toBe(200);
    const refused = await read(ben);
    expect(refused).toMatchObject({ status: 403, body: { code: 'confidential' } });
    expect(refused.text).toContain('ana');
    expect(refused.text).not.toContain('health');
    expect((await ben.call('GET', `${at}/given`)).status).toBe(403);
    expect((await api.call('GET', `${at}/conversation`)).status).toBe(403);
    api.clock.now += 6 * 60_000;
    await read(ana);
    expect(await readings()).toEqual([
      'ana read 1',
      'key everything was not let in 1',
      'ben was not let in 2',
      'ana read 2',
    ]);
  });
  it('says nothing in the inbox, in its search, in a preview, nor to a key', async () => {
    const of = await task('The word is rosebud');
    await ana.call('PUT', `${at}/confidence`, { body: { reason: 'a dispute' } });
    for (const url of ['/v1/inbox?view=team', '/v1/inbox?view=team&words=rosebud'])
      expect((await ben.call('GET', url)).text).not.toContain('rosebud');
    expect((await ben.call('GET', `/v1/inbox?view=team&words=${id}`)).body).toMatchObject({
      items: [{ isConfidential: true, last: { says: '' } }],
    });
    const preview = (person: Person) => person.call('POST', `/v1/tasks/${of}/answer/preview`, { body: {} });
    expect((await preview(ben)).body).toMatchObject({ subject: null });
    expect((await preview(ana)).body).toMatchObject({ subject: 'Re: A question' });
  });
  it('is opened to somebody by its people or a lead, with a reason; and by giving them the task', async () => {
    const of = await task();
    await ana.call('POST', `/v1/tasks/${of}/claim`, { body: { agent: 'ana' } });
    await ana.call('PUT', `${at}/confidence`, { body: { reason: 'a dispute' } });
    const letIn = (by: Person, who: string) =>
      by.call('PUT', `${at}/confidence/people/${who}`, { body: { reason: 'stands in' } });
    expect(await letIn(ben, 'ben')).toMatchObject({ status: 403, body: { code: 'confidential' } });
    expect((await letIn(ana, 'nobody')).status).toBe(422);
    expect((await read(lea)).status).toBe(403);
    expect((await letIn(lea, 'lea')).body).toMatchObject({
      confidence: { people: [{ agent: 'ana' }, { agent: 'lea', letInBy: 'lea', reason: 'stands in' }] },
    });
    expect((await read(lea)).status).toBe(200);
    await ana.call('POST', `/v1/tasks/${of}/reassign`, { body: { agent: 'ana', to: 'ben', why: 'I am away' } });
    expect((await read(ben)).status).toBe(200);
    const end = (by: Person) => by.call('POST', `${at}/confidence/end`, { body: { why: 'it is over' } });
    const dora = await signedIn(api, { name: 'cleo', role: 'agent', teams: ['care'] });
    expect((await end(dora)).status).toBe(403);
    expect((await end(ben)).status).toBe(200);
    expect((await read(dora)).status).toBe(200);
    // Marked again, those of the first time are not let in by that.
    await lea.call('PUT', `${at}/confidence`, { body: { reason: 'again' } });
    expect((await read(ana)).status).toBe(403);
    expect((await read(ben)).status).toBe(200); // He has the task.
  });
});

describe('A journey is stopped for one customer', () => {
  const stop = (body: object, journey = 'offer') => ana.call('PUT', `${at}/journeys/${journey}/stop`, { body });
  const runs = async (): Promise<number> =>
    (await api.db.selectFrom('enrolments').select('id').where('customer_id', '=', id).execute()).length;

  it('for good: its runs are told to end, and it is not entered again until somebody lifts it', async () => {
    await enters('spring');
    expect((await ana.call('GET', `${at}/journeys`)).body).toMatchObject({
      items: [{ journey: 'offer', runs: [{ version: 1 }], stop: null }],
    });
    expect((await stop({ reason: 'asked on the phone' })).body).toMatchObject({
      ended: 1,
      items: [{ journey: 'offer', stop: { until: null, reason: 'asked on the phone', actor: 'ana' } }],
    });
    const told = await api.db
      .selectFrom('deliveries')
      .innerJoin('enrolments', 'enrolments.id', 'enrolment_id')
      .select('deliveries.body')
      .where('customer_id', '=', id)
      .where('kind', '=', 'cancel')
      .execute();
    expect(told).toEqual([{ body: { kind: 'cancel', by: 'ana' } }]);
    expect((await enters('summer')).body).toMatchObject({
      turnedAway: [{ journey: 'offer', because: 'ana stopped it for this customer' }],
    });
    expect(await runs()).toBe(1);
    expect((await ana.call('DELETE', `${at}/journeys/offer/stop`)).status).toBe(200);
    await enters('autumn');
    expect(await runs()).toBe(2);
  });
  it('or until an instant, and what it would say waits for it', async () => {
    const until = new Date(monday + 86_400_000).toISOString();
    for (const [channel, purpose] of [
      ['email', 'marketing'],
      ['email', 'service'],
    ])
      await api.call('POST', `${at}/consents`, { body: { channel, purpose, granted: true, source: 'form' } });
    const asked = async (): Promise<unknown> =>
      ((await api.call('GET', `${at}/budget?journey=offer&step=first-word`)).body as { ifAsked: unknown }).ifAsked;
    expect(await asked()).not.toMatchObject({ tried: [{ decision: { gate: 'hold' } }] });
    expect((await stop({ reason: 'is moving', until })).body).toMatchObject({
      ended: 0,
      items: [{ stop: { until, actor: 'ana' } }],
    });
    expect(await asked()).toMatchObject({ tried: [{ decision: { gate: 'hold' } }] });
    await enters('spring');
    expect(await runs()).toBe(1);
    const then = new Date(api.clock.now).toISOString();
    api.clock.now += 2 * 86_400_000;
    expect(await asked()).not.toMatchObject({ tried: [{ decision: { gate: 'hold' } }] });
    const before = (await api.call('GET', `${at}/budget?journey=offer&step=first-word&at=${then}`)).body;
    expect(before).toMatchObject({ ifAsked: { tried: [{ decision: { gate: 'hold' } }] } });
    expect((await api.call('GET', `${at}/journeys`)).body).toMatchObject({ items: [{ stop: null }] });
  });
  it('refuses what there is not, and an end that is past', async () => {
    expect((await stop({ reason: 'x' }, 'no-such')).status).toBe(404);
    expect((await stop({ reason: 'x', until: new Date(monday).toISOString() })).status).toBe(422);
    at = '/v1/customers/nobody';
    expect((await stop({ reason: 'x' })).status).toBe(404);
  });
});

describe('Beside the answer', () => {
  it('a call is noted in the conversation; only whoever has the task can have answered by it', async () => {
    const of = await task();
    const note = (person: Person, agent: string, reached: boolean, key = keyed()) =>
      person.call('POST', `/v1/tasks/${of}/notes`, { body: { agent, text: 'Nobody at home', reached }, ...key });
    const once = keyed();
    expect((await note(ben, 'ben', false, once)).status).toBe(200);
    expect((await note(ben, 'ben', false, once)).status).toBe(200);
    expect((await note(ben, 'ben', true)).status).toBe(409);
    const heard = async (): Promise<number> =>
      (
        await api.db
          .selectFrom('events')
          .select('id')
          .where('customer_id', '=', id)
          .where('type', '=', 'we-answered')
          .execute()
      ).length;
    expect(await heard()).toBe(0);
    await ben.call('POST', `/v1/tasks/${of}/claim`, { body: { agent: 'ben' } });
    expect((await note(ben, 'ben', true)).status).toBe(200);
    expect(await heard()).toBe(1);
    const { items } = (await ben.call('GET', `${at}/conversation`)).body as { items: { kind: string }[] };
    expect(items.map(({ kind }) => kind)).toEqual(['note', 'note', 'message']);
    expect(await api.db.selectFrom('touches').select('id').where('customer_id', '=', id).execute()).toEqual([]);
    expect((await ben.call('GET', `/v1/tasks/${of}`)).body).toMatchObject({
      log: expect.arrayContaining([expect.objectContaining({ action: 'note', actor: 'ben' })]),
    });
  });

  it('a reminder is a reason of the team when its time has come, unless it is taken back', async () => {
    const of = await task();
    const dueAt = new Date(monday + 3_600_000).toISOString();
    const remind = (about: string, key: string) =>
      ana.call('POST', `/v1/tasks/${of}/follow-ups`, {
        body: { agent: 'ana', about, dueAt },
        headers: { 'idempotency-key': key },
      });
    expect((await remind('ask how it went', `a-${id}`)).status).toBe(200);
    expect((await remind('said otherwise', `a-${id}`)).body).toMatchObject({ about: 'ask how it went' });
    expect((await remind('never mind', `b-${id}`)).status).toBe(200);
    expect((await ana.call('DELETE', `/v1/tasks/${of}/follow-ups/b-${id}`)).status).toBe(204);
    expect((await ana.call('DELETE', `/v1/tasks/${of}/follow-ups/b-${id}`)).status).toBe(404);
    expect((await ana.call('GET', `${at}/follow-ups`)).body).toMatchObject({
      items: [{ about: 'ask how it went', actor: 'ana', dueAt, team: 'care' }],
    });
    const tell = (now: number) => tellDueNotes(api.db, { now, limit: 10, desk: () => deskOf(api.db, 'care') });
    expect(await tell(monday + 3_599_000)).toEqual([]);
    expect(await tell(monday + 3_600_000)).toHaveLength(1);
    expect((await ana.call('GET', `/v1/tasks/${of}`)).body).toMatchObject({
      reasons: expect.arrayContaining([expect.objectContaining({ because: 'ask how it went (ana)' })]),
    });
    const late = { agent: 'ana', about: 'x', dueAt: new Date(monday).toISOString() };
    const past = await ana.call('POST', `/v1/tasks/${of}/follow-ups`, { body: late, ...keyed() });
    expect(past).toMatchObject({ status: 422, body: { faults: [{ field: 'dueAt' }] } });
  });

  it('what they told us with events is there to be read, so that nobody asks twice', async () => {
    await enters('spring');
    const data = { inquiryId: 'i-1', topic: 'other', urgent: false };
    await api.call('POST', '/v1/events', { body: { customerId: id, type: 'inquiry-received', data }, ...keyed() });
    // That an offer is ready they did not tell us: we told ourselves.
    expect((await ana.call('GET', `${at}/given`)).body).toEqual({
      items: [{ is: 'fact', at: expect.any(String), event: 'inquiry-received', facts: data }],
    });
    expect((await ana.call('GET', `${at}/promises`)).body).toEqual({ items: [] });
  });

  it('names to choose from are those of the published words', async () => {
    const { body } = await ana.call('GET', '/v1/desk-words');
    const { teams, guards } = body as { teams: string[]; guards: { fact: string }[] };
    expect(teams).toContain('care');
    expect(guards.map(({ fact }) => fact)).toContain('bereavement');
  });
});

describe('Who takes a task', () => {
  it('is somebody who works here', async () => {
    const of = await task();
    const before = await rowsOf(api.db);
    const claim = (agent: string) => api.call('POST', `/v1/tasks/${of}/claim`, { body: { agent } });
    expect(await claim('nobody')).toMatchObject({ status: 422, body: { faults: [{ field: 'agent' }] } });
    expect(await rowsOf(api.db)).toEqual(before);
    const given = { agent: 'ana', to: 'nobody', why: 'x' };
    expect((await api.call('POST', `/v1/tasks/${of}/reassign`, { body: given })).status).toBe(422);
    expect((await claim('ana')).status).toBe(200);
    const since = new Date(monday).toISOString();
    expect(await claim('ben')).toMatchObject({
      status: 409,
      body: { holder: { agent: 'ana', since }, detail: expect.stringContaining('already claimed by ana') },
    });
    await api.call('PUT', '/v1/agents/cora', { body: { teams: ['care'], languages: ['de'] } });
    await api.call('POST', `/v1/tasks/${of}/release`, { body: { agent: 'ana' } });
    expect((await claim('cora')).status).toBe(200);
  });
});

it('an agent holds machines back, and lets them go on', async () => {
  expect((await ana.call('PUT', `${at}/hold`, { body: { reason: 'on the phone' } })).body).toMatchObject({
    hold: { actor: 'ana' },
  });
  expect((await ana.call('DELETE', `${at}/hold`)).body).toEqual({ hold: null });
});
