/**
 * The budget beside what it is compared with: on one PostgreSQL that syncs to disk, over a million customers with twenty touches each in
 * their rings, from processes that use the production code. Everything is a ratio of rounds that alternate.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../cli/dev/postgres.ts';
import { migrate } from '../../store/migrate.ts';
import { openDatabase } from '../../store/open.ts';
import type { Bench, BenchOptions } from '../main.ts';
import { median } from '../measure.ts';
import { cases, compare, type Size } from './cases.ts';
import { startCrew, type Crew } from './crew.ts';
import { exactness } from './exactness.ts';
import { fillPeers, patientPool, settleDown, sizes } from './fill.ts';
import { limiterTables } from './loads.ts';
import { schema } from './setting.ts';

/**
 * As a server for such tables is set up: a quarter of the memory, which PostgreSQL's manual begins with (19.4), and room for as much log as comes in a
 * quarter of an hour. The rest, such as syncing each commit to disk, is as PostgreSQL comes.
 */
const settings = {
  shared_buffers: `${Math.floor(totalmem() / 4 / 2 ** 20)}MB`,
  max_wal_size: '8GB',
  // A log that was written for hours has its files; making one anew holds everybody up for 50 ms.
  min_wal_size: '8GB',
  checkpoint_timeout: '15min',
};
const connections = 10;
const processes = 4;

export const budget: Bench = async (options) => {
  const home = mkdtempSync(join(tmpdir(), 'righttouch-bench-'));
  const server = await startPostgres(join(home, 'postgres'), { settings });
  try {
    await run(server.url, options);
  } finally {
    await server.stop();
    for (const folder of [home, server.home]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

async function run(url: string, { quick, tell }: BenchOptions): Promise<void> {
  const customers = quick ? 100_000 : 1_000_000;
  const size: Size = {
    customers,
    waves: customers * 0.6,
    wave: quick ? 10_000 : 100_000,
    rounds: quick ? 2 : 3,
    forMs: quick ? 1_000 : 3_500,
    callers: 250,
  };
  const crew = startCrew(processes, { url, connections, customers, waves: size.waves, now: Date.now() });
  try {
    await fill(url, crew, customers, tell);
    tell(`the machine's load: ${loadavg()[0]?.toFixed(1) ?? ''} before the first round`);
    let full = 0;
    for (const one of cases) {
      const { ours } = await compare(crew, one, size, tell);
      if (one.ours === 'reserve') full = Math.max(full, median(ours.map((o) => o.perSecond)));
    }
    await settleDown(url);
    await latency(crew, full, size, tell);
    await exactness(url, tell);
    tell(`the machine's load: ${loadavg()[0]?.toFixed(1) ?? ''} after the last round`);
  } finally {
    crew.stop();
  }
}

async function fill(url: string, crew: Crew, customers: number, tell: (line: string) => void): Promise<void> {
  const began = performance.now();
  const db = openDatabase(url, { schema });
  await migrate(db, schema);
  await db.destroy();
  const pool = patientPool(url);
  const each = customers / processes;
  const slices = Array.from({ length: processes }, (_, n) => ({
    what: 'fill' as const,
    from: n * each,
    to: (n + 1) * each,
  }));
  await Promise.all([crew.do(slices), fillPeers(pool, customers, limiterTables)]);
  await settleDown(url);
  tell(`${customers} customers filled in ${((performance.now() - began) / 1000).toFixed(0)} s: ${await sizes(pool)}`);
  await pool.end();
}

async function latency(crew: Crew, full: number, { forMs }: Size, tell: (line: string) => void): Promise<void> {
  const perSecond = full / 2 / 2;
  const rounds = [];
  // The first round warms up.
  for (let round = 0; round <= 3; round++) {
    const done = await crew.do({ what: 'open loop', perSecond, forMs: forMs * 1.5 }, 2);
    if (round > 0) rounds.push(done);
  }
  tell(
    `p99 at half of the full rate (${(full / 2).toFixed(0)} /s, counted from when they should have begun): ` +
      `${median(rounds.map((r) => r.p99Ms)).toFixed(1)} ms (aim ≤ 10; rounds ${rounds.map((r) => r.p99Ms.toFixed(1)).join(', ')}; ` +
      `p50 ${median(rounds.map((r) => r.p50Ms)).toFixed(1)} ms, batches of ${median(rounds.map((r) => r.batch)).toFixed(0)})`,
  );
}
