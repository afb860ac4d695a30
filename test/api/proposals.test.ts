/** The field designs: one tap on an automated step, and changes of single steps with what they would do. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { upsertCustomer } from '../../store/customers.ts';
import { monday, ownApi, type OwnApi } from './own-api.ts';
import { signedIn, type Person } from './own-people.ts';
import { publishSamples } from './samples.ts';

let api: OwnApi;
let ben: Person;
let cleo: Person;
let dee: Person;
beforeAll(async () => {
  api = await ownApi();
  await publishSamples(api);
  const agent = async (name: string): Promise<Person> => signedIn(api, { name, role: 'agent', teams: ['care'] });
  [ben, cleo, dee] = [
    await agent('ben'),
    await agent('cleo'),
    await signedIn(api, { name: 'dee', role: 'designer', teams: [] }),
  ];
  for (const id of ['ana', 'bo']) await upsertCustomer(api.db, { id, now: monday });
  const touch = (id: string, more: object = {}) => ({
    ...{ id, customer_id: 'ana', purpose: 'service', made_by: 'tech', channel: 'email', state: 'sent', ask: 1 },
    ...{ journey: 'inquiry', version: 1, step: 'arrived', answer: '{}', considered: '[]', asked_at: new Date(monday) },
    ...more,
  });
  await api.db
    .insertInto('touches')
    .values([
      touch('e/arrived/1'),
      touch('e/still-here/1', { step: 'still-here' }),
      touch('by-hand', { made_by: 'human' }),
    ] as never)
    .execute();
});
afterAll(() => api.stop());

describe('One tap on an automated step', () => {
  const say = (person: Person, agent: string, touchId: string, says: string | null, customer = 'ana') =>
    person.call('PUT', `/v1/customers/${customer}/feedback`, { body: { agent, touchId, says } });
  const ofJourney = async (): Promise<unknown> => {
    const { body } = await dee.call('GET', '/v1/journeys/inquiry/feedback');
    return (body as { steps: unknown }).steps;
  };
  it('is kept by journey, version and step, one voice a person and touch', async () => {
    expect((await say(ben, 'ben', 'e/arrived/1', 'helped')).status).toBe(200);
    expect((await say(cleo, 'cleo', 'e/arrived/1', 'helped')).status).toBe(200);
    await say(ben, 'ben', 'e/still-here/1', 'should-not-exist');
    await say(ben, 'ben', 'e/arrived/1', 'too-late');
    expect(await ofJourney()).toEqual([
      { version: 1, step: 'arrived', helped: 1, tooLate: 1, shouldNotExist: 0 },
      { version: 1, step: 'still-here', helped: 0, tooLate: 0, shouldNotExist: 1 },
    ]);
  });
  it('is taken back with nothing', async () => {
    const { body } = await say(ben, 'ben', 'e/still-here/1', null);
    expect(
      (body as { items: { touchId: string; agent: string }[] }).items.map(({ touchId, agent }) => [touchId, agent]),
    ).toEqual(
      expect.arrayContaining([
        ['e/arrived/1', 'ben'],
        ['e/arrived/1', 'cleo'],
      ]),
    );
    expect(await ofJourney()).toHaveLength(1);
  });
  it('is about a step that a machine made for this customer, and in one’s own name', async () => {
    expect(await say(ben, 'ben', 'by-hand', 'helped')).toMatchObject({ status: 404 });
    expect(await say(ben, 'ben', 'nothing', 'helped')).toMatchObject({ status: 404 });
    expect(await say(ben, 'ben', 'e/arrived/1', 'helped', 'bo')).toMatchObject({ status: 404 });
    expect(await say(ben, 'cleo', 'e/arrived/1', 'helped')).toMatchObject({
      status: 403,
      body: { code: 'other-person' },
    });
  });
});

describe('A proposed change', () => {
  interface Shown {
    proposal: { name: string; change: unknown; state: string; by: string };
    effect: {
      changes: { says: string; lines: string[] }[];
      price: { says: string };
      breaks: { problem: string; story: string[] }[];
      customersThere: number;
      stands: string;
    };
  }
  const asked = (step: string, change: object) => ({ agent: 'ben', journey: 'inquiry', version: 1, step, change });
  const preview = (step: string, change: object) =>
    ben.call('POST', '/v1/proposals/preview', { body: asked(step, change) });

  it('is told with what it would do: in words, as a price, and as the rules that it would break', async () => {
    const { status, body } = await preview('our-answer', { is: 'wait', after: '4 business hours' });
    expect(status).toBe(200);
    const effect = body as Shown['effect'];
    expect(effect.changes.map(({ says }) => says)).toEqual([
      'Customers at *our-answer* will now wait 4 business hours instead of 1 business day.',
    ]);
    expect(effect.price.says).toMatch(/sooner to a person/);
    expect(effect).toMatchObject({ breaks: [], customersThere: 0, stands: 'as-proposed' });

    const longer = (await preview('our-answer', { is: 'wait', after: '9 days' })).body as Shown['effect'];
    expect(longer.breaks.length).toBeGreaterThan(0);
    expect(longer.breaks[0]?.story.length).toBeGreaterThan(1);
  });
  it('may be other words, told line by line', async () => {
    const { body: texts } = await ben.call('GET', '/v1/journeys/inquiry/versions/1/texts');
    const text = (texts as { items: { template: string; body: string }[] }).items.find(
      ({ template }) => template === 'still-there',
    );
    const after = `Hello again. ${text?.body ?? ''}`;
    const { body } = await preview('still-here', { is: 'wording', locale: 'en', after });
    const [change] = (body as Shown['effect']).changes;
    expect(change?.says).toContain('still-there.en');
    expect(change?.lines.some((line) => line.startsWith('+ Hello again.'))).toBe(true);
    expect((body as Shown['effect']).price.says).toBe('the same price');
  });
  it.each([
    ['a time that is none', 'our-answer', { is: 'wait', after: '2 dayz' }],
    ['a text that is no Liquid', 'still-here', { is: 'wording', locale: 'en', after: 'Hello {{ customer.' }],
    [
      'a variable that nothing gives',
      'still-here',
      { is: 'wording', locale: 'en', after: 'Hello {{ customer.shoeSize }}' },
    ],
    ['what it says already', 'our-answer', { is: 'wait', after: '1 business day' }],
    ['a wait of a step that says no time', 'arrived', { is: 'wait', after: '1 day' }],
    ['words in a language that it does not have', 'still-here', { is: 'wording', locale: 'fr', after: 'Bonjour' }],
    ['a step that is not there', 'nowhere', { is: 'wait', after: '1 day' }],
  ])('is refused if it is %s', async (_, step, change) => {
    const { status, body } = await preview(step, change);
    expect([status, (body as { faults: unknown[] }).faults.length > 0]).toEqual([422, true]);
  });
  it('is kept once, listed and shown, and changes nothing that runs', async () => {
    const body = { ...asked('our-answer', { is: 'wait', after: '4 business hours' }), why: 'They call before we do' };
    const first = await ben.call('POST', '/v1/proposals', { body });
    const again = await ben.call('POST', '/v1/proposals', { body });
    expect((first.body as Shown).proposal).toMatchObject({ name: 'P-1', by: 'ben', state: 'open' });
    expect((again.body as Shown).proposal.name).toBe('P-1');
    expect((first.body as Shown).proposal.change).toEqual({
      ...{ is: 'wait', field: 'until', before: '1 business day', after: '4 business hours' },
    });
    const { body: listed } = await dee.call('GET', '/v1/proposals?state=open');
    expect((listed as { items: unknown[] }).items).toHaveLength(1);
    const { body: shown } = await dee.call('GET', '/v1/proposals/P-1');
    expect((shown as Shown).effect.changes).toHaveLength(1);
    const { body: journey } = await dee.call('GET', '/v1/journeys/inquiry');
    expect(journey).toMatchObject({ version: 1, definition: { steps: { 'our-answer': { until: '1 business day' } } } });
  });
  it('is decided once, by who designs journeys', async () => {
    const decide = (person: Person, as: string) =>
      person.call('POST', '/v1/proposals/P-1/decision', { body: { as, because: 'The promise is two days' } });
    expect(await decide(ben, 'declined')).toMatchObject({ status: 403, body: { code: 'missing-scope' } });
    expect(await decide(dee, 'declined')).toMatchObject({
      status: 200,
      body: { state: 'declined', decidedBy: 'dee', decidedBecause: 'The promise is two days' },
    });
    expect(await decide(dee, 'accepted')).toMatchObject({ status: 409, body: { code: 'not-possible-now' } });
    expect((await dee.call('GET', '/v1/proposals/P-9')).status).toBe(404);
  });
});
