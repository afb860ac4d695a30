import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { env, http, systems } from '../../core/journey/systems.ts';
import { sharedServer } from '../servers/temporal.ts';
import { startEngine, until, type Engine } from './engine.ts';
import { keptLog } from './kept-log.ts';
import { startShop, type Shop } from './shop.ts';

let shop: Shop;
let engine: Engine;
let temporal: TestWorkflowEnvironment;
const { log, logged } = keptLog();
beforeAll(async () => {
  shop = await startShop();
  temporal = await sharedServer();
  engine = await startEngine({
    log,
    environment: { SHOP_TOKEN: 's3cret' },
    systems: systems({
      lookUps: {
        'where-is-parcel': http({
          url: `${shop.url}/orders/{orderId}`,
          headers: { authorization: env('SHOP_TOKEN', 'Bearer ') },
          answer: { type: 'object', properties: { state: { enum: ['moving', 'lost'] } }, required: ['state'] },
          says: ({ state }: { state: string }) => (state === 'moving' ? 'on-its-way' : 'lost'),
          withinMs: 400,
        }),
      },
      actions: {
        'refund-order': http({
          url: `${shop.url}/refunds`,
          method: 'POST',
          headers: { authorization: env('SHOP_TOKEN', 'Bearer ') },
          byStatus: { 409: 'too-late' },
          withinMs: 400,
          triedForMs: 4_000,
        }),
      },
    }),
  });
});
afterAll(async () => {
  await engine.stop();
  await shop.close();
  await temporal.teardown();
});

/** The run of a parcel that is overdue; the order's id says how the other systems behave. */
async function overdue(orderId: string): Promise<string> {
  await engine.customer(`has-${orderId}`);
  await engine.event(`has-${orderId}`, 'parcel-overdue', { orderId, daysLate: 3 });
  const { id } = await until('a run', () =>
    engine.db.selectFrom('enrolments').select('id').where('once_value', '=', orderId).executeTakeFirst(),
  );
  return id;
}
const outcomeOf = (run: string): Promise<string> =>
  until(`${run} has ended`, async () => {
    const row = await engine.db.selectFrom('enrolments').select('outcome').where('id', '=', run).executeTakeFirst();
    return row?.outcome;
  });
const givenToPerson = (run: string): Promise<string> =>
  until(`${run} is with a person`, async () => {
    const row = await engine.db
      .selectFrom('task_reasons')
      .select('because')
      .where('id', '=', `${run}/person/1`)
      .executeTakeFirst();
    return row?.because;
  });
const mailTo = (customer: string): (string | undefined)[] =>
  engine.inbox.mails.filter((mail) => JSON.stringify(mail.to).includes(`${customer}@`)).map((mail) => mail.subject);
/** What the history says an activity of this kind answered. */
async function answered(run: string, kind: 'lookUp' | 'act'): Promise<{ arm: string; because?: string }> {
  const { events = [] } = await temporal.client.workflow.getHandle(`run:${run}`).fetchHistory();
  const scheduled = events?.find((e) => e.activityTaskScheduledEventAttributes?.activityType?.name === kind);
  const done = events?.find(
    (e) => e.activityTaskCompletedEventAttributes?.scheduledEventId?.toString() === scheduled?.eventId?.toString(),
  );
  const payload = done?.activityTaskCompletedEventAttributes?.result?.payloads?.[0]?.data;
  return JSON.parse(Buffer.from(payload ?? []).toString('utf8')) as { arm: string; because?: string };
}

describe('a late parcel, end to end', () => {
  test('it is lost: the money goes back, and they hear so', async () => {
    const run = await overdue('o-1');
    expect(await outcomeOf(run)).toBe('refunded');
    expect(mailTo('has-o-1')).toEqual(['Your parcel is lost, and your money comes back']);
    expect(shop.about('o-1', 'GET')).toMatchObject([{ path: '/orders/o-1', authorization: 'Bearer s3cret' }]);
    expect(shop.about('o-1', 'POST')).toMatchObject([
      { path: '/refunds', body: '{"orderId":"o-1"}', authorization: 'Bearer s3cret', key: `${run}/refund/1` },
    ]);
  });

  test('it is on its way: they hear so, and nothing is given back', async () => {
    expect(await outcomeOf(await overdue('moving'))).toBe('told');
    expect(mailTo('has-moving')).toEqual(['Your parcel is late, and on its way']);
    expect(shop.about('moving', 'POST')).toEqual([]);
  });
});

describe('what a look-up does not know is unsure, and a person has it', () => {
  test.each([
    ['slow', 3, 'it was not heard within 400 ms'],
    ['broken', 3, 'it answered with status 500'],
    ['wrong', 1, 'it answered in another form than was agreed'],
    ['no-json', 1, 'it answered in another form than was agreed'],
    ['elsewhere', 1, 'it answered with status 302'],
    ['huge', 1, 'it answered with more than 262144 bytes'],
  ])('%s', async (order, asked, because) => {
    const run = await overdue(order);
    expect(await givenToPerson(run)).toBe('A parcel is lost and not refunded');
    expect(shop.about(order, 'GET')).toHaveLength(asked);
    expect(await answered(run, 'lookUp')).toEqual({ is: 'arm', arm: 'unsure', because });
    expect(logged.filter((line) => line.includes(run) && line.includes(because))).toHaveLength(1);
    expect(shop.about(order, 'POST')).toEqual([]);
  });

  test('a trouble that passes is none', async () => {
    expect(await outcomeOf(await overdue('broken-once'))).toBe('told');
    expect(shop.about('broken-once', 'GET')).toHaveLength(2);
  });
});

describe('an act is tried until it is answered, always with one key', () => {
  test.each([
    ['fails-twice', 3],
    ['hangs-up', 2],
    ['busy', 2],
  ])('%s', async (order, asked) => {
    const run = await overdue(order);
    expect(await outcomeOf(run)).toBe('refunded');
    const all = shop.about(order, 'POST');
    expect(all.map(({ key }) => key)).toEqual(Array(asked).fill(`${run}/refund/1`));
    expect([...shop.refunds.values()].filter((made) => made === order)).toHaveLength(1);
  });

  test('whoever says when to come again is asked then', () => {
    const [first, second] = shop.about('busy', 'POST');
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1_990);
  });

  test('how the other system declines is its answer, and one of the words', async () => {
    const run = await overdue('late');
    await givenToPerson(run);
    expect(await answered(run, 'act')).toEqual({ is: 'arm', arm: 'too-late' });
    expect(shop.about('late', 'POST')).toHaveLength(1);
  });

  test('what is refused has failed at once', async () => {
    const run = await overdue('refused');
    await givenToPerson(run);
    expect(await answered(run, 'act')).toEqual({ is: 'arm', arm: 'failed', because: 'it answered with status 422' });
    expect(shop.about('refused', 'POST')).toHaveLength(1);
  });

  test('what is never answered has failed when its time is up', async () => {
    const run = await overdue('dead');
    await givenToPerson(run);
    expect(await answered(run, 'act')).toMatchObject({ arm: 'failed', because: 'it was not heard within 400 ms' });
    const all = shop.about('dead', 'POST');
    expect(new Set(all.map(({ key }) => key)).size).toBe(1);
    // 0 s, 1 s, 3 s; the next would be beyond 4 s.
    expect(all).toHaveLength(3);
  });
});

test('neither logs nor histories repeat what another system said, nor our secrets', async () => {
  const runs = await engine.db.selectFrom('enrolments').select('id').execute();
  const histories = await Promise.all(
    runs.map(async ({ id }) => readable(await temporal.client.workflow.getHandle(`run:${id}`).fetchHistory())),
  );
  expect(runs.length).toBeGreaterThanOrEqual(14);
  const kept = [...logged, ...histories].join('\n');
  expect(kept).toContain('where-is-parcel');
  for (const secret of ['s3cret', 'customers.test', shop.url, 'trouble']) expect(kept.includes(secret)).toBe(false);
});

/** With its payloads as text. */
const readable = (history: unknown): string =>
  JSON.stringify(history).replaceAll(/"data":"([A-Za-z0-9+/=]+)"/g, (_, data: string) =>
    Buffer.from(data, 'base64').toString('utf8'),
  );
