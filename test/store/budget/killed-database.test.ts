import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startPostgres, type Postgres } from '../../../cli/dev/postgres.ts';
import { createBudgets, type Budgets } from '../../../store/budget/index.ts';
import { migrate } from '../../../store/migrate.ts';
import { openDatabase, type Db } from '../../../store/open.ts';
import { isOfDatabase } from '../../../store/unreachable.ts';
import { drawn } from '../../servers/drawn.ts';
import { testSchema } from '../../servers/running.ts';
import { addCustomers, askOf, policyOf } from './fixtures.ts';
import { differences } from './ledger.ts';

/** The nightly run asks for 50: RT_KILLS=50. */
const kills = Number(process.env['RT_KILLS'] ?? 2);
const seed = Number(process.env['RT_SEED'] ?? 50);
const endWithinMs = 10_000;
const callers = 24;
/** Each has room for 40 touches; after that, refusals are what is acknowledged. */
const people = 60 + 20 * kills;

let folder: string;
let postgres: Postgres;
let db: Db;
let workers: Db[];
// On disk and synced, as in production: what was acknowledged has to be there after a crash.
const start = (port?: number): Promise<Postgres> =>
  startPostgres(join(folder, 'postgres'), port === undefined ? {} : { exactPort: port });
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'righttouch-killed-'));
  postgres = await start();
  db = openDatabase(postgres.url, { schema: testSchema });
  await migrate(db, testSchema);
  workers = [1, 2, 3].map(() => openDatabase(postgres.url, { schema: testSchema, max: 4 }));
}, 60_000);
afterAll(async () => {
  await Promise.all([db, ...workers].map((one) => one.destroy()));
  await postgres.stop();
  rmSync(postgres.home, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

/** SIGKILL for the server and all its processes: none of them has a last word. */
async function killPostgres(): Promise<void> {
  const server = readFileSync(join(postgres.home, 'data', 'postmaster.pid'), 'utf8').split('\n')[0] ?? '';
  const children = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([pid, parent]) => (parent === server ? [Number(pid)] : []));
  for (const pid of [Number(server), ...children])
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended since.
    }
  await postgres.exited;
}

test(
  'PostgreSQL killed under load: no acknowledged reservation is lost, rows are what the ledger is, errors end within 10 s',
  async () => {
    const policy = policyOf({ windows: [{ name: 'a week', atMost: 40, in: '7 days' }] });
    const clock = { now: () => Date.now() };
    const budgets = workers.map((worker) => createBudgets(worker, { clock, onFreed: () => undefined }));
    const everybody = Array.from({ length: people }, (_, n) => `c${String(n)}`);
    await addCustomers(db, everybody);
    const acknowledged = { reserved: new Map<string, string>(), refused: new Set<string>(), sent: new Set<string>() };
    const errors: number[] = [];
    const faults: string[] = [];
    const answered: number[] = [];
    const next = drawn(seed);
    const load = { isOver: false };

    /** As a client does: the same again until there is an answer. Null: it was lost, and no answer will come. */
    async function insist<T>(work: () => Promise<T>): Promise<T | null> {
      for (;;)
        try {
          const answer = await work();
          answered.push(Date.now());
          return answer;
        } catch (error) {
          if (!isOfDatabase(error)) {
            faults.push(String(error));
            return null;
          }
          errors.push(Date.now());
          await setTimeout(50);
        }
    }
    async function touch(worker: Budgets, customer: string, id: string): Promise<void> {
      const answer = await insist(() => worker.reserve(askOf(id, customer, { policy, firstAskedAt: clock.now() })));
      if (answer?.is !== 'reserved') return void acknowledged.refused.add(id);
      acknowledged.reserved.set(id, customer);
      const fenced = await insist(() => worker.fence(id, { attempt: id, seen: 0, policy }));
      if (!fenced?.fenced) return void faults.push(`${id} has lost its place: ${JSON.stringify(fenced)}`);
      if (await insist(() => worker.settle(id, id, { is: 'sent', providerId: id, at: clock.now() })))
        acknowledged.sent.add(id);
    }
    let touches = 0;
    const caller = async (worker: Budgets): Promise<void> => {
      while (!load.isOver) {
        touches += 1;
        const customer = everybody[Math.floor(next() * people)] ?? '';
        await touch(worker, customer, `${customer}/t${String(touches)}/1`);
        // A load and not a flood: what is measured is what is lost.
        await setTimeout(5 + next() * 20);
      }
    };
    const calling = budgets.flatMap((worker) => Array.from({ length: callers / budgets.length }, () => caller(worker)));
    let longestMs = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const before = answered.length;
      while (answered.length < before + 100) await setTimeout(10);
      await killPostgres();
      postgres = await start(postgres.port);
      const back = Date.now();
      while (!answered.some((at) => at > back)) await setTimeout(10);
      // A whole round of everybody without an error: it is over.
      const again = answered.length;
      while (answered.length < again + 2 * callers) await setTimeout(10);
      longestMs = Math.max(longestMs, ...errors.filter((at) => at > back).map((at) => at - back));
    }
    load.isOver = true;
    await Promise.all(calling);

    expect(faults).toEqual([]);
    expect(errors.length).toBeGreaterThan(0);
    expect(longestMs).toBeLessThanOrEqual(endWithinMs);
    const ledger = await db.selectFrom('touches').select(['id', 'customer_id', 'state']).execute();
    const stored = new Map(ledger.map((row) => [row.id, row]));
    const lost = [...acknowledged.reserved].filter(([id, customer]) => stored.get(id)?.customer_id !== customer);
    expect(lost).toEqual([]);
    expect([...acknowledged.sent].filter((id) => stored.get(id)?.state !== 'sent')).toEqual([]);
    expect([...acknowledged.refused].filter((id) => stored.get(id)?.state !== 'refused')).toEqual([]);
    expect(await differences(db)).toEqual([]);
    console.info(
      `PostgreSQL killed ${String(kills)} times under load: ${String(acknowledged.reserved.size)} reservations acknowledged, ${String(lost.length)} lost, ${String(errors.length)} errors, none later than ${String(longestMs)} ms after its return, budget rows = ledger`,
    );
  },
  60_000 + kills * 30_000,
);
