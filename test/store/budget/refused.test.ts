import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createBudgets, type Budgets } from '../../../store/budget/index.ts';
import { reserveWork } from '../../../store/budget/reserve.ts';
import { runOn, type Run } from '../../../store/budget/run.ts';
import { createSwap, type Swap } from '../../../store/budget/swap.ts';
import { ownDatabase, type OwnDatabase } from '../../servers/database.ts';
import { addCustomers, askOf, noon, policyOf } from './fixtures.ts';
import { differences } from './ledger.ts';

let own: OwnDatabase;
let budgets: Budgets;
beforeAll(async () => {
  own = await ownDatabase();
  budgets = createBudgets(own.db, { clock: { now: () => noon }, onFreed: () => undefined });
});
afterAll(() => own.drop());

const nothing = policyOf({ windows: [{ name: 'nothing', atMost: 0, in: '7 days' }] });

/** Another process, to which something happens between what it reads and what it writes. */
function interrupted(happens: () => Promise<unknown>): Swap {
  let reads = 0;
  const run: Run = async <Row extends object>(text: string, values: readonly unknown[]) => {
    const rows = await runOn(own.db)<Row>(text, values);
    if ((reads += 1) === 1) await happens();
    return rows;
  };
  return createSwap({
    run,
    transaction: (work) => own.db.transaction().execute((tx) => work(runOn(tx))),
    now: () => noon,
    onFreed: () => undefined,
  });
}
const versionOf = async (customer: string): Promise<string> =>
  (await own.db.selectFrom('budgets').select('version').where('customer_id', '=', customer).executeTakeFirstOrThrow())
    .version;

test('a refusal leaves the row as it is, and is kept', async () => {
  await addCustomers(own.db, ['a']);
  expect((await budgets.reserve(askOf('t', 'a', { policy: nothing }))).is).toBe('dropped');
  expect(await versionOf('a')).toBe('1');
  const kept = await own.db.selectFrom('touches').select(['state', 'record']).where('id', '=', 't').execute();
  expect(kept).toMatchObject([{ state: 'refused', record: { tried: [{ channel: 'email' }] } }]);
});

test('refused by one process while another is giving it a place: both hear that it was refused, and there is no place', async () => {
  await addCustomers(own.db, ['b']);
  const other = interrupted(() => budgets.reserve(askOf('u', 'b', { policy: nothing })));
  const [told, one] = await Promise.all([other(reserveWork(askOf('u', 'b'))), other(reserveWork(askOf('v', 'b')))]);
  expect([told.is, one.is]).toEqual(['dropped', 'reserved']);
  expect(await differences(own.db)).toEqual([]);
});

test('so it is for one that is asked for alone', async () => {
  await addCustomers(own.db, ['d']);
  const other = interrupted(() => budgets.reserve(askOf('x', 'd', { policy: nothing })));
  expect((await other(reserveWork(askOf('x', 'd')))).is).toBe('dropped');
  expect(await differences(own.db)).toEqual([]);
});

test('given a place by one process while another is refusing it: both hear that it has one', async () => {
  await addCustomers(own.db, ['c']);
  const other = interrupted(() => budgets.reserve(askOf('w', 'c')));
  expect((await other(reserveWork(askOf('w', 'c', { policy: nothing })))).is).toBe('reserved');
  expect(await differences(own.db)).toEqual([]);
});
