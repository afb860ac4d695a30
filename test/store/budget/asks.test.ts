/** Where it stands what each ask of a touch came to: the newest with the touch, earlier ones beside it. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createBudgets, type Budgets } from '../../../store/budget/index.ts';
import { readCounts } from '../../../store/counts.ts';
import { recordWithPerson } from '../../../store/record-with-person.ts';
import { ownDatabase, type OwnDatabase } from '../../servers/database.ts';
import { addCustomers, askOf, hour, policyOf, SetClock } from './fixtures.ts';

let own: OwnDatabase;
let budgets: Budgets;
const clock = new SetClock();
beforeAll(async () => {
  own = await ownDatabase();
  budgets = createBudgets(own.db, { clock, onFreed: () => undefined });
  await addCustomers(own.db, ['c']);
});
afterAll(() => own.drop());

const asks = async (): Promise<string[]> => {
  const all = await own.db.selectFrom('asks').selectAll().orderBy('touch_id').orderBy('ask').execute();
  return all.map((a) => `${a.touch_id} ${String(a.ask)} ${a.decided} ${a.because ?? '-'} ${a.explanation.says}`);
};
const spaced = policyOf({ windows: [], spacing: [{ apart: '24 hours' }] });

test('a touch that asks again, and one that a person makes in the end, keep what was said before', async () => {
  const fate = { fate: 'wait', atMost: '3 days', then: 'drop' } as const;
  await budgets.reserve(askOf('a', 'c', { policy: spaced }));
  await budgets.reserve(askOf('b', 'c', { policy: spaced, fate }));
  expect((await readCounts(own.db)).deferrals).toEqual([{ because: 'spacing', count: 1 }]);
  clock.at += hour;
  await budgets.reserve(askOf('b', 'c', { policy: spaced, fate, ask: 2 }));
  await recordWithPerson(own.db, {
    id: 'b',
    ask: 3,
    customerId: 'c',
    enrolmentId: null,
    journey: 'offer',
    version: 1,
    step: 'hint',
    visit: 1,
    purpose: 'marketing',
    cause: null,
    template: 'hint',
    considered: [],
    because: 'A person makes it.',
    now: clock.at,
  });
  const told = await asks();
  expect(told.map((line) => line.split(' ').slice(0, 4).join(' '))).toEqual([
    'a 1 reserved -',
    'b 1 deferred spacing',
    'b 2 reserved -',
    'b 3 to-human made',
  ]);
  expect(told[3]).toContain('A person makes it.');
});
