import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createBudgets } from '../../../store/budget/index.ts';
import { builtScript } from '../../servers/built-script.ts';
import { ownDatabase, type OwnDatabase } from '../../servers/database.ts';
import { testSchema } from '../../servers/running.ts';
import { addCustomers, askOf, day, minute } from './fixtures.ts';
import type { Told } from './killed-told.ts';
import { differences } from './ledger.ts';

/** The nightly run asks for 1,000: RT_CRASHES=1000. */
const crashes = Number(process.env['RT_CRASHES'] ?? 60);
/** Each process that dies has three touches for each of so many, of which every fourth is on its way. */
const customersEach = 10;

let own: OwnDatabase;
let script: string;
beforeAll(async () => {
  own = await ownDatabase();
  script = await builtScript('test/store/budget/sending-process.ts');
});
afterAll(async () => {
  rmSync(script, { force: true });
  await own.drop();
});

const states = async (): Promise<Record<string, number>> => {
  const rows = await own.db
    .selectFrom('touches')
    .select((eb) => ['state', eb.fn.countAll<string>().as('n')])
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]));
};

test(
  'killed between reserve and send: what was not sent is released after its time, what is uncertain never',
  async () => {
    const customers: string[] = [];
    for (let reserved = 0; reserved < crashes; reserved += 2 * customersEach) {
      const fresh = Array.from({ length: customersEach }, (_, n) => `c${String(customers.length + n)}`);
      await addCustomers(own.db, fresh);
      customers.push(...fresh);
      const touches = fresh.flatMap((customer) =>
        [1, 2, 3].map((n) => ({ id: `${customer}/t${String(n)}/1`, customer })),
      );
      await dies({
        url: own.url,
        schema: testSchema,
        life: fresh[0] ?? '',
        provider: { smtp: 1 },
        touches,
        dies: null,
        onlyReserves: true,
      });
    }
    const { reserved = 0, sending = 0 } = await states();
    expect(reserved).toBeGreaterThanOrEqual(crashes);
    expect(reserved + sending).toBe(3 * customers.length);

    const clock = { at: Date.now(), now: () => clock.at };
    const budgets = createBudgets(own.db, { clock, onFreed: () => undefined });
    const room = async (): Promise<number> => {
      const answers = await Promise.all(
        customers.map((customer) => budgets.reserve(askOf(`${customer}/late/${String(clock.at)}`, customer))),
      );
      return answers.filter(({ is }) => is === 'reserved').length;
    };
    // In their time all of them count: nobody has room.
    expect(await budgets.expireReservations()).toBe(0);
    expect(await room()).toBe(0);

    clock.at += 16 * minute;
    await all(() => budgets.markUncertain().then((marked) => marked.length));
    expect(await all(() => budgets.expireReservations())).toBe(reserved);
    expect(await states()).toMatchObject({ withdrawn: reserved, unknown: sending });
    expect(await differences(own.db)).toEqual([]);
    const taken = await room();
    expect(taken).toBe(customers.length);

    clock.at += 100 * day;
    await all(() => budgets.expireReservations());
    expect(await states()).toMatchObject({ unknown: sending });
    expect(await differences(own.db)).toEqual([]);
    console.info(
      `${String(reserved)} crashes between reserve and send: ${String(reserved)} released after their time, ${String(sending)} on their way became unknown, 0 of those released in 100 days`,
    );
  },
  60_000 + crashes * 200,
);

async function dies(told: Told): Promise<void> {
  const child = spawn(process.execPath, [script, JSON.stringify(told)], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
}

/** A page at a time, until there is none; their number. */
async function all(page: () => Promise<number>): Promise<number> {
  let sum = 0;
  for (let found = await page(); found > 0; found = await page()) sum += found;
  return sum;
}
