import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { placeHold } from '../../store/gates.ts';
import { createBudgets, type Budgets } from '../../store/budget/index.ts';
import { makeNote } from '../../store/notes/make.ts';
import { whyPage, type WhyTold } from '../../store/why/why.ts';
import { enterByDate } from '../../store/dates/enter.ts';
import { addCustomers, askOf, day, minute, noon, policyOf, SetClock } from './budget/fixtures.ts';
import { ownDatabase, type OwnDatabase } from '../servers/database.ts';
import { customer, event, journey, publishAll, take } from './setting.ts';

let own: OwnDatabase;
let budgets: Budgets;
const clock = new SetClock();
beforeAll(async () => {
  own = await ownDatabase();
  budgets = createBudgets(own.db, { clock, onFreed: () => undefined });
  await publishAll(
    own.db,
    journey('gold', [], {
      entry: { event: 'asked', oncePer: 'inquiryId', only: { path: 'customer.plan', is: ['gold'] } },
    }),
    journey('welcome', [], { entry: { event: 'signed-up', oncePer: 'customer' } }),
    journey('again', [], { entry: { event: 'came', oncePer: 'customer', again: 'after 30 days' } }),
    journey('renewal', [], {
      entry: { date: '1 day before customer.renewsOn at 10:00', only: { path: 'customer.plan', is: ['gold'] } },
    }),
  );
});
afterAll(() => own.drop());

const reserve = (customerId: string, name: string, change = {}) =>
  budgets.reserve(askOf(`${customerId}-run/${name}/1`, customerId, { firstAskedAt: clock.at, ...change }));

/** All pages, as [kind, name] in the order in which they come. */
async function pages(customerId: string, first: 'newest' | 'oldest', limit: number): Promise<string[]> {
  const all: string[] = [];
  let after: WhyTold['next'] = null;
  do {
    const told: WhyTold = await whyPage(own.db, customerId, { limit, first, ...(after ? { after } : {}) });
    const items = [
      ...told.touches.map((t) => ({ at: t.askedAt, id: t.touchId })),
      ...told.notes.map((n) => ({ at: n.at, id: n.id })),
      ...told.turnedAway.map((a) => ({ at: a.at, id: a.id })),
    ].sort((a, b) => (first === 'newest' ? -1 : 1) * (a.at - b.at || (a.id < b.id ? -1 : 1)));
    all.push(...items.map(({ id }) => id));
    after = told.next;
  } while (after);
  return all;
}

test('pages hold everything once, in order, whatever came at one instant', async () => {
  const who = await customer(own.db, 'pages');
  clock.at = noon;
  const { started } = await take(own.db, event(who, 'signed-up', { now: noon }));
  for (let n = 0; n < 12; n += 1) {
    await reserve(who, `t${String(n)}`);
    if (n % 3 === 0) {
      await makeNote(own.db, {
        id: `note/${String(n)}/1`,
        customerId: who,
        enrolmentId: started[0]!.enrolmentId,
        step: 'remind',
        team: 'care',
        about: 'call them',
        said: '1 day',
        from: clock.at,
        dueAt: clock.at + day,
        now: clock.at,
      });
      await take(own.db, event(who, 'asked', { now: clock.at, data: { inquiryId: String(n) } }));
    }
    if (n % 4 === 3) clock.at += minute;
  }
  const whole = await pages(who, 'newest', 200);
  expect(whole).toHaveLength(20);
  expect(await pages(who, 'newest', 3)).toEqual(whole);
  expect(await pages(who, 'oldest', 7)).toEqual(whole.toReversed());
  const [note] = (await whyPage(own.db, who, { limit: 200, first: 'oldest' })).notes;
  expect(note).toMatchObject({ journey: 'welcome', step: 'remind', team: 'care', dueAt: noon + day, toldAt: null });
});

test('a refusal says who has the place that it wanted', async () => {
  await addCustomers(own.db, ['won']);
  clock.at = noon;
  await reserve('won', 'before');
  clock.at += minute;
  const asked = { firstAskedAt: clock.at, fate: { fate: 'wait', atMost: '8 days', then: 'drop' } };
  for (const name of ['first', 'second']) await reserve('won', name);
  clock.at += minute;
  await reserve('won', 'late', asked);
  const [late] = (await whyPage(own.db, 'won', { limit: 1, first: 'newest' })).touches;
  expect(late?.asks[0]?.tried).toMatchObject([
    {
      decision: {
        explanation: {
          usedBy: ['won-run/before/1', 'won-run/first/1', 'won-run/second/1'],
          wonBy: ['won-run/first/1', 'won-run/second/1'],
        },
      },
    },
  ]);
});

test('what the fence decided is kept beside what the reservation had decided', async () => {
  await addCustomers(own.db, ['held']);
  clock.at = noon;
  await reserve('held', 'a');
  await own.db.transaction().execute((tx) => placeHold(tx, 'held', { until: noon + day, taskId: 'T-1' }));
  clock.at += minute;
  expect(await budgets.fence('held-run/a/1', { attempt: 'first', seen: 0, policy: policyOf() })).toMatchObject({
    because: 'gate',
  });
  clock.at += day;
  await reserve('held', 'a', { ask: 2 });
  const [touch] = (await whyPage(own.db, 'held', { limit: 1, first: 'newest' })).touches;
  expect(touch?.asks.map(({ ask, decided, because, at }) => [ask, decided, because, at])).toEqual([
    [1, 'reserved', null, noon],
    [1, 'stopped', 'hold', noon + minute],
    [2, 'reserved', null, noon + minute + day],
  ]);
});

test('entries that came to nothing are told with their reason: not for them, once only, too early, and by a date', async () => {
  const who = await customer(own.db, 'away', { plan: 'basic' });
  const over = (id: string) =>
    own.db
      .updateTable('enrolments')
      .set({ state: 'ended', ended_at: new Date(noon) })
      .where('id', '=', id)
      .execute();
  await take(own.db, event(who, 'asked', { now: noon, data: { inquiryId: 'i-1' } }));
  for (const type of ['signed-up', 'came']) {
    const { started } = await take(own.db, event(who, type, { now: noon + 1 }));
    // While it runs, the same event is news for the run, and not turned away.
    await take(own.db, event(who, type === 'came' ? 'nothing' : type, { now: noon + 2 }));
    await over(started[0]!.enrolmentId);
    await take(own.db, event(who, type, { now: noon + (type === 'came' ? 4 : 3) }));
  }
  await own.db
    .insertInto('date_entries')
    .values({ customer_id: who, journey: 'renewal', date: '2026-12-01', due_at: new Date(noon + 5) })
    .execute();
  expect(await enterByDate(own.db, { now: noon + 5, limit: 10 })).toEqual({ due: 1, entered: [] });
  const { turnedAway } = await whyPage(own.db, who, { limit: 50, first: 'oldest' });
  expect(turnedAway.map(({ journey: name, because, until }) => [name, because, until])).toEqual([
    ['gold', 'it is entered only if customer.plan is gold', null],
    ['welcome', 'there was a run for this customer already, and it is entered once', null],
    ['again', 'it may be entered again after 30 days from the end of the last run', noon + 30 * day],
    ['renewal', 'it is entered only if customer.plan is gold', null],
  ]);
});
