import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { splitResults } from '../../store/splits/results.ts';
import { fastClock, startEngine, until, type Engine } from './engine.ts';
import { listen, smallJourney } from './small-journey.ts';

const noted = smallJourney('noted', 'parts', {
  parts: { kind: 'remind', team: 'success', at: '2 hours', about: 'Have they had their answer?', next: 'end:done' },
});
const tried = smallJourney(
  'tried',
  'tone',
  {
    tone: { kind: 'split', shares: { warm: 50, plain: 50 }, goes: { warm: 'take', plain: 'take' }, next: 'take' },
    take: listen('30 days', { silence: 'end:silent' }),
  },
  { entry: { event: 'offer-ready', oncePer: 'offerId' }, goal: 'offer-taken' },
);

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({ clock: fastClock(3_600), journeys: [noted, tried] });
});
afterAll(() => engine.stop());

test('a note becomes a reason of the task of its team when it is due, though its run was over long before', async () => {
  await engine.customer('ana');
  await engine.event('ana', 'inquiry-received', { inquiryId: 'i-1', topic: 'other', urgent: false });
  const { db } = engine;
  const reason = await until('a reason', () =>
    db
      .selectFrom('task_reasons')
      .innerJoin('tasks', 'tasks.id', 'task_reasons.task_id')
      .innerJoin('notes', 'notes.id', 'task_reasons.id')
      .innerJoin('enrolments', 'enrolments.id', 'notes.enrolment_id')
      .select(['because', 'tasks.team', 'tasks.state', 'task_reasons.at', 'notes.due_at', 'notes.made_at', 'ended_at'])
      .where('tasks.customer_id', '=', 'ana')
      .executeTakeFirst(),
  );
  expect(reason).toMatchObject({ because: 'Have they had their answer?', team: 'success', state: 'open' });
  expect(reason.due_at.getTime() - reason.made_at.getTime()).toBeLessThanOrEqual(2 * 3_600_000);
  expect(reason.at.getTime()).toBeGreaterThanOrEqual(reason.due_at.getTime());
  expect(reason.ended_at?.getTime()).toBeLessThan(reason.due_at.getTime());
});

test('a customer falls to the same way each time; goals are counted for the way they went', async () => {
  const customers = Array.from({ length: 16 }, (_, i) => `c-${String(i)}`);
  for (const id of customers) await engine.customer(id);
  for (const offer of ['spring', 'summer'])
    for (const id of customers) await engine.event(id, 'offer-ready', { offerId: `${offer}-${id}`, percent: 10 });
  const rows = await until('all ways are written down', async () => {
    const found = await engine.db.selectFrom('splits').select(['customer_id', 'arm', 'goal']).execute();
    return found.length === 32 ? found : null;
  });
  const ways = new Map(
    customers.map((id) => [id, new Set(rows.flatMap((r) => (r.customer_id === id ? [r.arm] : [])))]),
  );
  expect([...ways.values()].every((arms) => arms.size === 1)).toBe(true);
  expect(new Set(rows.map(({ arm }) => arm))).toEqual(new Set(['warm', 'plain']));
  expect(new Set(rows.map(({ goal }) => goal))).toEqual(new Set(['offer-taken']));

  const warm = customers.filter((id) => ways.get(id)?.has('warm'));
  for (const id of warm) await engine.event(id, 'offer-taken', { offerId: `spring-${id}` });
  await until('the goal has ended their runs', async () => {
    const { count } = await engine.db
      .selectFrom('enrolments')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .where('outcome', '=', 'goal')
      .executeTakeFirstOrThrow();
    return Number(count) === warm.length;
  });
  const [tone] = await splitResults(engine.db, 'tried');
  expect(tone?.arms.map(({ arm, customers: all, goalsMet }) => ({ arm, all, goalsMet }))).toEqual([
    { arm: 'plain', all: 16 - warm.length, goalsMet: 0 },
    { arm: 'warm', all: warm.length, goalsMet: warm.length },
  ]);
});
