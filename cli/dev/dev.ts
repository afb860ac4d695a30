import { join } from 'node:path';
import pg from 'pg';
import { keepRunning } from './keep-running.ts';
import { startPostgres, type Postgres } from './postgres.ts';
import { temporalBinary } from './temporal-binary.ts';
import type { TemporalAddress } from '../../worker/connect.ts';
import { temporalFromEnvironment } from './temporal-environment.ts';
import { startTemporal, type Temporal } from './temporal.ts';

/** Registered in the development server: one for work, one for the demo's story, whose clock runs faster. */
export const namespaces = { work: 'righttouch', demo: 'righttouch-demo' } as const;

export interface ServersConfig {
  /** The data folder, from `dataFolder()`. */
  data: string;
  /** Where `DATABASE_URL`, `TEMPORAL_ADDRESS` and the like are looked up. */
  env?: NodeJS.ProcessEnv;
  /** Told what takes long and what failed, a line each. */
  tell: (line: string) => void;
  /** Told when a server died and cannot be kept running: stop with this message. */
  fail: (reason: string) => void;
  ports?: { postgres?: number; temporal?: number; temporalUi?: number };
}

export interface Servers {
  /** A database in which the schemas may be made: the environment's, or `righttouch` in the embedded PostgreSQL. */
  databaseUrl: string;
  /** How to reach Temporal, with the namespace for work. */
  temporal: TemporalAddress;
  /** The namespace for the demo's story; nothing when the environment's Temporal is used, where we register none. */
  demoNamespace: string | undefined;
  /** Temporal's web page, when the server is ours. */
  temporalUi: string | undefined;
  /** Where the embedded PostgreSQL keeps its data, when it is ours. As root this is not in the data folder. */
  postgresHome: string | undefined;
  /** Stops what we started, Temporal first. Close pools, workers and connections before. */
  stop: () => Promise<void>;
}

/**
 * PostgreSQL and Temporal: those of the environment, or our own on 127.0.0.1, which are started again when they die and
 * ended by their guards when we are killed. If one cannot be started, the other is stopped before the error is thrown.
 *
 *     const claim = claimFolder(data);
 *     if (claim.kind === 'running') …
 *     const servers = await startServers({ data, tell, fail: life.fail });
 *     life.onStop('servers', servers.stop);
 */
export async function startServers(config: ServersConfig): Promise<Servers> {
  const env = config.env ?? process.env;
  const [database, temporal] = await Promise.allSettled([ourDatabase(config, env), ourTemporal(config, env)]);
  if (database.status === 'fulfilled' && temporal.status === 'fulfilled') {
    return {
      databaseUrl: database.value.databaseUrl,
      postgresHome: database.value.postgresHome,
      temporal: temporal.value.temporal,
      temporalUi: temporal.value.temporalUi,
      demoNamespace: temporal.value.demoNamespace,
      async stop() {
        await temporal.value.stop();
        await database.value.stop();
      },
    };
  }
  for (const part of [temporal, database]) if (part.status === 'fulfilled') await part.value.stop();
  throw database.status === 'rejected' ? database.reason : (temporal as PromiseRejectedResult).reason;
}

type Part<K extends keyof Servers> = Pick<Servers, K | 'stop'>;
const nothingToStop = (): Promise<void> => Promise.resolve();

async function ourDatabase(
  { data, tell, fail, ports }: ServersConfig,
  env: NodeJS.ProcessEnv,
): Promise<Part<'databaseUrl' | 'postgresHome'>> {
  const given = env['DATABASE_URL'];
  if (given) return { databaseUrl: given, postgresHome: undefined, stop: nothingToStop };
  const { first, stop } = await keepRunning<Postgres>({
    name: 'PostgreSQL',
    tell,
    fail,
    start: (again) =>
      startPostgres(join(data, 'postgres'), again ? { exactPort: again.port } : { port: ports?.postgres ?? 54_320 }),
  });
  try {
    return { databaseUrl: await databaseIn(first.url, 'righttouch'), postgresHome: first.home, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The URL of a database of this name on the server, which is made if it is not there. */
async function databaseIn(url: string, name: string): Promise<string> {
  const admin = new pg.Client(url);
  await admin.connect();
  try {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await admin.query(`create database ${admin.escapeIdentifier(name)}`);
  } finally {
    await admin.end();
  }
  const its = new URL(url);
  its.pathname = `/${name}`;
  return its.href;
}

async function ourTemporal(
  { data, tell, fail, ports }: ServersConfig,
  env: NodeJS.ProcessEnv,
): Promise<Part<'temporal' | 'temporalUi' | 'demoNamespace'>> {
  const given = temporalFromEnvironment(env);
  if (given) return { temporal: given, temporalUi: undefined, demoNamespace: undefined, stop: nothingToStop };
  const binary = await temporalBinary('temporal', { data, tell, env });
  const { first, stop } = await keepRunning<Temporal>({
    name: 'Temporal',
    tell,
    fail,
    start: (again) =>
      startTemporal(binary, join(data, 'temporal'), {
        namespaces: [namespaces.work, namespaces.demo],
        ...(again ? { exactPort: again.port } : { port: ports?.temporal ?? 7233 }),
        uiPort: again?.uiPort ?? ports?.temporalUi ?? 8233,
      }),
  });
  return {
    temporal: { connection: { address: first.address }, namespace: namespaces.work },
    temporalUi: first.ui,
    demoNamespace: namespaces.demo,
    stop,
  };
}
