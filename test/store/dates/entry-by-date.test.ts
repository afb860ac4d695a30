import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { pino } from 'pino';
import { dayMs } from '../../../core/calendar/zone.ts';
import type { Journey } from '../../../core/journey/table.ts';
import { upsertCustomer } from '../../../store/customers.ts';
import { enterByDate } from '../../../store/dates/enter.ts';
import { scanForDates } from '../../../store/dates/scan.ts';
import { sweepDates } from '../../../worker/dates.ts';
import { ownDb } from '../own-db.ts';
import { customer, hour, journey, noon, publishAll } from '../setting.ts';

const db = await ownDb();

const log = pino({ level: 'silent' });
/** Noon is Monday, 2 March 2026; 60 days before 2 May at 10:00 in Berlin is 3 March, 09:00 UTC. */
const tomorrow = Date.parse('2026-03-03T09:00:00Z');
const byDate = (name: string, change: Partial<Journey> = {}): Journey =>
  journey(name, ['we-answered'], { entry: { date: `60 days before customer.${name} at 10:00` }, ...change });

const runsOf = (name: string) =>
  db.selectFrom('enrolments').selectAll().where('journey', '=', name).orderBy('started_at').execute();
const rowsOf = (name: string) =>
  db.selectFrom('date_entries').selectAll().where('journey', '=', name).orderBy('customer_id').execute();
const scanAll = async (): Promise<void> => {
  while ((await scanForDates(db, { limit: 1_000 })) > 0);
};
async function published(...journeys: Journey[]): Promise<void> {
  const result = await publishAll(db, ...journeys);
  if ('refused' in result) throw new Error(result.because);
  await scanAll();
}
const set = (id: string, fields: Record<string, string | null>, now: number, zone?: string) =>
  upsertCustomer(db, { id, fields, now, ...(zone === undefined ? {} : { zone }) });
const enter = (now: number) => enterByDate(db, { now, limit: 100 });
const endRuns = (name: string) =>
  db
    .updateTable('enrolments')
    .set({ state: 'ended', outcome: 'finished', ended_at: new Date(tomorrow) })
    .where('journey', '=', name)
    .execute();

test('whose date comes enters at its instant on their own clock, and not a millisecond sooner', async () => {
  await published(byDate('plain'));
  await customer(db, 'berlin', { plain: '2026-05-02' });
  await set('tokyo', { plain: '2026-05-02' }, noon, 'Asia/Tokyo');
  expect((await rowsOf('plain')).map((row) => [row.customer_id, row.due_at.toISOString()])).toEqual([
    ['berlin', '2026-03-03T09:00:00.000Z'],
    ['tokyo', '2026-03-03T01:00:00.000Z'],
  ]);
  expect((await enter(tomorrow - 8 * hour)).entered).toHaveLength(1);
  expect((await enter(tomorrow - 1)).entered).toHaveLength(0);
  expect((await enter(tomorrow)).entered).toHaveLength(1);
  expect((await runsOf('plain')).map((run) => run.entry_key)).toEqual(['tokyo/2026-05-02', 'berlin/2026-05-02']);
  const calls = await db.selectFrom('outbox').select('workflow_id').where('kind', '=', 'enrolment').execute();
  expect(calls).toHaveLength(2);
});

test('each value of the date is entered once, however often it is said again', async () => {
  await published(byDate('again'));
  await customer(db, 'c-again', { again: '2026-05-02' });
  expect((await enter(tomorrow)).entered).toHaveLength(1);
  await endRuns('again');
  await set('c-again', { again: '2026-05-02' }, tomorrow + hour);
  expect(await enter(tomorrow + 2 * hour)).toEqual({ due: 1, entered: [] });
  await set('c-again', { again: '2026-05-03' }, tomorrow + hour);
  expect((await enter(tomorrow + dayMs)).entered).toHaveLength(1);
});

test('a date that moves during a run starts no second one; the next date after it does', async () => {
  await published(byDate('moves'));
  await customer(db, 'c-moves', { moves: '2026-05-02' });
  await enter(tomorrow);
  await set('c-moves', { moves: '2026-05-04' }, tomorrow + hour);
  expect(await enter(tomorrow + 3 * dayMs)).toEqual({ due: 1, entered: [] });
  await endRuns('moves');
  await set('c-moves', { moves: '2026-05-20' }, tomorrow + 4 * dayMs);
  expect((await enter(tomorrow + 30 * dayMs)).entered).toHaveLength(1);
});

test('a date that is said a day late enters at once, a later one not at all', async () => {
  await published(byDate('late'));
  await customer(db, 'c-late');
  await set('c-late', { late: '2026-05-02' }, tomorrow + dayMs + 1);
  expect(await rowsOf('late')).toEqual([]);
  await set('c-late', { late: '2026-05-02' }, tomorrow + dayMs);
  expect((await enter(tomorrow + dayMs)).entered).toHaveLength(1);
});

test('who was due while nobody looked enters however late, also if the same date is said again meanwhile', async () => {
  await published(byDate('outage'));
  await customer(db, 'c-outage', { outage: '2026-05-02' });
  await set('c-outage', { outage: '2026-05-02' }, tomorrow + 5 * dayMs);
  expect((await enter(tomorrow + 5 * dayMs)).entered).toHaveLength(1);
});

test('a date that is taken away, or goes on, is waited for no longer; another zone moves its instant', async () => {
  await published(byDate('taken'));
  await customer(db, 'c-taken', { taken: '2026-05-02' });
  await set('c-taken', {}, noon, 'America/New_York');
  expect((await rowsOf('taken')).map((row) => row.due_at.toISOString())).toEqual(['2026-03-03T15:00:00.000Z']);
  await set('c-taken', { taken: null }, noon);
  expect(await rowsOf('taken')).toEqual([]);
});

test('who does not fit when the moment comes does not enter', async () => {
  await published(byDate('fits', { entry: { date: 'customer.fits', only: { path: 'customer.plan', is: ['gold'] } } }));
  await customer(db, 'c-gold', { fits: '2026-03-03', plan: 'gold' });
  await customer(db, 'c-free', { fits: '2026-03-03', plan: 'free' });
  expect(await enter(tomorrow)).toMatchObject({ due: 2, entered: [expect.any(String)] });
  expect((await runsOf('fits')).map((run) => run.customer_id)).toEqual(['c-gold']);
});

test('a journey that is published finds who is there, but not whom it would find too late', async () => {
  await customer(db, 'c-there', { found: '2026-05-02' });
  await customer(db, 'c-past', { found: '2026-04-20' });
  await published(byDate('found'));
  expect((await rowsOf('found')).map((row) => row.customer_id)).toEqual(['c-there']);
  await published(byDate('found', { entry: { date: '59 days before customer.found at 10:00' } }));
  expect((await rowsOf('found')).map((row) => row.due_at.toISOString())).toEqual(['2026-03-04T09:00:00.000Z']);
  await published(byDate('found', { entry: { event: 'inquiry-received', oncePer: 'inquiryId' } }));
  expect(await rowsOf('found')).toEqual([]);
});

test('10,000 renewals of one morning, a worker lost in the middle of a page and a day without any: each enters once', async () => {
  await published(byDate('renewal'));
  await sql`insert into customers (id, zone, fields, created_at, updated_at)
    select 'many-' || n, 'Europe/Berlin', '{"renewal":"2026-05-02"}', ${new Date(noon)}, ${new Date(noon)}
    from generate_series(1, 10000) n`.execute(db);
  await published(byDate('renewal', { story: 'The second version looks at everybody.' }));
  expect(await rowsOf('renewal')).toHaveLength(10_000);

  // One that never commits: it has taken a page, begun its runs, and is gone.
  let fail = (_: Error): void => undefined;
  const gone = new Promise<never>((_, reject) => {
    fail = reject;
  });
  let taken = (): void => undefined;
  const inTheMiddle = new Promise<void>((resolve) => {
    taken = resolve;
  });
  const lost = db.transaction().execute(async (tx) => {
    const found = await enterByDate(
      { transaction: () => ({ execute: (work: (t: typeof tx) => unknown) => work(tx) }) } as never,
      {
        now: tomorrow,
        limit: 500,
      },
    );
    expect(found.entered).toHaveLength(500);
    taken();
    await gone;
  });
  await inTheMiddle;

  // Others go on meanwhile, a day later, two at once; what the lost one holds is nobody's until it is gone.
  const clock = { now: () => tomorrow + dayMs, spec: { realAnchor: 0, virtualAnchor: 0, rate: 1 } };
  const drain = async (): Promise<number> => {
    await db.deleteFrom('outbox').execute(); // Temporal has been told.
    return (await sweepDates({ db, clock, log })).entered;
  };
  const sweepAll = async (): Promise<number> => {
    let entered = 0;
    for (let more = await drain(); more > 0; more = await drain()) entered += more;
    return entered;
  };
  const others = await Promise.all([sweepAll(), sweepAll()]);
  expect(others[0] + others[1]).toBe(9_500);
  fail(new Error('killed'));
  await expect(lost).rejects.toThrow('killed');
  expect(await sweepAll()).toBe(500);

  const runs = await sql<{ runs: string; customers: string }>`
    select count(*) as runs, count(distinct customer_id) as customers from enrolments where journey = 'renewal'`.execute(
    db,
  );
  expect(runs.rows).toEqual([{ runs: '10000', customers: '10000' }]);
});

test("a date that only means 'not known' or 'never' is not waited for, and nobody else waits because of it", async () => {
  await customer(db, 'c-never', { far: '9999-12-31' });
  await customer(db, 'c-unknown', { far: '0001-01-01' });
  await customer(db, 'c-well', { far: '2026-05-02' });
  await published(byDate('far', { entry: { date: 'customer.far' } }));
  expect((await rowsOf('far')).map((row) => row.customer_id)).toEqual(['c-well']);
  await set('c-well', { far: '9999-12-31' }, noon);
  await set('c-never', { far: '0001-01-01' }, noon);
  expect(await rowsOf('far')).toEqual([]);
});

test('whoever is due enters although nobody can be looked through', async () => {
  await published(byDate('apart'));
  await customer(db, 'c-apart', { apart: '2026-05-02' });
  await sql`alter table date_scans rename to gone`.execute(db);
  const clock = { now: () => tomorrow, spec: { realAnchor: 0, virtualAnchor: 0, rate: 1 } };
  await db.deleteFrom('outbox').execute();
  const found = await sweepDates({ db, clock, log });
  await sql`alter table gone rename to date_scans`.execute(db);
  expect(found).toMatchObject({ scanned: 0, entered: 1 });
});

test('nobody else enters while Temporal has so much to be told of', async () => {
  await published(byDate('paced'));
  await customer(db, 'c-paced', { paced: '2026-05-02' });
  await sql`insert into outbox (workflow_id, kind, ref, due_at)
    select 'run:full-' || n, 'enrolment', 'full-' || n, ${new Date(noon)} from generate_series(1, 1000) n`.execute(db);
  const clock = { now: () => tomorrow, spec: { realAnchor: 0, virtualAnchor: 0, rate: 1 } };
  expect((await sweepDates({ db, clock, log })).entered).toBe(0);
  await sql`delete from outbox where ref like 'full-%'`.execute(db);
  expect((await sweepDates({ db, clock, log })).entered).toBe(1);
});
