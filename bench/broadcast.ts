/**
 * A message to an audience, through a real worker, PostgreSQL that syncs to disk, Temporal and SMTP: its rate beside a bare one-row upsert and
 * bare SMTP in the same run; what a touch costs beside a workflow for each customer; the most memory it took. Nobody is written to twice.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import type { ChannelAdapter } from '../channels/channel.ts';
import { createEmailAdapter } from '../channels/email.ts';
import { packageRoot } from '../cli/dev/folders.ts';
import { realClock } from '../config/clock.ts';
import { listBroadcasts, type Broadcast } from '../store/broadcasts/row.ts';
import type { Db } from '../store/open.ts';
import { installRuntime } from '../worker/connect.ts';
import { startWorker } from '../worker/worker.ts';
import { crowd, publishTo } from './broadcast-setting.ts';
import { cpuSpent, cpuTimes } from './cpu-time.ts';
import type { Bench, BenchOptions } from './main.ts';
import { measure } from './measure.ts';
import { withServers, type Servers } from './servers.ts';
import { startSink, type Sink } from './sink.ts';

const inFlight = 64;

export const broadcast: Bench = async ({ quick, tell }) => {
  installRuntime();
  await withServers(tell, (servers) => withWorker(servers, { quick, tell }));
};

async function withWorker({ home, db, databaseUrl, temporal }: Servers, { quick, tell }: BenchOptions): Promise<void> {
  const sink = await startSink();
  const email = createEmailAdapter(
    {
      host: '127.0.0.1',
      port: sink.port,
      tls: 'none',
      from: { name: 'RightTouch', address: 'hello@righttouch.test' },
      messageIdDomain: 'righttouch.test',
    },
    realClock.now,
  );
  const bundle = bundleAside(home);
  const worker = await startWorker({
    db,
    databaseUrl,
    temporal: { connection: { address: temporal }, namespace: 'default' },
    taskQueue: 'bench',
    clock: realClock,
    channels: { email },
    log: pino({ level: 'silent' }),
    statusCallback: null,
    defaultTeam: 'care',
    bundle,
    fail: (error) => {
      throw error;
    },
  });
  try {
    await run({
      db,
      sink,
      email,
      people: quick ? 5_000 : 100_000,
      runs: quick ? 100 : 400,
      forMs: quick ? 1_500 : 5_000,
      tell,
    });
  } finally {
    await worker.stop();
    await email.close();
    sink.stop();
  }
}

/** In a process of its own: what the bundler takes is no memory of a worker's. */
function bundleAside(home: string): string {
  const file = join(home, 'workflows.js');
  const workflowsPath = join(packageRoot, 'workflows/index.ts');
  const script = `
    const { bundleWorkflowCode, DefaultLogger } = require('@temporalio/worker');
    bundleWorkflowCode({ workflowsPath: ${JSON.stringify(workflowsPath)}, logger: new DefaultLogger('ERROR') })
      .then(({ code }) => require('node:fs').writeFileSync(${JSON.stringify(file)}, code));`;
  execFileSync(process.execPath, ['-e', script], { cwd: packageRoot, stdio: ['ignore', 'ignore', 'inherit'] });
  return file;
}

interface Asked {
  readonly db: Db;
  readonly sink: Sink;
  readonly email: ChannelAdapter;
  readonly people: number;
  readonly runs: number;
  readonly forMs: number;
  readonly tell: (line: string) => void;
}

async function run({ db, sink, email, people, runs, forMs, tell }: Asked): Promise<void> {
  for (const [prefix, count] of [
    ['warm', 300],
    ['all', people],
    ['each', runs],
  ] as const)
    await crowd(db, prefix, count);
  await publishTo(db, 'warm', 'bulk');
  await over(db, 'warm', 300);

  const upsert = await bareUpsert(db, forMs);
  const bare = await spent(sink, () => bareSmtp(email, forMs));
  const smtp = bare.came.perSecond;
  tell(
    `a bare one-row upsert ${upsert.toFixed(0)} /s, a bare mail over SMTP ${smtp.toFixed(0)} /s, ${String(inFlight)} at a time`,
  );

  const before = (await sink.look()).mails;
  const bulk = await spent(sink, async () => {
    await publishTo(db, 'all', 'bulk');
    return over(db, 'all', people);
  });
  const { entered, counts } = bulk.came;
  const rate = entered / bulk.seconds;
  tell(
    `${String(entered)} customers in ${bulk.seconds.toFixed(1)} s: ${rate.toFixed(0)} touches /s; ${JSON.stringify(counts)}`,
  );
  tell(`that is ${(rate / upsert).toFixed(2)} of the bare upsert and ${(rate / smtp).toFixed(2)} of bare SMTP`);
  tell(`mails taken ${String((await sink.look()).mails - before)}, twice to nobody: ${String(await isOnce(db))}`);
  tell(`the most memory the worker took ${bulk.peakMb.toFixed(0)} MB (limit 500)`);

  const each = await spent(sink, async () => {
    await publishTo(db, 'each', 'runs');
    await over(db, 'each', runs);
    return ended(db, runs);
  });
  const perCpu = (touches: number, of: Spent, program?: string): number =>
    touches / (Math.max(10, program === undefined ? of.cpuMs : (of.byProgram.get(program) ?? 0)) / 1000);
  const temporalName = [...bulk.byProgram.keys()].find((name) => name.startsWith('temporal')) ?? 'temporal';
  for (const [what, program] of [
    ['all that runs', undefined],
    ['of Temporal alone', temporalName],
  ] as const) {
    const [ours, theirs] = [perCpu(entered, bulk, program), perCpu(runs, each, program)];
    tell(
      `touches per CPU-second, ${what}: ${ours.toFixed(0)} beside ${theirs.toFixed(1)} with a workflow for each (${String(runs)} of them), ` +
        `ratio ${(ours / theirs).toFixed(1)}${program === undefined ? '' : ' (aim ≥ 500)'}`,
    );
  }
  // Whatever decides who is written to, the mail has to be sent: more than this is not to be had.
  const sending = perCpu(bare.came.times, bare);
  tell(
    `bare SMTP alone: ${sending.toFixed(0)} mails per CPU-second, ${(sending / perCpu(runs, each)).toFixed(1)} times a workflow for each`,
  );
  tell(`CPU ms of the broadcast: ${[...bulk.byProgram].map(([name, ms]) => `${name} ${ms.toFixed(0)}`).join(', ')}`);
}

interface Spent {
  readonly seconds: number;
  readonly peakMb: number;
  /** All our processes but the sink. */
  readonly cpuMs: number;
  readonly byProgram: ReadonlyMap<string, number>;
}

async function spent<T>(sink: Sink, work: () => Promise<T>): Promise<Spent & { came: T }> {
  const [cpu, sinkBefore] = [cpuTimes(), await sink.look()];
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 200);
  const began = performance.now();
  const came = await work();
  const seconds = (performance.now() - began) / 1000;
  clearInterval(timer);
  const byProgram = new Map(cpuSpent(cpu, cpuTimes()));
  const sinkMs = (await sink.look()).cpuMs - sinkBefore.cpuMs;
  const cpuMs = (byProgram.get('total') ?? 0) - sinkMs;
  byProgram.delete('total');
  byProgram.set('node', (byProgram.get('node') ?? 0) - sinkMs);
  return { seconds, peakMb: peak / 1e6, cpuMs, byProgram, came };
}

async function bareUpsert(db: Db, forMs: number): Promise<number> {
  await sql`create table bare (id integer primary key, n bigint not null) with (fillfactor = 70)`.execute(db);
  let next = 0;
  const { perSecond } = await measure(forMs, inFlight, () => {
    next = (next + 1) % 5_000;
    return sql`insert into bare (id, n) values (${next}, 1) on conflict (id) do update set n = bare.n + 1`.execute(db);
  });
  return perSecond;
}

async function bareSmtp(email: ChannelAdapter, forMs: number): Promise<{ perSecond: number; times: number }> {
  let next = 0;
  const { perSecond } = await measure(forMs, inFlight, () =>
    email.send({
      touchId: `bare/${String((next += 1))}`,
      attempt: 'bare',
      to: 'somebody@customers.test',
      subject: 'Your year with us',
      text: 'Hello Ana,\n\nthank you for the year.',
      madeBy: 'tech',
      purpose: 'marketing',
    }),
  );
  return { perSecond, times: next };
}

const withinMs = 9 * 60_000;
/** How far it came, if it takes too long. */
async function over(db: Db, name: string, people: number): Promise<Broadcast> {
  const end = Date.now() + withinMs;
  for (;;) {
    const one = (await listBroadcasts(db)).find((b) => b.journey === name);
    if (one && (one.state === 'done' || (Date.now() > end && one.entered < people))) return one;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function ended(db: Db, runs: number): Promise<void> {
  const count = async (): Promise<number> =>
    (await db.selectFrom('enrolments').select('id').where('state', '=', 'ended').execute()).length;
  const end = Date.now() + withinMs;
  while ((await count()) < runs && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function isOnce(db: Db): Promise<boolean> {
  const { rows } = await sql<{ n: string }>`
    select count(*) as n from (select customer_id from messages group by customer_id having count(*) > 1) as twice`.execute(
    db,
  );
  return rows[0]?.n === '0';
}
