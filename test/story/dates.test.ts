import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { upsertCustomer } from '../../store/customers.ts';
import { notifyPump } from '../../store/outbox.ts';
import { oneWord } from './audience.ts';
import { startEngine, until, type Engine } from './engine.ts';

/** The engine's clock begins on Tuesday, 24 November 2026, at 10:00 in Berlin. */
let engine: Engine;
beforeAll(async () => {
  const byDate = oneWord(
    'reminder',
    '',
    { next: 'the-day' },
    { entry: { date: '1 day before customer.renewsOn at 10:00' } },
  );
  const steps = {
    ...byDate.steps,
    'the-day': { kind: 'pause', until: 'customer.renewsOn', follows: 'customer', next: 'end:finished' },
  } as const;
  engine = await startEngine({ journeys: [{ ...byDate, steps }] });
});
afterAll(() => engine.stop());

const runsOf = (customerId: string) =>
  engine.db.selectFrom('enrolments').selectAll().where('customer_id', '=', customerId).execute();
const renewsOn = async (customerId: string, date: string): Promise<void> => {
  await upsertCustomer(engine.db, { id: customerId, fields: { renewsOn: date }, now: engine.clock.now() });
  await notifyPump(engine.db);
};

test('a customer whose date has come begins a run by itself, hears of it, and waits for the day', async () => {
  await engine.customer('ana', { fields: { renewsOn: '2026-11-25' } });
  const [run] = await until('ana waits', async () => {
    const runs = await runsOf('ana');
    return runs[0]?.step === 'the-day' && runs;
  });
  expect(run).toMatchObject({ entry_key: 'ana/2026-11-25', state: 'running' });
  expect(run?.wake_at?.toISOString()).toBe('2026-11-24T23:00:00.000Z');
  expect(engine.inbox.mails.map((mail) => mail.subject)).toEqual(['Your year with us']);
});

test('the date moves: the run moves with it, and no second one begins', async () => {
  await renewsOn('ana', '2026-11-27');
  await until('it waits for the new day', async () => {
    const [run] = await runsOf('ana');
    return run?.wake_at?.toISOString() === '2026-11-26T23:00:00.000Z';
  });
  await renewsOn('ana', '2026-11-24');
  await until('it is over', async () => {
    const [run] = await runsOf('ana');
    return run?.state === 'ended';
  });
  expect(await runsOf('ana')).toHaveLength(1);
  expect(engine.inbox.mails).toHaveLength(1);
});

test('somebody whose date is to come is only a row until then', async () => {
  await engine.customer('ben', { fields: { renewsOn: '2026-12-24' } });
  const rows = await engine.db.selectFrom('date_entries').selectAll().where('customer_id', '=', 'ben').execute();
  expect(rows).toMatchObject([{ journey: 'reminder', date: '2026-12-24', due_at: new Date('2026-12-23T09:00:00Z') }]);
  expect(await runsOf('ben')).toEqual([]);
});
