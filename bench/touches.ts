/**
 * Touches per second through a whole journey (reserve, fence, send, settle, wait, hear, end) beside a workflow written by hand that calls the
 * same activities and timers, on the same servers, in turns. Then what one touch costs Temporal, and what a run costs a worker.
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { createActivities } from '../activities/index.ts';
import type { ChannelAdapter } from '../channels/channel.ts';
import { startPostgres } from '../cli/dev/postgres.ts';
import { dataFolder, packageRoot } from '../cli/dev/folders.ts';
import { startTemporal } from '../cli/dev/temporal.ts';
import { temporalBinary } from '../cli/dev/temporal-binary.ts';
import { realClock } from '../config/clock.ts';
import type { Journey } from '../core/journey/table.ts';
import { createBudgets } from '../store/budget/index.ts';
import { recordConsent } from '../store/consents.ts';
import { upsertCustomer } from '../store/customers.ts';
import { migrate } from '../store/migrate.ts';
import { openDatabase, type Db } from '../store/open.ts';
import { publish } from '../store/publish.ts';
import { takeEvent } from '../store/take-event.ts';
import { createWorkflowCalls, type CallWorkflow } from '../worker/workflow-calls.ts';
import { delivered } from '../workflows/messages.ts';
import type { Bench } from './main.ts';
import { median } from './measure.ts';

const schema = 'bench';
const journey: Journey = {
  format: 1,
  name: 'hello',
  team: 'care',
  entry: { event: 'came', oncePer: 'visitId' },
  exits: {},
  start: 'hello',
  anyTime: {},
  steps: {
    hello: {
      kind: 'touch',
      team: 'care',
      madeBy: 'tech',
      purpose: 'service',
      cause: 'came',
      reach: 'email',
      fate: 'drop',
      say: 'hello',
      next: 'answer',
    },
    answer: {
      kind: 'listen',
      until: '1 day',
      next: 'end:finished',
      goes: { 'we-answered': 'end:answered', silence: 'end:finished' },
    },
    'end:answered': { kind: 'end', as: 'answered', next: null },
    'end:finished': { kind: 'end', as: 'finished', next: null },
  },
  expect: [],
};

/** Takes every message at once: what is measured is what surrounds it. */
const instant: ChannelAdapter = {
  channel: 'email',
  configured: true,
  idempotent: false,
  send: ({ touchId }) =>
    Promise.resolve({ result: 'sent', providerId: touchId, messageId: `<${touchId}>`, at: Date.now() }),
  close: () => Promise.resolve(),
};

export const touches: Bench = async ({ quick, tell }) => {
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('ERROR') });
  const home = mkdtempSync(join(tmpdir(), 'righttouch-bench-'));
  const binary = await temporalBinary('temporal', { data: dataFolder(), tell });
  const postgres = await startPostgres(join(home, 'postgres'));
  const temporal = await startTemporal(binary, join(home, 'temporal'), {
    headless: true,
    throwAway: true,
    namespaces: ['default'],
  });
  const db = openDatabase(postgres.url, { schema, max: 20 });
  try {
    await migrate(db, schema);
    await prepare(db);
    await run(db, temporal.address, home, { each: quick ? 40 : 250, rounds: quick ? 1 : 4, tell });
  } finally {
    await db.destroy();
    await temporal.stop();
    await postgres.stop();
    for (const folder of [home, postgres.home]) rmSync(folder, { recursive: true, force: true });
  }
};

interface Size {
  readonly each: number;
  readonly rounds: number;
  readonly tell: (line: string) => void;
}

async function run(db: Db, address: string, home: string, { each, rounds, tell }: Size): Promise<void> {
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
  const rates: Record<string, number[]> = { ours: [], bare: [] };
  for (let round = 0; round <= rounds; round++)
    for (const [name, way] of Object.entries(ways)) {
      const rate = await measured(db, `${name}${round}`, round === 0 ? 20 : each, way);
      if (round > 0) rates[name]?.push(rate); // The first one warms up.
    }
  const [ours, bare] = [median(rates['ours'] ?? []), median(rates['bare'] ?? [])];
  tell(
    `touches per second, median of ${rounds} rounds of ${each}: ours ${ours.toFixed(1)}, bare ${bare.toFixed(1)}, ratio ${(ours / bare).toFixed(2)} (aim ≥ 0.9)`,
  );
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

async function prepare(db: Db): Promise<void> {
  await publish(db, {
    words: {
      format: 1,
      events: {},
      causes: ['came'],
      customer: {},
      teams: { care: { open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin' } },
      purposes: [],
      templates: ['hello'],
      audiences: [],
      articles: [],
      lookUps: {},
      actions: {},
      guards: {},
    },
    policy: {
      format: 1,
      name: 'bench',
      team: 'care',
      cost: { chat: 0, push: 1, email: 1, sms: 2, whatsapp: 2, voice: 4 },
      windows: [{ name: 'a week', atMost: 6, in: '7 days' }],
      spacing: [],
      quiet: [],
      first: ['service'],
      risesEvery: '3 days',
      maxSilence: '4 hours',
      holdAtMost: '2 days',
      less: { atMost: 1, in: '30 days', for: '90 days' },
    },
    templates: [
      {
        name: 'hello',
        locale: 'en',
        purpose: 'service',
        assumes: [],
        needs: [],
        channels: { email: { subject: 'Hello' } },
        body: 'Hello.',
      },
    ],
    journeys: [{ definition: journey }],
    by: 'bench',
    now: Date.now(),
  });
}
