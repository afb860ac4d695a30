import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { createBudgets, type Budgets } from '../../../store/budget/index.ts';
import { reserveWork } from '../../../store/budget/reserve.ts';
import { runOn, type Run } from '../../../store/budget/run.ts';
import { createSwap, type Swap } from '../../../store/budget/swap.ts';
import { upsertCustomer } from '../../../store/customers.ts';
import { openDatabase, type Db } from '../../../store/open.ts';
import { ownDatabase, type OwnDatabase } from '../../servers/database.ts';
import { testSchema } from '../../servers/running.ts';
import { addCustomers, askOf, noon, policyOf } from './fixtures.ts';
import { differences, sharedDifferences } from './ledger.ts';

let own: OwnDatabase;
let other: Budgets;
let pools: Db[];
const clock = { now: () => noon };
beforeAll(async () => {
  own = await ownDatabase();
  other = createBudgets(own.db, { clock, onFreed: () => undefined });
  pools = [1, 2, 3, 4].map(() => openDatabase(own.url, { schema: testSchema, max: 4 }));
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.destroy()));
  await own.drop();
});

const wide = policyOf({ windows: [{ name: 'a week', atMost: 500, in: '7 days' }] });

type Seen = 'read' | 'lost' | 'written' | 'locked';
const isRead = (text: string): boolean => text.includes('left join lateral');
const isWrite = (text: string): boolean => text.includes('insert into budgets');

/** A process whose statements are watched: `onRead` is awaited after each read without a lock, `onLocked` when it holds the row. */
function watched(db: Db, on: { read?: () => Promise<unknown>; locked?: () => Promise<unknown> } = {}) {
  const seen: Seen[] = [];
  const watch =
    (run: Run, inside: boolean): Run =>
    async <Row extends object>(text: string, values: readonly unknown[]) => {
      const rows = await run<Row>(text, values);
      if (text.includes('for update') && text.includes('from budgets where customer_id = $1')) {
        seen.push('locked');
        await on.locked?.();
      } else if (isRead(text) && !inside) {
        seen.push('read');
        await on.read?.();
      } else if (isWrite(text)) seen.push(rows.length === 0 ? 'lost' : 'written');
      return rows;
    };
  const swap: Swap = createSwap({
    run: watch(runOn(db), false),
    transaction: (work) => db.transaction().execute((tx) => work(watch(runOn(tx), true))),
    now: () => noon,
    onFreed: () => undefined,
  });
  return { swap, seen };
}

/** Somebody else writes the customer's row, so often. */
function meddling(customer: string, times: number): () => Promise<void> {
  let n = 0;
  return async () => {
    if ((n += 1) > times) return;
    const id = `${customer}/other/${String(n)}`;
    expect((await other.reserve(askOf(id, customer, { policy: wide }))).is).toBe('reserved');
  };
}

test('two lost rounds are tried again without a lock', async () => {
  await addCustomers(own.db, ['twice']);
  const { swap, seen } = watched(own.db, { read: meddling('twice', 2) });
  expect((await swap(reserveWork(askOf('twice/ours/1', 'twice', { policy: wide })))).is).toBe('reserved');
  expect(seen).toEqual(['read', 'lost', 'read', 'lost', 'read', 'written']);
  expect(await differences(own.db)).toEqual([]);
});

test('after three lost rounds its row is locked: whoever wants it meanwhile waits, and nobody is decided on what is not there', async () => {
  await addCustomers(own.db, ['thrice']);
  const order: string[] = [];
  let waits: Promise<unknown> = Promise.resolve();
  const { swap, seen } = watched(own.db, {
    read: meddling('thrice', 3),
    async locked() {
      order.push('locked');
      waits = other.reserve(askOf('thrice/late/1', 'thrice', { policy: wide })).then(() => order.push('the other'));
      // The other one is at the lock by then: the server itself says so.
      await untilSomebodyWaits();
    },
  });
  const ours = swap(reserveWork(askOf('thrice/ours/1', 'thrice', { policy: wide }))).then((answer) => {
    order.push('ours');
    return answer;
  });
  expect((await ours).is).toBe('reserved');
  await waits;
  expect(seen).toEqual(['read', 'lost', 'read', 'lost', 'read', 'lost', 'locked', 'written']);
  expect(order[0]).toBe('locked');
  expect(await differences(own.db)).toEqual([]);
  const { version } = await own.db
    .selectFrom('budgets')
    .select('version')
    .where('customer_id', '=', 'thrice')
    .executeTakeFirstOrThrow();
  // Three of the other one, ours, and the other one's last, which lost against ours and was decided again.
  expect(Number(version)).toBe(1 + 5);
});

async function untilSomebodyWaits(howMany = 1): Promise<void> {
  for (;;) {
    const { rows } = await sql`select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(pools[0] ?? own.db);
    if (rows.length >= howMany) return;
  }
}

test('others of the batch do not wait for the customer whose row is locked', async () => {
  await addCustomers(own.db, ['hot', 'calm']);
  const { swap, seen } = watched(own.db, { read: meddling('hot', 3) });
  const both = ['hot', 'calm'].map((id) => swap(reserveWork(askOf(`${id}/ours/1`, id, { policy: wide }))));
  expect((await Promise.all(both)).map(({ is }) => is)).toEqual(['reserved', 'reserved']);
  // In the first round one of both is written, so no write is empty there.
  expect(seen).toEqual(['read', 'written', 'read', 'lost', 'read', 'lost', 'locked', 'written']);
  expect(await differences(own.db)).toEqual([]);
});

test('four pools at one customer, a touch at a time: some come to the lock, and exactly as many have a place as there is room for', async () => {
  await addCustomers(own.db, ['wanted']);
  const room = policyOf({ windows: [{ name: 'a week', atMost: 60, in: '7 days' }] });
  const processes = pools.map((pool) => watched(pool));
  const answers = await Promise.all(
    processes.flatMap(({ swap }, p) => Array.from({ length: 1 }, () => oneByOne(swap, p))),
  );
  async function oneByOne(swap: Swap, p: number): Promise<number> {
    let reserved = 0;
    for (let n = 0; n < 30; n += 1)
      if (
        (await swap(reserveWork(askOf(`wanted/${String(p)}/${String(n)}`, 'wanted', { policy: room })))).is ===
        'reserved'
      )
        reserved += 1;
    return reserved;
  }
  expect(answers.reduce((sum, n) => sum + n, 0)).toBe(60);
  const count = (what: Seen): number => processes.flatMap(({ seen }) => seen).filter((one) => one === what).length;
  expect(count('lost')).toBeGreaterThan(0);
  console.info(
    `four pools at one customer: ${String(count('lost'))} rounds lost, ${String(count('locked'))} times the lock`,
  );
  expect(await differences(own.db)).toEqual([]);
});

const alone = Array.from({ length: 20 }, (_, n) => `alone-${String(n).padStart(2, '0')}`);
const family = Array.from({ length: 12 }, (_, n) => `family-${String(n).padStart(2, '0')}`);
const mailboxOf = (id: string): string => {
  const n = family.indexOf(id);
  return n < 0 ? `${id}@example.com` : `home-${String(n % 2)}@example.com`;
};
const sharedToo = policyOf({
  windows: [
    { name: 'each', atMost: 500, in: '7 days' },
    { name: 'an address', atMost: 5_000, in: '7 days', per: 'address' },
    { name: 'an account', atMost: 5_000, in: '7 days', per: 'account' },
  ],
});
/** All of them at once, in this order. */
const reserveAll = (swap: Swap, ids: readonly string[], name: string): Promise<string[]> =>
  Promise.all(
    ids.map(async (id) => {
      const candidates = [{ channel: 'email', address: mailboxOf(id) }] as const;
      return (await swap(reserveWork(askOf(`${id}/${name}/1`, id, { policy: sharedToo, candidates })))).is;
    }),
  );

test('many batches in opposite orders, of customers alone and of those who share mailboxes and accounts: nobody waits in a circle', async () => {
  await addCustomers(own.db, [...alone, ...family]);
  for (const [n, id] of family.entries())
    await upsertCustomer(own.db, {
      id,
      // Two mailboxes and three accounts, crosswise: whoever writes one of them holds several.
      addresses: [{ channel: 'email', address: mailboxOf(id) }],
      accountId: `account-${String(n % 3)}`,
      now: noon,
    });
  const all = [...alone, ...family];
  const processes = pools.map((pool) => watched(pool));
  const before = await deadlocks();
  for (let round = 0; round < 4; round += 1) {
    const answers = await Promise.all(
      processes.map(({ swap }, p) =>
        reserveAll(swap, p % 2 === 0 ? all : all.toReversed(), `${String(p)}.${String(round)}`),
      ),
    );
    expect(new Set(answers.flat())).toEqual(new Set(['reserved']));
  }
  expect(await deadlocks()).toBe(before);
  const count = (what: Seen): number => processes.flatMap(({ seen }) => seen).filter((one) => one === what).length;
  expect(count('lost')).toBeGreaterThan(0);
  console.info(
    `batches in opposite orders: ${String(count('lost'))} writes lost, ${String(count('locked'))} locks, 0 deadlocks`,
  );
  expect(await differences(own.db)).toEqual([]);
  expect(await sharedDifferences(own.db)).toEqual([]);
});

test.each([
  { who: 'customers alone', ids: alone },
  { who: 'customers who share', ids: family },
])(
  'two batches of $who in opposite orders that meet in the middle: one waits for the other, and not in a circle',
  async ({ who, ids }) => {
    const [first, second] = pools.map((pool) => watched(pool).swap);
    if (!first || !second) throw new Error('two pools are needed');
    const before = await deadlocks();
    const middle = ids[Math.floor(ids.length / 2)] ?? '';
    // Whoever has come as far as the middle waits there until both wait.
    const both = await own.db.transaction().execute(async (tx) => {
      await sql`select 1 from budgets where customer_id = ${middle} for update`.execute(tx);
      const batches = [reserveAll(first, ids, `${who} up`), reserveAll(second, ids.toReversed(), `${who} down`)];
      await untilSomebodyWaits(2);
      return { batches };
    });
    expect(new Set((await Promise.all(both.batches)).flat())).toEqual(new Set(['reserved']));
    expect(await deadlocks()).toBe(before);
    expect(await differences(own.db)).toEqual([]);
    expect(await sharedDifferences(own.db)).toEqual([]);
  },
);

/** Each backend tells its numbers now and then: `pg_stat_force_next_flush` makes those that are asked tell them at once. */
async function deadlocks(): Promise<number> {
  await Promise.all([own.db, ...pools].map((db) => sql`select pg_stat_force_next_flush()`.execute(db)));
  const { rows } = await sql<{ deadlocks: string }>`
    select deadlocks from pg_stat_database where datname = current_database()`.execute(own.db);
  return Number(rows[0]?.deadlocks);
}
