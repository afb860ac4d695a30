/** What people can set against touches, through the API, as the budget then decides. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createBudgets, whyCustomer, type Budgets } from '../../store/budget/index.ts';

import { askOf, policyOf } from '../store/budget/fixtures.ts';
import { monday, ownApi, type OwnApi } from './own-api.ts';
import { publishSamples } from './samples.ts';

const hour = 3_600_000;
const day = 24 * hour;
const iso = (at: number): string => new Date(at).toISOString();
const policy = policyOf({ assumeOnlyIfChecked: { 'home-is-fine': '60 days' } });

let api: OwnApi;
let budgets: Budgets;
beforeAll(async () => {
  api = await ownApi();
  await publishSamples(api);
  budgets = createBudgets(api.db, { clock: { now: () => api.clock.now }, onFreed: () => undefined });
});
afterAll(() => api.stop());

async function customer(id: string, more: Record<string, unknown> = {}): Promise<string> {
  const body = { addresses: [{ channel: 'email', address: `${id}@example.com` }], zone: 'Europe/Berlin', ...more };
  const put = await api.call('PUT', `/v1/customers/${id}`, { body });
  if (put.status > 201) throw new Error(put.text);
  for (const channel of ['email', 'sms'])
    await api.call('POST', `/v1/customers/${id}/consents`, {
      body: { channel, purpose: 'marketing', granted: true, source: 'web form' },
    });
  return id;
}
let touches = 0;
const reserve = (id: string, assumes: string[] = [], more: Partial<Parameters<typeof askOf>[2]> = {}) => {
  touches += 1;
  return budgets.reserve(askOf(`${id}/${String(touches)}`, id, { policy, assumes, firstAskedAt: monday, ...more }));
};
const told = async (id: string): Promise<string> => (await whyCustomer(api.db, id))[0]?.says ?? '';
const reviewAt = iso(monday + 7 * day);

describe('A guard', () => {
  it('of one customer and of a list holds until it is lifted, also past its review, and `why` names it', async () => {
    await customer('ana');
    await customer('ben');
    const body = { fact: 'bereavement', reason: 'told us on the phone', reviewAt, customers: ['ana', 'ben', 'nobody'] };
    expect(await api.call('POST', '/v1/guards', { body })).toMatchObject({
      status: 200,
      body: { set: 2, unknown: ['nobody'], inFlight: [] },
    });
    expect(await reserve('ana', ['celebratory'])).toMatchObject({ is: 'dropped', because: 'guard' });
    expect(await told('ana')).toBe('Not sent: a guard stands against it: bereavement contradicts celebratory.');
    expect(await reserve('ana')).toMatchObject({ is: 'reserved' });
    api.clock.now = monday + 8 * day;
    const due = await api.call('GET', '/v1/guards?due=true&limit=1');
    expect(due.body).toMatchObject({
      items: [{ customerId: 'ana', fact: 'bereavement', actor: 'everything', reviewDue: true }],
    });
    const { next } = due.body as { next: string };
    expect((await api.call('GET', `/v1/guards?due=true&limit=1&after=${next}`)).body).toMatchObject({
      items: [{ customerId: 'ben' }],
      next: null,
    });
    expect(await reserve('ben', ['celebratory'])).toMatchObject({ is: 'dropped', because: 'guard' });
    expect((await api.call('DELETE', '/v1/customers/ana/guards/bereavement')).body).toEqual({ items: [], ofAreas: [] });
    api.clock.now = monday + 16 * day;
    expect(await reserve('ana', ['celebratory'])).toMatchObject({ is: 'reserved' });
    api.clock.now = monday;
  });
  it('is refused without a fact of the words, and with a review that is over', async () => {
    const body = { fact: 'bereavment', reason: 'x', reviewAt: iso(monday - 1), customers: ['ana'] };
    const answer = await api.call('POST', '/v1/guards', { body });
    expect(answer).toMatchObject({ status: 422, body: { faults: [{ field: 'fact' }, { field: 'reviewAt' }] } });
    expect(answer.text).toContain('bereavement');
  });
  it('of an area holds for whoever is there and whoever comes later, and not for others', async () => {
    await customer('flooded', { place: { country: 'DE', postal: '53501' } });
    await customer('dry', { place: { country: 'DE', postal: '10115' } });
    await customer('somewhere', { place: { country: 'DE' } });
    await api.call('POST', '/v1/customers/dry/checks', { body: { assumption: 'home-is-fine' } });
    const body = { fact: 'flood-area', reason: 'the river Ahr', reviewAt, areas: ['DE:535', 'DE:536'] };
    const set = await api.call('POST', '/v1/area-guards', { body });
    expect(set).toMatchObject({
      status: 201,
      body: { reach: { there: 1, perhaps: 1 }, guard: { areas: ['DE:535', 'DE:536'] } },
    });
    expect(await reserve('flooded', ['celebratory'])).toMatchObject({ is: 'dropped', because: 'guard' });
    expect(await told('flooded')).toContain('flood-area (DE:535, DE:536) contradicts celebratory');
    expect(await reserve('somewhere', ['celebratory'])).toMatchObject({ is: 'dropped', because: 'guard' });
    expect((await api.call('GET', '/v1/customers/flooded/guards')).body).toMatchObject({
      ofAreas: [{ fact: 'flood-area', areas: ['DE:535', 'DE:536'] }],
    });
    expect(await reserve('dry', ['celebratory', 'home-is-fine'])).toMatchObject({ is: 'reserved' });
    await customer('dry', { place: { country: 'DE', postal: '53604' } });
    expect(await reserve('dry', ['celebratory'])).toMatchObject({ is: 'dropped', because: 'guard' });
    const { id } = (set.body as { guard: { id: string } }).guard;
    expect((await api.call('DELETE', `/v1/area-guards/${id}`)).body).toEqual({ items: [] });
    expect(await reserve('flooded', ['celebratory'])).toMatchObject({ is: 'reserved' });
    expect((await api.call('DELETE', `/v1/area-guards/${id}`)).status).toBe(404);
  });
  it('stops what has its place already, at the fence', async () => {
    await customer('late', { place: { country: 'AT' } });
    const held = await reserve('late', ['celebratory']);
    expect(held).toMatchObject({ is: 'reserved' });
    const body = { fact: 'flood-area', reason: 'x', reviewAt, areas: ['AT'] };
    const { id } = ((await api.call('POST', '/v1/area-guards', { body })).body as { guard: { id: string } }).guard;
    const fenced = await budgets.fence(`late/${String(touches)}`, { attempt: 'a', seen: 0, policy });
    expect(fenced).toMatchObject({ fenced: false, because: 'gate', decision: { because: 'guard' } });
    await api.call('DELETE', `/v1/area-guards/${id}`);
  });
});

describe('An assumption that wants a check', () => {
  it('is refused until somebody looked, and again when that is too long ago', async () => {
    await customer('home');
    expect(await reserve('home', ['home-is-fine'])).toMatchObject({ is: 'dropped', because: 'guard' });
    expect(await told('home')).toContain('home-is-fine was not checked within 60 days');
    const made = await api.call('POST', '/v1/customers/home/checks', {
      body: { assumption: 'home-is-fine', note: 'asked on the phone' },
    });
    expect(made).toMatchObject({ status: 201, body: { actor: 'everything', note: 'asked on the phone' } });
    expect(await reserve('home', ['home-is-fine'])).toMatchObject({ is: 'reserved' });
    expect((await api.call('GET', '/v1/customers/home/checks')).body).toMatchObject({
      items: [{ assumption: 'home-is-fine' }],
    });
    expect(await api.call('POST', '/v1/customers/home/checks', { body: { assumption: 'home-is-fin' } })).toMatchObject({
      status: 422,
    });
    api.clock.now = monday + 61 * day;
    expect(await reserve('home', ['home-is-fine'])).toMatchObject({ is: 'dropped', because: 'guard' });
    api.clock.now = monday;
  });
});

describe('A kill switch', () => {
  it('for an area and for a segment stops who is in it, at the ask and at the fence, and lists what is on its way', async () => {
    await customer('in-ch', { place: { country: 'CH', region: 'ZH' } });
    await customer('in-fr', { place: { country: 'FR' } });
    await customer('gold', { fields: { plan: 'gold' }, place: { country: 'FR' } });
    await reserve('in-ch', [], { touchId: 'flying' });
    expect(await budgets.fence('flying', { attempt: 'a', seen: 0, policy })).toMatchObject({ fenced: true });
    await reserve('in-ch', [], { touchId: 'waiting' });
    const on = await api.call('PUT', '/v1/kill-switches/area:CH-ZH', { body: { reason: 'wrong prices' } });
    expect(on).toMatchObject({
      status: 200,
      body: {
        inFlight: [{ touchId: 'flying', customerId: 'in-ch', channel: 'email', state: 'sending', at: iso(monday) }],
      },
    });
    expect(await budgets.fence('waiting', { attempt: 'a', seen: 0, policy })).toMatchObject({ because: 'gate' });
    expect(await reserve('in-ch')).toMatchObject({ is: 'dropped', because: 'kill switch' });
    expect(await reserve('in-fr')).toMatchObject({ is: 'reserved' });

    await api.call('PUT', '/v1/audiences/gold-plan', { body: { condition: { path: 'customer.plan', is: ['gold'] } } });
    await api.call('PUT', '/v1/kill-switches/segment:gold-plan', { body: { reason: 'a mistake in their letter' } });
    expect(await reserve('gold')).toMatchObject({ is: 'dropped', because: 'kill switch' });
    expect(await told('gold')).toBe(
      'Not sent: the kill switch is on for segment:gold-plan: a mistake in their letter.',
    );
    expect(await reserve('in-fr')).toMatchObject({ is: 'reserved' });
    await api.call('DELETE', '/v1/kill-switches/segment:gold-plan');
    expect((await api.call('DELETE', '/v1/kill-switches/area:CH-ZH')).body).toEqual({ items: [] });
    expect(await reserve('gold')).toMatchObject({ is: 'reserved' });
  });
  it('is refused for an audience that nobody knows, and for what is no area', async () => {
    expect(await api.call('PUT', '/v1/kill-switches/segment:golden', { body: { reason: 'x' } })).toMatchObject({
      status: 422,
    });
    expect(await api.call('PUT', '/v1/kill-switches/area:Germany', { body: { reason: 'x' } })).toMatchObject({
      status: 400,
    });
    expect(await api.call('PUT', '/v1/kill-switches/area:XX-9', { body: { reason: 'x' } })).toMatchObject({
      status: 422,
      body: { faults: [{ field: 'path.scope', value: 'area:XX-9' }] },
    });
    const nowhere = { fact: 'flood-area', reason: 'x', reviewAt, areas: ['DE', 'XX'] };
    expect(await api.call('POST', '/v1/area-guards', { body: nowhere })).toMatchObject({
      status: 400,
      body: { faults: [{ field: 'areas.1' }] },
    });
    expect((await api.call('GET', '/v1/kill-switches')).body).toEqual({ items: [] });
  });
});

describe('A hold by hand', () => {
  it('has an end, holds what is no service, and frees what waits when it is lifted', async () => {
    await customer('called');
    const held = await api.call('PUT', '/v1/customers/called/hold', { body: { reason: 'Ana is on the phone' } });
    // Two business days of the policy's team, from Monday 10:00 in Berlin.
    expect(held).toMatchObject({
      status: 200,
      body: { hold: { until: '2026-03-04T09:00:00.000Z', reason: 'Ana is on the phone' }, inFlight: [] },
    });
    expect(await reserve('called', [], { fate: { fate: 'wait', atMost: '9 days', then: 'drop' } })).toMatchObject({
      is: 'deferred',
      because: 'hold',
    });
    expect(await told('called')).toContain('a person has the conversation (held by everything)');
    const tooLong = await api.call('PUT', '/v1/customers/called/hold', {
      body: { reason: 'x', until: iso(monday + 30 * day) },
    });
    expect(tooLong).toMatchObject({ status: 422, body: { faults: [{ field: 'until' }] } });
    expect((await api.call('DELETE', '/v1/customers/called/hold')).body).toEqual({ hold: null });
    expect(await reserve('called')).toMatchObject({ is: 'reserved' });
  });
});

describe("A customer's own limits", () => {
  it('are told in one sentence, in English and German, on their clock, and tighten what the policy allows', async () => {
    await customer('quiet', { locale: 'de-DE' });
    const body = {
      less: { atMost: 1, in: '30 days' },
      channels: ['email'],
      hours: [{ from: '09:00', to: '18:00' }],
      source: 'phone',
    };
    const set = await api.call('PUT', '/v1/customers/quiet/limits', { body });
    const means = {
      en: 'You hear from us at most 1 message in 30 days until 31 May 2026 (an e-mail counts as 1, a text as 2), only by e-mail, only between 09:00 and 18:00, except about what you asked us yourself.',
      de: 'Sie hören von uns bis zum 31. Mai 2026 höchstens 1 Nachricht in 30 Tagen (eine E-Mail zählt 1, eine SMS 2), nur per E-Mail, nur zwischen 09:00 und 18:00 Uhr; was Sie selbst von uns wollten, beantworten wir weiterhin.',
    };
    expect(set).toMatchObject({ status: 200, body: { means, says: means.de, pausedUntil: null } });
    expect(await reserve('quiet', [], { candidates: [{ channel: 'sms', address: '+4915112345678' }] })).toMatchObject({
      because: 'consent',
    });
    expect(await reserve('quiet')).toMatchObject({ is: 'reserved' });
    expect(await reserve('quiet')).toMatchObject({ is: 'dropped', because: 'windows' });
    const paused = await api.call('PUT', '/v1/customers/quiet/limits', {
      body: { pausedUntil: '2026-03-09T09:00:00Z', less: null, channels: null, hours: null, source: 'reply' },
    });
    expect(paused.body).toMatchObject({
      says: 'Bis zum 9. März 2026, 10:00 Uhr, hören Sie nichts von uns; was Sie selbst von uns wollten, beantworten wir weiterhin.',
    });
    const got = (await api.call('GET', '/v1/customers/quiet/limits')).body as { history: { source: string }[] };
    expect(got.history.map(({ source }) => source)).toEqual(['reply', 'phone']);
    expect((await api.call('DELETE', '/v1/customers/quiet/limits')).body).toMatchObject({
      means: { en: 'You have set no limits of your own.' },
    });
  });
  it('are refused with all their faults at once', async () => {
    const body = {
      less: { in: '1 year' },
      pausedUntil: iso(monday),
      hours: [{ from: '18:00', to: '09:00', on: ['Mo'] }],
      source: 'x',
    };
    const answer = await api.call('PUT', '/v1/customers/quiet/limits', { body });
    expect(answer.status).toBe(422);
    const { faults } = answer.body as { faults: { field: string }[] };
    expect(faults.map(({ field }) => field)).toEqual(['pausedUntil', 'less.in', 'hours.0', 'hours.0.on']);
  });
});

describe('Consents and stops', () => {
  it('are kept with their proof and can be exported', async () => {
    await customer('proof');
    const said = {
      channel: 'email',
      purpose: 'marketing',
      granted: true,
      source: 'shop',
      text: 'Yes, write to me.',
      givenBy: 'her daughter',
      givenAt: '2026-02-27T10:00:00.000Z',
      proof: 'scan-17',
    };
    expect(await api.call('POST', '/v1/customers/proof/consents', { body: said })).toMatchObject({
      status: 201,
      body: said,
    });
    await api.call('POST', '/v1/customers/proof/consents', {
      body: { channel: 'email', purpose: 'marketing', granted: false, source: 'phone' },
    });
    const all: { customerId: string; granted: boolean; text: string | null }[] = [];
    let next: string | null = '';
    while (next !== null) {
      const answer: { body: unknown } = await api.call('GET', `/v1/consents?limit=7${next && `&after=${next}`}`);
      const body = answer.body as { items: typeof all; next: string | null };
      all.push(...body.items);
      next = body.next;
    }
    expect(all.filter(({ customerId }) => customerId === 'proof').map(({ granted, text }) => [granted, text])).toEqual([
      [true, null],
      [true, null],
      [true, 'Yes, write to me.'],
      [false, null],
    ]);
    expect(
      await api.call('POST', '/v1/customers/proof/consents', { body: { ...said, givenAt: iso(monday + 1) } }),
    ).toMatchObject({ status: 422 });
  });
  it('a stop has its reason and source, and says what was on its way', async () => {
    await customer('stop');
    await reserve('stop', [], { touchId: 'gone' });
    await budgets.fence('gone', { attempt: 'a', seen: 0, policy });
    const body = { channel: 'all', reason: 'asked for it', source: 'phone' };
    expect(await api.call('POST', '/v1/customers/stop/suppressions', { body })).toMatchObject({
      status: 201,
      body: {
        items: [{ channel: 'all', source: 'phone', actor: 'everything' }],
        inFlight: [{ touchId: 'gone', state: 'sending' }],
      },
    });
    await api.call('DELETE', '/v1/customers/stop/suppressions/all');
    expect((await api.call('GET', '/v1/customers/stop/suppressions?history=true')).body).toMatchObject({
      items: [{ liftedAt: iso(monday), liftedBy: 'everything' }],
    });
  });
});

describe('Where a customer may be', () => {
  const plausible = async (id: string) =>
    (await api.db.selectFrom('budgets').select('gates').where('customer_id', '=', id).executeTakeFirstOrThrow()).gates;
  it('is found from their number where their zone is not known, and the law with it', async () => {
    const number = { zone: null, addresses: [{ channel: 'sms', address: '+1 305 555 1234' }] };
    await customer('miami', number);
    expect(await plausible('miami')).toMatchObject({
      zone: null,
      zonesPlausible: ['America/Chicago', 'America/New_York'],
      jurisdictions: ['US-FL'],
    });
    await customer('miami', { ...number, place: { country: 'US', region: 'OK' } });
    expect((await plausible('miami')).jurisdictions).toEqual(['US-OK', 'US-FL']);
    await customer('miami', { ...number, jurisdiction: 'US-NY' });
    expect((await plausible('miami')).jurisdictions).toEqual(['US-NY']);
  });
  it('the law holds until it lets go in every zone where they may be', async () => {
    await customer('orlando', { zone: null, addresses: [{ channel: 'sms', address: '+1 321 555 1234' }] });
    api.clock.now = Date.parse('2026-03-03T00:30:00Z'); // 19:30 in Orlando, and 18:30 in Pensacola
    const candidates = [{ channel: 'sms', address: '+13215551234' }] as const;
    expect(await reserve('orlando', [], { candidates })).toMatchObject({ is: 'reserved' });
    api.clock.now = Date.parse('2026-03-05T01:00:00Z');
    expect(await reserve('orlando', [], { candidates, policy: policyOf({ windows: [] }) })).toMatchObject({
      is: 'deferred',
      because: 'quiet hours',
      until: Date.parse('2026-03-05T14:00:00Z'),
    });
    expect(await told('orlando')).toContain('the law of Florida: Fla. Stat. 501.616(6)(a)');
    api.clock.now = monday;
  });
});
