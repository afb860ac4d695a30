import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { createBudgets } from '../../../store/budget/index.ts';
import { upsertCustomer } from '../../../store/customers.ts';
import { gatherLate } from '../../../store/merge/gather-late.ts';
import { mergeCustomers, type MergeAnswer } from '../../../store/merge/merge-customers.ts';
import { openDatabase, type Db } from '../../../store/open.ts';
import { takeEvent } from '../../../store/take-event.ts';
import { ownDatabase, type OwnDatabase } from '../../servers/database.ts';
import { testSchema } from '../../servers/running.ts';
import { addCustomers, askOf, policyOf } from '../budget/fixtures.ts';
import { differences, sharedDifferences } from '../budget/ledger.ts';

/** The nightly run asks for 1,000: RT_MERGE_PAIRS=1000. */
const pairs = Number(process.env['RT_MERGE_PAIRS'] ?? 40);
const atOnce = 20;
const touchesEach = 5;
const weekMs = 7 * 86_400_000;
/** A household has more than each of its people; that is held as well, over the merge of two of them. */
const policy = policyOf({
  windows: [
    { name: 'each', atMost: 3, in: '7 days' },
    { name: 'an address', atMost: 5, in: '7 days', per: 'address' },
  ],
});

let own: OwnDatabase;
let workers: Db[];
beforeAll(async () => {
  own = await ownDatabase();
  workers = [1, 2, 3].map(() => openDatabase(own.url, { schema: testSchema, max: 6 }));
});
afterAll(() => own.drop());

test('customers are merged under load: within the stricter budget from the commit on, and nobody waits in a circle', async () => {
  const clock = { now: () => Date.now() };
  const budgets = workers.map((db) => createBudgets(db, { clock, onFreed: () => undefined }));
  const seen = { merged: 0, again: 0, lost: 0, fenced: 0, refused: 0, expired: 0 };
  const mergedAt = new Map<string, number>();

  async function touchAll(customer: string, mailbox: string, from: number): Promise<void> {
    for (let n = 0; n < touchesEach; n++) {
      const worker = budgets[(from + n) % budgets.length];
      const id = `${customer}/t${String(n)}/1`;
      for (let ask = 1; ask <= 3; ask++) {
        const candidates = [{ channel: 'email', address: mailbox }] as const;
        const answer = await worker?.reserve(
          askOf(id, customer, { ask, policy, candidates, firstAskedAt: clock.now() }),
        );
        if (answer?.is !== 'reserved') {
          seen.refused++;
          break;
        }
        const fenced = await worker?.fence(id, { attempt: `a${String(ask)}`, seen: 0, policy });
        if (fenced?.fenced) {
          seen.fenced++;
          await worker?.settle(id, `a${String(ask)}`, { is: 'sent', providerId: id, at: clock.now() });
          break;
        }
        seen.expired++;
      }
    }
  }

  async function pair(n: number): Promise<void> {
    const [a, b, third] = [`p${String(n)}-b`, `p${String(n)}-a`, `p${String(n)}-c`];
    const mailbox = `p${String(n)}@example.com`;
    const db = workers[n % workers.length] ?? own.db;
    await addCustomers(db, [a, b, third]);
    // In a third of the pairs they share their mailbox with one another and a third.
    if (n % 3 === 0)
      for (const id of [a, b, third])
        await upsertCustomer(db, { id, addresses: [{ channel: 'email', address: mailbox }], now: clock.now() });
    const merge = (from: string, into: string) =>
      mergeCustomers(workers[(n + 1) % workers.length] ?? own.db, {
        from,
        into,
        actor: 'ops',
        reason: 'same',
        now: clock.now(),
      }).then((answer: MergeAnswer) => {
        if ('refused' in answer) {
          seen.lost++;
          return;
        }
        seen[answer.merged === 'now' ? 'merged' : 'again']++;
        if (answer.merged === 'now') mergedAt.set(answer.into, clock.now());
      });
    const event = { bodyHash: 'b', type: 'seen', data: {}, at: clock.now(), now: clock.now() };
    await Promise.all([
      ...[a, b].map((id, from) => touchAll(id, mailbox, n + from)),
      ...(n % 3 === 0 ? [touchAll(third, mailbox, n)] : []),
      // By two at once, and in every fifth pair in both directions.
      merge(a, b),
      n % 5 === 0 ? merge(b, a) : merge(a, b),
      upsertCustomer(db, { id: a, addresses: [{ channel: 'email', address: mailbox }], now: clock.now() }),
      takeEvent(db, { ...event, idempotencyKey: `${a}/1`, customerId: a }),
    ]);
    await touchAll(b, mailbox, n);
  }

  const began = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < pairs) await pair(next++);
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  expect(seen.merged).toBe(pairs);

  const touches = await own.db
    .selectFrom('touches')
    .select(['id', 'customer_id', 'cost', 'sending_at', 'request'])
    .where('sending_at', 'is not', null)
    .execute();
  const over: string[] = [];
  for (const last of touches) {
    const end = last.sending_at?.getTime() ?? 0;
    // What left before the commit cannot be called back; whatever leaves after it is counted with all of that.
    if (end <= (mergedAt.get(last.customer_id) ?? Infinity)) continue;
    const inWeek = (t: (typeof touches)[number]): boolean =>
      (t.sending_at?.getTime() ?? 0) <= end && (t.sending_at?.getTime() ?? 0) > end - weekMs;
    const used = touches
      .filter((t) => t.customer_id === last.customer_id && inWeek(t))
      .reduce((sum, t) => sum + t.cost, 0);
    if (used > 3) over.push(`${last.customer_id}: ${String(used)} of 3`);
  }
  expect(over).toEqual([]);
  expect(await differences(own.db)).toEqual([]);
  expect(await sharedDifferences(own.db)).toEqual([]);
  await gatherLate(own.db, clock.now());
  const stray = await sql<{ id: string }>`
    select customer_id as id from touches t join customers c on c.id = t.customer_id where c.merged_into is not null
    union select customer_id from events e join customers c on c.id = e.customer_id where c.merged_into is not null
    union select customer_id from addresses a join customers c on c.id = a.customer_id where c.merged_into is not null`.execute(
    own.db,
  );
  expect(stray.rows).toEqual([]);

  // Each backend tells its numbers when it ends.
  await Promise.all(workers.map((db) => db.destroy()));
  const deadlocks = async (): Promise<number> => {
    const { rows } = await sql<{ deadlocks: string }>`
      select deadlocks from pg_stat_database where datname = current_database()`.execute(own.db);
    return Number(rows[0]?.deadlocks);
  };
  const found = await deadlocks();
  console.info(
    `customers merged under load: ${String(pairs)} pairs in ${seconds.toFixed(1)} s, ${String(touches.length)} touches sent, ${String(seen.expired)} places given back and asked for again, ${String(over.length)} over the stricter budget after the commit, ${String(found)} deadlocks ${JSON.stringify(seen)}`,
  );
  expect(found).toBe(0);
}, 600_000);
