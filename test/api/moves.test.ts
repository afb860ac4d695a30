import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ownApi, type OwnApi } from './own-api.ts';
import { samples, type Bundle } from './samples.ts';

type Steps = Record<string, Record<string, unknown>>;

let api: OwnApi;
let bundle: Bundle;
beforeAll(async () => {
  api = await ownApi();
  const all = await samples();
  bundle = { ...all, journeys: all.journeys.filter(({ definition }) => definition['name'] === 'starter') };
  await api.call('POST', '/v1/journeys', { body: bundle });
  await api.call('PUT', '/v1/customers/ana', { body: { fields: { firstName: 'Ana' } } });
  const data = { inquiryId: 'i-1', topic: 'other', urgent: false };
  await api.call('POST', '/v1/events', {
    body: { customerId: 'ana', type: 'inquiry-received', data, idempotencyKey: 'i-1' },
  });
  await api.db.updateTable('enrolments').set({ step: 'our-answer', parked_at: new Date() }).execute();
});
afterAll(() => api.stop());

const post = (url: string, body: unknown = {}) => api.call('POST', url, { body });
/** A copy with the step changed; its name too, if one is given. */
function withStep(id: string, change: Record<string, unknown>, as = id): Bundle {
  const copy = JSON.parse(JSON.stringify(bundle).replaceAll(`"${id}"`, `"${as}"`)) as Bundle;
  const steps = copy.journeys[0]?.definition['steps'] as Steps;
  steps[as] = { ...steps[as], ...change };
  return copy;
}

describe('What publishing would change', () => {
  it('is told in words, with who is where, and nothing is published', async () => {
    const answer = await post('/v1/journeys/plan', withStep('our-answer', { until: '2 business days' }));
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      journeys: [
        {
          name: 'starter',
          version: 1,
          next: 2,
          isNew: true,
          before: {
            journey: bundle.journeys[0]?.definition,
            words: bundle.words,
            policy: bundle.policy,
            templates: bundle.templates,
          },
          changes: [
            {
              about: 'step',
              name: 'our-answer',
              kind: 'changed',
              says: 'Customers at *our-answer* will now wait 2 business days instead of 1.',
            },
          ],
          standing: [{ version: 1, step: 'our-answer', customers: 1, longestSince: expect.any(String) }],
          orphans: null,
          going: null,
        },
      ],
    });
    expect((await post('/v1/journeys/plan', bundle)).body).toMatchObject({
      journeys: [{ next: 1, isNew: false, changes: [] }],
    });
    expect((await api.call('GET', '/v1/journeys/starter')).body).toMatchObject({ version: 1 });
  });

  it('says who would be left behind, and publishing is refused until it hears what becomes of them', async () => {
    const renamed = withStep('our-answer', {}, 'their-answer');
    expect((await post('/v1/journeys/plan', renamed)).body).toMatchObject({
      journeys: [{ orphans: { version: 1, customers: 1, steps: [{ step: 'our-answer', customers: 1 }] } }],
    });
    expect(await post('/v1/journeys', renamed)).toMatchObject({
      status: 409,
      body: {
        code: 'would-orphan',
        faults: [
          {
            field: 'journeys.0.others.move.our-answer',
            problem: "1 customer stands at 'our-answer': 'our-answer' is not there.",
            mend: 'Move them (--move our-answer=STEP), or keep them where they are, with all it was published with (--keep).',
          },
        ],
      },
    });
    const [journey] = renamed.journeys;
    const wrong = { ...renamed, journeys: [{ ...journey, others: { move: { 'our-answer': 'nowhere' } } }] };
    expect(await post('/v1/journeys', wrong)).toMatchObject({ status: 409, body: { code: 'would-orphan' } });
    const odd = { ...renamed, journeys: [{ ...journey, others: { drop: true } }] };
    expect(await post('/v1/journeys', odd)).toMatchObject({ status: 400 });
    const nobody = { ...renamed, journeys: [{ ...journey, others: { keep: true, move: {} } }] };
    expect(await post('/v1/journeys', nobody)).toMatchObject({
      status: 400,
      body: { faults: [{ field: 'journeys.0.others.move' }] },
    });
    const told = { ...renamed, journeys: [{ ...journey, others: { move: { 'our-answer': 'their-answer' } } }] };
    expect(await post('/v1/journeys', told)).toMatchObject({
      status: 200,
      body: { published: [{ version: 2, isNew: true, move: expect.stringMatching(/^g_/) }] },
    });
  });
});

describe('A move', () => {
  it('is planned, goes on when it is asked for again, and tells each once', async () => {
    const {
      items: [going],
    } = (await api.call('GET', '/v1/journeys/starter/moves')).body as { items: { id: string; steps: string[] }[] };
    expect(going).toMatchObject({ from: 1, to: 2, steps: ['our-answer'], state: 'going', told: 0 });
    const map = { 'our-answer': 'their-answer' };
    expect((await post('/v1/journeys/starter/moves/plan', { from: 1, to: 2, map })).body).toEqual({
      customers: 1,
      steps: [{ step: 'our-answer', customers: 1, leads: 'goes-on', at: 'their-answer', because: null }],
    });
    expect((await post('/v1/journeys/starter/moves/plan', { from: 1, to: 2 })).body).toMatchObject({
      steps: [{ leads: 'stays', because: "'our-answer' is not there" }],
    });
    const same = { from: 1, to: 2, map, steps: ['our-answer'] };
    expect((await post('/v1/journeys/starter/moves', same)).body).toMatchObject({ id: going?.id });
    expect(await post('/v1/journeys/starter/moves', { from: 1, to: 2 })).toMatchObject({
      status: 409,
      body: { detail: `Another move from that version is not over: ${String(going?.id)}. Finish it first.` },
    });
    expect((await post('/v1/journeys', withStep('our-answer', {}, 'their-answer'))).body).toMatchObject({
      published: [{ version: 2, isNew: false, move: going?.id }],
    });
    const tell = () => post(`/v1/moves/${String(going?.id)}/tell`);
    expect((await tell()).body).toEqual({ told: 1, done: false });
    expect((await tell()).body).toEqual({ told: 0, done: true });
    expect((await api.call('GET', `/v1/moves/${String(going?.id)}`)).body).toMatchObject({
      state: 'done',
      told: 1,
      moved: 0,
    });
  });

  it('that is not over stands in the way of publishing with another one, and says how to finish it', async () => {
    await api.db.updateTable('enrolments').set({ version: 2, step: 'their-answer' }).execute();
    const back = { from: 2, to: 1, map: { 'their-answer': 'our-answer' }, steps: ['their-answer'] };
    const { id } = (await post('/v1/journeys/starter/moves', back)).body as { id: string };
    const third = withStep('our-answer', {}, 'a-third-answer');
    const [journey] = third.journeys;
    const others = { move: { 'their-answer': 'a-third-answer' } };
    expect(await post('/v1/journeys', { ...third, journeys: [{ ...journey, others }] })).toMatchObject({
      status: 409,
      body: {
        code: 'another-move-is-going',
        detail:
          `Customers of 'starter' are being moved from 2 to 1 (${id}). Finish it: POST /v1/moves/${id}/tell (righttouch move starter ` +
          '--from 2 --to 1 --map their-answer=our-answer --at their-answer --go). Nothing was published.',
      },
    });
    expect((await api.call('GET', '/v1/journeys/starter')).body).toMatchObject({ version: 2 });
    while (!((await post(`/v1/moves/${id}/tell`)).body as { done: boolean }).done);
    await api.db.updateTable('enrolments').set({ version: 1, step: 'our-answer' }).execute();
  });

  it('is refused where there is nothing to move, and tells what is wrong', async () => {
    expect(await post('/v1/journeys/starter/moves', { from: 1, to: 9 })).toMatchObject({ status: 404 });
    expect(await post('/v1/journeys/starter/moves', { from: 1, to: 1 })).toMatchObject({ status: 409 });
    expect(await post('/v1/moves/g_none/tell')).toMatchObject({ status: 404 });
    expect(await post('/v1/journeys/starter/moves', { from: 1, to: 2, map: { 'our-anser': 'arrived' } })).toMatchObject(
      {
        status: 422,
        body: { faults: [{ field: 'map', value: 'our-anser', mend: "Did you mean 'our-answer'?" }] },
      },
    );
  });
});

describe('A correction', () => {
  const fix = (change: Record<string, unknown>, version = 1) => {
    const template = bundle.templates.find(({ name }) => name === 'inquiry-arrived') ?? {};
    return post(`/v1/journeys/starter/versions/${String(version)}/corrections`, {
      template: { ...template, ...change },
      why: 'a slip of the pen',
    });
  };
  const body =
    'Hello {{ customer.firstName }}, it is here. You hear from us by {{ promise.dueAt | day_and_time }}. {{ rightWay }}';

  it('changes the words of one version, and is kept with who, when and why', async () => {
    expect(await fix({ body })).toMatchObject({ status: 200, body: { isNew: true, customers: 1 } });
    expect((await fix({ body })).body).toMatchObject({ isNew: false });
    expect((await api.call('GET', '/v1/journeys/starter/versions/1/corrections')).body).toEqual({
      items: [
        {
          template: 'inquiry-arrived',
          locale: 'en',
          why: 'a slip of the pen',
          by: 'everything',
          at: expect.any(String),
        },
      ],
    });
    expect((await api.call('GET', '/v1/journeys/starter/versions/2/corrections')).body).toEqual({ items: [] });
  });

  it('is of words only, and of words that can be said', async () => {
    expect(await fix({ body, purpose: 'marketing' })).toMatchObject({
      status: 409,
      body: { code: 'not-possible-now' },
    });
    expect(await fix({ body: `${body} {{ customer.shoeSize }}` })).toMatchObject({
      status: 422,
      body: { code: 'unsound-journey' },
    });
    expect(await fix({ body, locale: 'de' })).toMatchObject({ status: 422, body: { code: 'unknown-name' } });
    expect(await fix({ body }, 7)).toMatchObject({ status: 404 });
  });
});

describe('A version', () => {
  it('comes back, and is retired only when nobody is on it', async () => {
    expect(await post('/v1/journeys/starter/versions/1/retire')).toMatchObject({
      status: 409,
      body: { detail: "1 customer is still on 'starter' 1.", faults: [{ problem: "1 at 'our-answer'." }] },
    });
    expect(await post('/v1/journeys/starter/rollback')).toMatchObject({
      status: 200,
      body: { version: 3, sameAs: 1, replaces: 2 },
    });
    expect((await api.call('GET', '/v1/journeys/starter')).body).toMatchObject({
      version: 3,
      sameAs: 1,
      retiredAt: null,
    });
    expect(await post('/v1/journeys/starter/versions/2/retire')).toMatchObject({ status: 200, body: { isNew: true } });
    expect((await api.call('GET', '/v1/journeys/starter/versions/2')).body).toMatchObject({
      retiredAt: expect.any(String),
    });
    expect(await post('/v1/journeys/starter/versions/9/retire')).toMatchObject({ status: 404 });
    expect(await post('/v1/journeys/nothing/rollback')).toMatchObject({ status: 404 });
  });
});
