import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { createBudgets } from '../../../store/budget/index.ts';
import { openDatabase, type Db } from '../../../store/open.ts';
import { ownDatabase, type OwnDatabase } from '../../servers/database.ts';
import { testSchema } from '../../servers/running.ts';
import { addCustomers, askOf, noon, policyOf } from './fixtures.ts';

let own: OwnDatabase;
/** What is prepared belongs to its connection: there is one. */
let one: Db;
beforeAll(async () => {
  own = await ownDatabase();
  one = openDatabase(own.url, { schema: testSchema, max: 1 });
});
afterAll(async () => {
  await one.destroy();
  await own.drop();
});

/** PostgreSQL tries five plans for what it is given before it keeps one. */
const triedFirst = 5;

test('what a touch needs is parsed once a connection, and keeps its plan whether few are asked for or many', async () => {
  const customers = Array.from({ length: 60 }, (_, n) => `c${n}`);
  await addCustomers(own.db, customers);
  const policy = policyOf();
  const budgets = createBudgets(one, { clock: { now: () => noon }, onFreed: () => undefined });
  const whole = async (n: number): Promise<void> => {
    const touchId = `t${n}`;
    await budgets.reserve(askOf(touchId, `c${n}`, { policy }));
    await budgets.fence(touchId, { attempt: 'a', seen: 0, enrolmentId: 'none', policy });
    await budgets.settle(touchId, 'a', { is: 'sent', at: noon, providerId: touchId });
  };
  for (let n = 0; n < 20; n++) await whole(n);
  await Promise.all(customers.slice(20).map((_, n) => whole(20 + n)));

  const { rows } = await sql<{ said: string; tried: number; kept: number }>`
    select substr(btrim(statement, E' \n'), 1, 8) as said, custom_plans::integer as tried, generic_plans::integer as kept
    from pg_prepared_statements where statement ~ 'unnest' and custom_plans + generic_plans > 8`.execute(one);
  expect(rows.map(({ said }) => said).sort()).toEqual(['select b', 'with won', 'with won']);
  for (const { said, tried, kept } of rows)
    expect({ said, tried, kept: kept > 0 }).toEqual({ said, tried: triedFirst, kept: true });
});
