import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { builtScript } from '../../servers/built-script.ts';
import { ownDatabase, type OwnDatabase } from '../../servers/database.ts';
import { testSchema } from '../../servers/running.ts';
import { addCustomers } from './fixtures.ts';
import { differences } from './ledger.ts';

let own: OwnDatabase;
let script: string;
beforeAll(async () => {
  own = await ownDatabase();
  script = await builtScript('test/store/budget/reserve-many.ts');
});
afterAll(async () => {
  rmSync(script, { force: true });
  await own.drop();
});

test('200 reservations for one customer from 4 processes at once, cap 3: exactly 3', async () => {
  for (const customer of ['one', 'two', 'three']) {
    await addCustomers(own.db, [customer]);
    const answers = (await fromProcesses(4, 50, customer)).flat();
    expect(answers).toHaveLength(200);
    expect(answers.filter((is) => is === 'reserved')).toHaveLength(3);
    expect(answers.filter((is) => is === 'dropped')).toHaveLength(197);
    await own.db.deleteFrom('touches').execute();
    await own.db.deleteFrom('decisions').execute();
    await own.db.deleteFrom('budgets').execute();
  }
}, 60_000);

test('the same 200 touches asked for by 4 processes at once: every process hears the same answers', async () => {
  await addCustomers(own.db, ['same']);
  const answers = await fromProcesses(4, 200, 'same', () => 0);
  expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1);
  expect(answers[0]?.filter((is) => is === 'reserved')).toHaveLength(3);
  expect(await differences(own.db)).toEqual([]);
}, 60_000);

async function fromProcesses(
  processes: number,
  each: number,
  customer: string,
  first = (process: number): number => process * each,
): Promise<string[][]> {
  const started = Array.from({ length: processes }, (_, p) => {
    const args = [script, own.url, testSchema, customer, String(first(p)), String(each)];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
  });
  for (const { lines } of started) expect((await lines.next()).value).toBe('ready');
  for (const { child } of started) child.stdin.write('go\n');
  return Promise.all(started.map(async ({ lines }) => JSON.parse(String((await lines.next()).value)) as string[]));
}
