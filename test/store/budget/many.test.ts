import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createBudgets } from '../../../store/budget/index.ts';
import { ownDatabase, type OwnDatabase } from '../../servers/database.ts';
import { addCustomers, askOf, hour, minute, policyOf, SetClock } from './fixtures.ts';
import { differences } from './ledger.ts';

let own: OwnDatabase;
beforeAll(async () => {
  own = await ownDatabase();
});
afterAll(() => own.drop());

test('10,000 customers with random demands: nobody over, nobody under, every answer the same when asked again', async () => {
  const budgets = createBudgets(own.db, { clock: new SetClock(), onFreed: () => undefined });
  const ids = Array.from({ length: 10_000 }, (_, i) => `many-${i}`);
  await addCustomers(own.db, ids);
  const [sample] = fc.sample(fc.array(fc.constantFrom('email', 'sms'), { minLength: 20_000, maxLength: 20_000 }), {
    numRuns: 1,
    seed: 4,
  });
  const demands = sample!.map((channel, i) => ({
    customer: ids[((i * 7_919 + (i % 13)) % 5_000) + (i % 3) * 2_500]!,
    channel,
    id: `r${i}/hint/1`,
  }));
  const ask = (d: (typeof demands)[number]) =>
    budgets.reserve(askOf(d.id, d.customer, { candidates: [{ channel: d.channel }] }));
  const answers = await Promise.all(demands.map(ask));

  const used = new Map<string, number>();
  answers.forEach((a, i) => {
    if (a.is === 'reserved') used.set(demands[i]!.customer, (used.get(demands[i]!.customer) ?? 0) + a.cost);
  });
  expect([...used].filter(([, cost]) => cost > 3)).toEqual([]);
  const wronged = answers.filter(
    (a, i) =>
      a.is === 'dropped' && (used.get(demands[i]!.customer) ?? 0) + (demands[i]!.channel === 'sms' ? 2 : 1) <= 3,
  );
  expect(wronged).toEqual([]);
  expect(answers.filter((a) => a.is === 'dropped').length).toBeGreaterThan(1_000);

  expect(await Promise.all(demands.map(ask))).toEqual(answers);
  expect(await differences(own.db)).toEqual([]);
}, 180_000);

// Small, and many: one customer, whatever comes in any order and at once.
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('reserve' as const),
      n: fc.nat(7),
      waits: fc.boolean(),
      channel: fc.constantFrom('email', 'sms'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('fence' as const), n: fc.nat(7), attempt: fc.constantFrom('x', 'y') }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      n: fc.nat(7),
      attempt: fc.constantFrom('x', 'y'),
      is: fc.constantFrom('sent', 'failed', 'unknown', 'later'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), n: fc.nat(7) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('uncertain' as const) }) },
);
const turns = fc.array(
  fc.record({
    pass: fc.constantFrom(0, 1_000, minute, 10 * minute, 30 * hour, 8 * 24 * hour),
    steps: fc.array(step, { maxLength: 6 }),
  }),
  { maxLength: 12 },
);

test('whatever happens in whatever order: the row is what the ledger is, no window is ever exceeded, nothing sent becomes unsent', async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(turns, async (all) => {
      const customer = `model-${runs++}`;
      await addCustomers(own.db, [customer]);
      const clock = new SetClock();
      const budgets = createBudgets(own.db, { clock, onFreed: () => undefined, mostInBatch: 3 });
      const id = (n: number) => `${customer}/touch-${n}/1`;
      const asks = new Map<number, number>();
      const sent = new Set<string>();
      for (const { pass, steps } of all) {
        clock.at += pass;
        await Promise.all(
          steps.map(async (s) => {
            if (s.do === 'reserve') {
              asks.set(s.n, (asks.get(s.n) ?? 0) + 1);
              const fate = s.waits ? ({ fate: 'wait', atMost: '10 days', then: 'drop' } as const) : 'drop';
              return budgets.reserve(
                askOf(id(s.n), customer, {
                  ask: asks.get(s.n)!,
                  candidates: [{ channel: s.channel }],
                  fate,
                  firstAskedAt: clock.at,
                }),
              );
            }
            if (s.do === 'expire') return budgets.expireReservations();
            if (s.do === 'uncertain') return budgets.markUncertain();
            if (!asks.has(s.n)) return undefined;
            const exists = await own.db.selectFrom('touches').select('id').where('id', '=', id(s.n)).executeTakeFirst();
            if (!exists) return undefined;
            if (s.do === 'withdraw') return budgets.withdraw(id(s.n));
            if (s.do === 'fence') return budgets.fence(id(s.n), { attempt: s.attempt, seen: 0, policy: policyOf() });
            const outcome =
              s.is === 'sent'
                ? { is: s.is, providerId: id(s.n), at: clock.at }
                : s.is === 'later'
                  ? { is: s.is }
                  : { is: s.is, code: 'c' };
            return budgets.settle(id(s.n), s.attempt, outcome);
          }),
        );
        const touches = await own.db.selectFrom('touches').selectAll().where('customer_id', '=', customer).execute();
        for (const t of sent) expect(touches.find((x) => x.id === t)?.state).toBe('sent');
        for (const t of touches) if (t.state === 'sent') sent.add(t.id);
        const used = touches.filter((t) => ['sending', 'sent', 'unknown'].includes(t.state));
        for (const last of used) {
          const end = last.sending_at!.getTime();
          const inWeek = used.filter(
            (t) => t.sending_at!.getTime() <= end && t.sending_at!.getTime() > end - 7 * 24 * hour,
          );
          expect(inWeek.reduce((sum, t) => sum + t.cost, 0)).toBeLessThanOrEqual(3);
        }
      }
      await budgets.expireReservations();
      const apart = await differences(own.db);
      expect(apart.filter((d) => d.includes(`${customer} `))).toEqual([]);
      await own.db.deleteFrom('touches').execute();
      await own.db.deleteFrom('budgets').execute();
    }),
    { numRuns: 25, seed: 11 },
  );
}, 180_000);
