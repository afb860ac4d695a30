import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createBudgets, type Budgets } from '../../../store/budget/index.ts';
import { reserveWork } from '../../../store/budget/reserve.ts';
import { runOn, type Run } from '../../../store/budget/run.ts';
import { createSwap, type Swap } from '../../../store/budget/swap.ts';
import { gatherLate } from '../../../store/merge/gather-late.ts';
import { mergeCustomers } from '../../../store/merge/merge-customers.ts';
import { whyCustomer } from '../../../store/why/why.ts';
import { ownDatabase, type OwnDatabase } from '../../servers/database.ts';
import { addCustomers, askOf, noon, policyOf } from '../budget/fixtures.ts';
import { differences } from '../budget/ledger.ts';

let own: OwnDatabase;
let budgets: Budgets;
let pair = 0;
let gone: string;
let kept: string;
beforeAll(async () => {
  own = await ownDatabase();
  budgets = createBudgets(own.db, { clock: { now: () => noon }, onFreed: () => undefined });
});
afterAll(() => own.drop());
beforeEach(async () => {
  pair += 1;
  [gone, kept] = [`gone-${String(pair)}`, `kept-${String(pair)}`];
  await addCustomers(own.db, [gone, kept]);
});

const nothing = policyOf({ windows: [{ name: 'nothing', atMost: 0, in: '7 days' }] });
const two = policyOf({ windows: [{ name: 'a week', atMost: 2, in: '7 days' }] });

const merge = async (): Promise<void> => {
  expect(
    await mergeCustomers(own.db, { from: gone, into: kept, actor: 'ops', reason: 'same', now: noon }),
  ).toMatchObject({ merged: 'now' });
};

/** Another process, to which something happens after its n-th statement of a kind. */
function interrupted(after: (text: string) => boolean, happens: () => Promise<unknown>): Swap {
  let done = false;
  const watch =
    (run: Run): Run =>
    async <Row extends object>(text: string, values: readonly unknown[]) => {
      const rows = await run<Row>(text, values);
      if (!done && after(text)) {
        done = true;
        await happens();
      }
      return rows;
    };
  return createSwap({
    run: watch(runOn(own.db)),
    transaction: (work) => own.db.transaction().execute((tx) => work(runOn(tx))),
    now: () => noon,
    onFreed: () => undefined,
  });
}
const read = (text: string): boolean => text.includes('left join lateral');
const ownerOf = async (touchId: string): Promise<string | undefined> =>
  (await own.db.selectFrom('touches').select('customer_id').where('id', '=', touchId).executeTakeFirst())?.customer_id;

test('a refusal that is being written while its customer is merged is kept, and comes to the record that is kept', async () => {
  const other = interrupted(read, merge);
  expect((await other(reserveWork(askOf(`${gone}/t/1`, gone, { policy: nothing })))).is).toBe('dropped');
  // It waits for nobody's row, and so it was written under the id that it was read with.
  expect(await ownerOf(`${gone}/t/1`)).toBe(gone);
  expect(await gatherLate(own.db, noon)).toBe(1);
  expect(await ownerOf(`${gone}/t/1`)).toBe(kept);
  expect((await whyCustomer(own.db, kept)).map(({ touchId, state }) => [touchId, state])).toEqual([
    [`${gone}/t/1`, 'refused'],
  ]);
  expect(await gatherLate(own.db, noon)).toBe(0);
});

test('asked again before it was gathered, it is decided on the record that is kept', async () => {
  const other = interrupted(read, merge);
  await other(reserveWork(askOf(`${gone}/t/1`, gone, { policy: nothing })));
  expect((await budgets.reserve(askOf(`${gone}/t/1`, gone, { ask: 2, policy: two }))).is).toBe('reserved');
  expect(await ownerOf(`${gone}/t/1`)).toBe(kept);
  expect(await differences(own.db)).toEqual([]);
});

test('asked for by two at once over a merge, a touch that is refused has one answer and one row', async () => {
  const id = `${gone}/t/1`;
  const other = interrupted(read, async () => {
    await merge();
    expect((await budgets.reserve(askOf(id, gone, { policy: two }))).is).toBe('reserved');
  });
  // It would have been refused; whoever came first has given it a place on the record that is kept.
  expect((await other(reserveWork(askOf(id, gone, { policy: nothing })))).is).toBe('reserved');
  expect(await ownerOf(id)).toBe(kept);
  expect(await differences(own.db)).toEqual([]);
});

test('a reservation that was decided before a merge is decided again after it, on what both have had', async () => {
  await budgets.reserve(askOf(`${kept}/a/1`, kept, { policy: two }));
  await budgets.fence(`${kept}/a/1`, { attempt: 'a', seen: 0, policy: two });
  await budgets.reserve(askOf(`${gone}/b/1`, gone, { policy: two }));
  await budgets.fence(`${gone}/b/1`, { attempt: 'b', seen: 0, policy: two });
  const other = interrupted(read, merge);
  // Each of them would have had room for one more; the person has not.
  expect((await other(reserveWork(askOf(`${gone}/t/1`, gone, { policy: two })))).is).toBe('dropped');
  expect(await ownerOf(`${gone}/t/1`)).toBe(kept);
  expect(await differences(own.db)).toEqual([]);
});

test('a place that was given before a merge is fenced and settled after it, by its old name', async () => {
  await budgets.reserve(askOf(`${gone}/t/1`, gone, { policy: two }));
  await budgets.fence(`${gone}/t/1`, { attempt: 'a', seen: 0, policy: two });
  await merge();
  expect(await budgets.settle(`${gone}/t/1`, 'a', { is: 'sent', providerId: `p-${gone}`, at: noon })).toEqual({
    settled: true,
    state: 'sent',
  });
  expect(await ownerOf(`${gone}/t/1`)).toBe(kept);
  expect(await differences(own.db)).toEqual([]);
});

test("100 refusals of one customer while they are merged: each is told once, none is lost, all are the kept record's", async () => {
  const asked = Array.from({ length: 100 }, (_, n) => `${gone}/r${String(n)}/1`);
  const answers = await Promise.all([
    ...asked.slice(0, 50).map((id) => budgets.reserve(askOf(id, gone, { policy: nothing }))),
    merge().then(() => null),
    ...asked
      .slice(50)
      .map((id) =>
        new Promise((resolve) => setImmediate(resolve)).then(() =>
          budgets.reserve(askOf(id, gone, { policy: nothing })),
        ),
      ),
  ]);
  expect(answers.filter((answer) => answer?.is === 'dropped')).toHaveLength(100);
  await gatherLate(own.db, noon);
  const rows = await own.db.selectFrom('touches').select('customer_id').where('id', 'in', asked).execute();
  expect(rows).toHaveLength(100);
  expect(new Set(rows.map((row) => row.customer_id))).toEqual(new Set([kept]));
});
