/**
 * Touches per second through a whole journey (reserve, fence, send, settle, wait, hear, end) beside a workflow written by hand that calls the
 * same activities and timers, on the same servers, in turns. Then what one touch costs Temporal, and what a run costs a worker.
 */
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { createActivities } from '../activities/index.ts';
import { packageRoot } from '../cli/dev/folders.ts';
import { realClock } from '../config/clock.ts';
import { createBudgets } from '../store/budget/index.ts';
import { recordConsent } from '../store/consents.ts';
import { upsertCustomer } from '../store/customers.ts';
import type { Db } from '../store/open.ts';
import { takeEvent } from '../store/take-event.ts';
import { createWorkflowCalls, type CallWorkflow } from '../worker/workflow-calls.ts';
import { delivered } from '../workflows/messages.ts';
import type { Bench } from './main.ts';
import { instant, publishHello } from './hello.ts';
import { cpuSpent, cpuTimes } from './cpu-time.ts';
import { median } from './measure.ts';
import { withServers, type Servers } from './servers.ts';

export const touches: Bench = async ({ quick, tell }) => {
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('ERROR') });
  await withServers(tell, async (servers) => {
    await publishHello(servers.db);
    await run(servers, { each: quick ? 80 : 250, rounds: quick ? 3 : 4, tell });
  });
};

interface Size {
  readonly each: number;
  readonly rounds: number;
  readonly tell: (line: string) => void;
}

async function run({ db, temporal: address, home }: Servers, { each, rounds: count, tell }: Size): Promise<void> {
  const connection = await NativeConnection.connect({ address });
  const client = new Client({ connection: await Connection.connect({ address }) });
  const activities = createActivities({
    db,
    clock: realClock,
    budgets: createBudgets(db, { clock: realClock }),
    channels: { email: instant },
    log: pino({ level: 'silent' }),
    statusCallback: null,
    defaultTeam: 'care',
  });
  const workerOf = async (name: string): Promise<Worker> => {
    const workflowsPath = join(packageRoot, name === 'ours' ? 'workflows/index.ts' : 'bench/bare-workflow.ts');
    const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
    const file = join(home, `${name}.js`);
    writeFileSync(file, code);
    tell(`${name.padEnd(5)} bundle ${(statSync(file).size / 1024).toFixed(0)} KB`);
    return Worker.create({
      connection,
      taskQueue: name,
      activities,
      workflowBundle: { codePath: file },
      maxCachedWorkflows: 2_000,
    });
  };
  const workers = [await workerOf('ours'), await workerOf('bare')];
  const running = workers.map((worker) => worker.run());
  const call = createWorkflowCalls({ db, client, taskQueue: 'ours', clock: realClock });
  const ways: Record<string, Way> = { ours: ourWay(call), bare: bareWay(client) };
  const rounds: Record<string, Round[]> = { ours: [], bare: [] };
  for (let round = 0; round <= count; round++)
    for (const [name, way] of Object.entries(ways)) {
      const before = cpuTimes();
      const rate = await measured(db, `${name}${round}`, round === 0 ? 20 : each, way);
      // The first one warms up.
      if (round > 0) rounds[name]?.push({ rate, cpu: cpuSpent(before, cpuTimes()) });
    }
  compare(rounds['ours'] ?? [], rounds['bare'] ?? [], each, tell);
  for (const name of ['ours', 'bare']) {
    const info = (await client.workflow.getHandle(`run:${await anEnrolment(db, name)}`).describe()).raw
      .workflowExecutionInfo;
    tell(
      `${name.padEnd(5)} a touch takes ${String(info?.historyLength)} history events, ${String(info?.stateTransitionCount)} state transitions`,
    );
  }
  await memory(db, call, each * 2, tell);
  for (const worker of workers) worker.shutdown();
  await Promise.all(running);
  await client.connection.close();
  await connection.close();
}

interface Round {
  readonly rate: number;
  readonly cpu: ReadonlyMap<string, number>;
}

/** By the second and by CPU time; each round of ours beside the bare one that ran just after it. */
function compare(ours: readonly Round[], bare: readonly Round[], each: number, tell: Size['tell']): void {
  const ratios = (of: (round: Round) => number): string => {
    const each = ours.map((round, i) => of(round) / of(bare[i] ?? round));
    return `${median(each).toFixed(2)} (rounds ${each.map((ratio) => ratio.toFixed(2)).join(', ')})`;
  };
  const rate = (rounds: readonly Round[]): string => median(rounds.map((round) => round.rate)).toFixed(1);
  const total = ({ cpu }: Round): number => cpu.get('total') ?? NaN;
  tell(`touches per second, median of ${ours.length} rounds of ${each}: ours ${rate(ours)}, bare ${rate(bare)}`);
  tell(`ours ÷ bare, touches per second: ${ratios((round) => round.rate)}; aim ≥ 0.9`);
  tell(`ours ÷ bare, touches per CPU second: ${ratios((round) => 1 / total(round))}; aim ≥ 0.9`);
  for (const [name, rounds] of Object.entries({ ours, bare })) {
    const spent = [...(rounds[0]?.cpu.keys() ?? [])].map(
      (program) => `${program} ${(median(rounds.map(({ cpu }) => cpu.get(program) ?? 0)) / each).toFixed(1)}`,
    );
    tell(`${name.padEnd(5)} CPU time a touch, ms: ${spent.join(', ')}`);
  }
}

interface Way {
  start(enrolment: string): Promise<unknown>;
  answer(enrolment: string): Promise<unknown>;
}
const ourWay = (call: CallWorkflow): Way => ({
  start: (ref) => call({ kind: 'enrolment', ref, freed: false }),
  answer: (ref) => call({ kind: 'enrolment', ref, freed: false }),
});
const bareWay = (client: Client): Way => ({
  start: (ref) => client.workflow.start('bareTouch', { workflowId: `run:${ref}`, taskQueue: 'bare', args: [ref] }),
  answer: (ref) => client.workflow.getHandle(`run:${ref}`).signal(delivered, { upTo: 1, deliveries: [] }),
});

/** From the first start to the last end, both ways by hand and eight at a time: the outbox is the same for both and left out. */
async function measured(db: Db, round: string, count: number, way: Way): Promise<number> {
  const enrolments = await enrol(db, round, count);
  const began = performance.now();
  await eightAtATime(enrolments, way.start);
  await untilAll(db, enrolments, (q) => q.where('parked_at', 'is not', null));
  for (const id of enrolments) await hear(db, id);
  await eightAtATime(enrolments, way.answer);
  await untilAll(db, enrolments, (q) => q.where('state', '=', 'ended'));
  return count / ((performance.now() - began) / 1000);
}

async function eightAtATime(ids: readonly string[], work: (id: string) => Promise<unknown>): Promise<void> {
  const left = [...ids];
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let id = left.pop(); id !== undefined; id = left.pop()) await work(id);
    }),
  );
}

const rows = (db: Db) => db.selectFrom('enrolments').select('id');
async function untilAll(
  db: Db,
  ids: readonly string[],
  which: (q: ReturnType<typeof rows>) => ReturnType<typeof rows>,
): Promise<void> {
  const end = Date.now() + 120_000;
  while (
    (
      await which(rows(db))
        .where('id', 'in', [...ids])
        .execute()
    ).length < ids.length
  ) {
    if (Date.now() > end) throw new Error('The bench waits for runs that do not come: look at the servers');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

let keys = 0;
const event = (db: Db, customerId: string, type: string, data: Record<string, string>) => {
  const now = Date.now();
  const key = `k${(keys += 1)}`;
  return takeEvent(db, { idempotencyKey: key, bodyHash: key, customerId, type, data, at: now, now });
};

async function enrol(db: Db, round: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const id = `${round}-${n}`;
    await upsertCustomer(db, {
      id,
      zone: 'Europe/Berlin',
      addresses: [{ channel: 'email', address: `${id}@example.test` }],
      now: Date.now(),
    });
    await recordConsent(db, id, {
      channel: 'email',
      purpose: 'service',
      granted: true,
      source: 'bench',
      proof: null,
      actor: 'bench',
      at: Date.now(),
    });
    const taken = await event(db, id, 'came', { visitId: id });
    if (!('started' in taken) || !taken.started[0]) throw new Error(`Customer ${id} has not entered`);
    ids.push(taken.started[0].enrolmentId);
  }
  return ids;
}

async function hear(db: Db, enrolment: string): Promise<void> {
  const { customer_id } = await db
    .selectFrom('enrolments')
    .select('customer_id')
    .where('id', '=', enrolment)
    .executeTakeFirstOrThrow();
  await event(db, customer_id, 'we-answered', { by: 'person' });
}

const anEnrolment = async (db: Db, way: string): Promise<string> =>
  (await rows(db).where('customer_id', '=', `${way}1-0`).executeTakeFirstOrThrow()).id;

/** Runs that are parked and cached, by what the process grows by. */
async function memory(db: Db, call: CallWorkflow, count: number, tell: Size['tell']): Promise<void> {
  const before = process.memoryUsage().rss;
  const ids = await enrol(db, 'parked', count);
  await eightAtATime(ids, (ref) => call({ kind: 'enrolment', ref, freed: false }));
  await untilAll(db, ids, (q) => q.where('parked_at', 'is not', null));
  tell(
    `a cached run takes about ${((process.memoryUsage().rss - before) / count / 1024).toFixed(0)} KB of memory (${count} parked)`,
  );
}
