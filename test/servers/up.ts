import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import pg from 'pg';
import { dataFolder, packageRoot } from '../../cli/dev/folders.ts';
import { startPostgres } from '../../cli/dev/postgres.ts';
import { temporalBinary } from '../../cli/dev/temporal-binary.ts';
import { startTemporal } from '../../cli/dev/temporal.ts';
import down from './down.ts';
import { guardedSkipper } from './skipper.ts';
import { running, testSchema } from './running.ts';

/** Starts one PostgreSQL and one Temporal for the whole run; each test file has its own database and task queue. */
export default async function up(): Promise<void> {
  try {
    await start();
  } catch (error) {
    await down(); // jest does not call the teardown when the setup failed
    throw error;
  }
}

async function start(): Promise<void> {
  const data = dataFolder();
  const tell = (line: string): void => console.log(line);
  const home = mkdtempSync(join(tmpdir(), 'righttouch-test-'));
  running.stops.push(() => {
    rmSync(home, { recursive: true, force: true });
    return Promise.resolve();
  });
  const [postgres, temporal, skipper] = await allOrNone([
    startPostgres(join(home, 'postgres'), { throwAway: true }).then(async (server) => {
      running.stops.unshift(() => server.stop());
      await migrateTemplate(server.url);
      return server;
    }),
    temporalBinary('temporal', { data, tell })
      .then((binary) =>
        startTemporal(binary, join(home, 'temporal'), { headless: true, throwAway: true, namespaces: ['default'] }),
      )
      .then((server) => {
        running.stops.unshift(() => server.stop());
        return server;
      }),
    temporalBinary('temporal-test-server', { data, tell }),
    bundle(join(home, 'workflows.js')),
  ]);
  process.env['RT_PG'] = postgres.url;
  process.env['RT_TEMPORAL'] = temporal.address;
  process.env['RT_SKIPPER'] = guardedSkipper(skipper, home);
  process.env['RT_BUNDLE'] = join(home, 'workflows.js');
}

/** Every test file clones this database, which is faster than migrating one for each. */
async function migrateTemplate(url: string): Promise<void> {
  const admin = new pg.Client(url);
  await admin.connect();
  await admin.query('create database template_rt');
  await admin.end();
  if (!existsSync(join(packageRoot, 'migrations/index.ts'))) return;
  const { openDatabase } = await import('../../store/open.ts');
  const { migrate } = await import('../../store/migrate.ts');
  const template = openDatabase(url.replace(/\/postgres$/, '/template_rt'), { schema: testSchema });
  try {
    await migrate(template, testSchema);
  } finally {
    await template.destroy();
  }
}

/** Waits for all, so that nothing is still starting when a failure makes us stop what has started. */
async function allOrNone<T extends readonly unknown[]>(work: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const settled = await Promise.allSettled(work);
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return Promise.all(work);
}

async function bundle(file: string): Promise<void> {
  const workflowsPath = join(packageRoot, 'workflows/index.ts');
  if (!existsSync(workflowsPath)) return;
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  writeFileSync(file, code);
}
