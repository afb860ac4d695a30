/** What a budget is said to have been at an instant of the past, beside what it was when that instant was now. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { closeBySuppression } from '../../../store/gates.ts';
import { setGuards } from '../../../store/guards.ts';
import { askForLimits } from '../../../store/own-limits.ts';
import { createBudgets, type Budgets } from '../../../store/budget/index.ts';
import { rowNow } from '../../../store/budget-view/row-now.ts';
import { rowThen } from '../../../store/budget-view/row-then.ts';
import { ownDatabase, type OwnDatabase } from '../../servers/database.ts';
import { addCustomers, askOf, day, minute, noon, policyOf, SetClock } from './fixtures.ts';

let own: OwnDatabase;
let budgets: Budgets;
const clock = new SetClock();
beforeAll(async () => {
  own = await ownDatabase();
  budgets = createBudgets(own.db, { clock, onFreed: () => undefined });
  await addCustomers(own.db, ['ana']);
});
afterAll(() => own.drop());

const touch = (name: string): string => `ana-run/${name}/1`;
const policy = policyOf();
const reserve = (name: string, change = {}) =>
  budgets.reserve(askOf(touch(name), 'ana', { firstAskedAt: clock.at, ...change }));
const fence = (name: string) => budgets.fence(touch(name), { attempt: 'one', seen: 0, policy });
const settle = (name: string, is: 'sent' | 'failed' | 'unknown') =>
  budgets.settle(
    touch(name),
    'one',
    is === 'sent' ? { is, providerId: `p-${name}`, at: clock.at } : { is, code: 'a-code' },
  );
const waits = { fate: { fate: 'wait', atMost: '8 days', then: 'drop' } };

test('the past is told as it was: places, what was on its way, what was given back, who waited', async () => {
  const steps: (() => Promise<unknown>)[] = [
    () => reserve('a'),
    () => fence('a'),
    () => settle('a', 'sent'),
    () => reserve('b'),
    () => reserve('c', { candidates: [{ channel: 'sms', address: '+491' }], policy: policyOf({ windows: [] }) }),
    () => reserve('d', waits),
    () => fence('b'),
    () => settle('b', 'failed'),
    () => reserve('d', { ...waits, ask: 2 }),
    () => budgets.withdraw(touch('c')),
    () => reserve('e'),
    () => fence('e'),
    () => settle('e', 'unknown'),
    () => reserve('f'),
    () =>
      own.db
        .transaction()
        .execute((tx) => closeBySuppression(tx, 'ana', { channel: 'all', at: clock.at, reason: 'STOP' })),
    () => fence('f'),
  ];
  const seen: { at: number; row: unknown }[] = [];
  const told = ({ row }: Awaited<ReturnType<typeof rowNow>>) => ({
    recent: row.recent
      .map(({ touchId, at, cost, channel, state, reservedAt }) => [touchId, at, cost, channel, state, reservedAt])
      .sort(),
    waiting: row.waiting.map(({ touchId, channel, cost, until }) => [touchId, channel, cost, until]),
  });
  for (const step of steps) {
    await step();
    seen.push({ at: clock.at, row: told(await rowNow(own.db, 'ana', clock.at)) });
    clock.at += minute;
  }
  clock.at = noon + day;
  for (const { at, row } of seen)
    expect({ at, row: told(await rowThen(own.db, 'ana', at, clock.at)) }).toEqual({ at, row });
  expect(seen.some(({ row }) => JSON.stringify(row).includes('/d/1'))).toBe(true);
});

test('it says what is not kept, and which place it cannot be sure of', async () => {
  const { notKnown } = await rowThen(own.db, 'ana', noon + 20 * minute, clock.at);
  expect(notKnown.join(' ')).toContain('Not kept of the past');
  clock.at = noon + 30 * day;
  await addCustomers(own.db, ['ben']);
  await budgets.reserve(askOf('ben-run/x/1', 'ben', { firstAskedAt: clock.at }));
  const then = clock.at;
  clock.at += day;
  await budgets.expireReservations();
  await budgets.reserve(askOf('ben-run/x/1', 'ben', { ask: 2 }));
  const seen = await rowThen(own.db, 'ben', then + minute, clock.at);
  expect(seen.row.recent).toMatchObject([{ touchId: 'ben-run/x/1', cost: 1, state: 'reserved' }]);
  expect(seen.notKnown.at(-1)).toContain('ben-run/x/1 asked again later');
  expect((await rowThen(own.db, 'ben', then + day / 2, clock.at)).row.recent).toEqual([]);
});

test('what stood in the way then is read from the records that have a history', async () => {
  const at = noon + 60 * day;
  const { db } = own;
  await addCustomers(db, ['eva']);
  await askForLimits(db, 'eva', { change: () => ({ pausedUntil: at + day }), source: 'phone', actor: 'ana', at });
  await askForLimits(db, 'eva', { change: () => null, source: 'phone', actor: 'ana', at: at + 2 * minute });
  const guard = { fact: 'moving', contradicts: ['home'], reason: 'told us', actor: 'ana', reviewAt: at + day };
  await setGuards(db, ['eva'], { ...guard, now: at });
  const then = async (when: number) => (await rowThen(db, 'eva', when, at + day)).row.gates;
  expect(await then(at - 1)).toMatchObject({ own: null, guards: [] });
  expect(await then(at)).toMatchObject({
    own: { pausedUntil: at + day },
    guards: [{ fact: 'moving', contradicts: ['home'], reviewAt: at + day }],
  });
  expect((await then(at + 2 * minute)).own).toBeNull();
});
