import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { z } from 'zod';
import { dataFolder } from '../../cli/dev/folders.ts';
import { freePort } from '../../cli/dev/ports.ts';
import { temporalBinary } from '../../cli/dev/temporal-binary.ts';
import { listening, processesWith } from './processes.ts';
import { builtScript } from '../servers/built-script.ts';
import { ended, runScript, until } from './script.ts';

const up = z.object({
  kind: z.literal('up'),
  databaseUrl: z.string(),
  postgresHome: z.string(),
  temporal: z.object({ connection: z.object({ address: z.string() }) }),
  temporalUi: z.string(),
});
type Up = z.infer<typeof up>;

let script: string;
let binary: string;
beforeAll(async () => {
  script = await builtScript('test/launch/parent.ts');
  binary = await temporalBinary('temporal', { data: dataFolder() });
});
afterAll(() => rmSync(script, { force: true }));

let data: string;
let home: string | undefined;
let started: ChildProcess[];
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'righttouch-launch-'));
  home = undefined;
  started = [];
});
afterEach(async () => {
  for (const child of started) child.kill('SIGKILL');
  await until(() => remains().length === 0);
  rmSync(data, { recursive: true, force: true });
  if (home !== undefined) rmSync(home, { recursive: true, force: true });
});

/** Starts it and answers with the line it prints. */
async function start(env: Record<string, string> = {}): Promise<{ child: ChildProcess; said: unknown }> {
  const own = { RIGHTTOUCH_DATA: data, TEMPORAL_CLI_PATH: binary, DATABASE_URL: '', TEMPORAL_ADDRESS: '' };
  const { child, says } = runScript(script, { ...own, ...env });
  started.push(child);
  return { child, said: await says() };
}
async function startUp(env: Record<string, string> = {}): Promise<{ child: ChildProcess; servers: Up }> {
  const { child, said } = await start(env);
  const servers = up.parse(said);
  home = servers.postgresHome;
  return { child, servers };
}
/** Servers that have our folders in their command lines, and the guards beside them. */
const remains = (): number[] => [
  ...processesWith(data),
  ...(home === undefined ? [] : processesWith(home)),
  ...guarded.flatMap((pid) => processesWith(`righttouch-guard ${pid} `)),
];
let guarded: number[] = [];
const pidIn = (folder: string, name: string): number => Number(readFileSync(join(folder, `${name}.pid`), 'utf8'));

async function ask<T>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T & pg.QueryResultRow>(text)).rows;
  } finally {
    await client.end();
  }
}

test('Ctrl-C stops everything, and the next start finds its data', async () => {
  const first = await startUp();
  await ask(first.servers.databaseUrl, 'create table kept as select 7 as n');
  guarded = [pidIn(first.servers.postgresHome, 'postgres'), pidIn(join(data, 'temporal'), 'temporal')];
  expect(remains().length).toBeGreaterThanOrEqual(4);
  first.child.kill('SIGINT');
  first.child.kill('SIGINT'); // npm delivers it twice
  expect(await ended(first.child)).toBe(0);
  await until(() => remains().length === 0);
  expect(existsSync(join(data, 'running.json'))).toBe(false);

  const second = await startUp();
  expect(await ask(second.servers.databaseUrl, 'select n from kept')).toEqual([{ n: 7 }]);
  second.child.kill('SIGTERM');
  expect(await ended(second.child)).toBe(0);
}, 60_000);

test('kill -9 leaves nothing running, and the next start finds its data', async () => {
  const first = await startUp();
  await ask(first.servers.databaseUrl, 'create table kept as select 7 as n');
  guarded = [pidIn(first.servers.postgresHome, 'postgres'), pidIn(join(data, 'temporal'), 'temporal')];
  first.child.kill('SIGKILL');
  await ended(first.child);
  await until(() => remains().length === 0);

  const second = await startUp();
  expect(await ask(second.servers.databaseUrl, 'select n from kept')).toEqual([{ n: 7 }]);
  second.child.kill('SIGINT');
  expect(await ended(second.child)).toBe(0);
}, 60_000);

test('with the usual ports taken others are used, all on loopback, and a second start says where the first one is', async () => {
  const taken = await Promise.all([1, 2, 3].map(occupy));
  const [TEST_POSTGRES = '', TEST_TEMPORAL = '', TEST_UI = ''] = taken.map(({ port }) => String(port));
  const { child, servers } = await startUp({ TEST_POSTGRES, TEST_TEMPORAL, TEST_UI });
  expect(new URL(servers.databaseUrl).port).not.toBe(TEST_POSTGRES);
  expect(servers.temporal.connection.address).not.toBe(`127.0.0.1:${TEST_TEMPORAL}`);
  expect(servers.temporalUi).not.toBe(`http://127.0.0.1:${TEST_UI}`);
  expect((await fetch(servers.temporalUi)).status).toBe(200);
  if (process.platform === 'linux') {
    for (const pid of [pidIn(servers.postgresHome, 'postgres'), pidIn(join(data, 'temporal'), 'temporal')]) {
      expect(listening(pid).length).toBeGreaterThan(0);
      expect(listening(pid).filter((address) => !address.startsWith('0100007F:'))).toEqual([]);
    }
  }

  const again = await start();
  expect(again.said).toEqual({ kind: 'running', pid: child.pid, url: 'http://127.0.0.1:3000' });
  expect(await ended(again.child)).toBe(0);
  expect(await ask(servers.databaseUrl, 'select 1 as n')).toEqual([{ n: 1 }]);
  child.kill('SIGINT');
  await ended(child);
  for (const { server } of taken) server.close();
}, 60_000);

test('a server that dies under us runs again at the same address', async () => {
  const { child, servers } = await startUp();
  for (const [folder, name] of [
    [servers.postgresHome, 'postgres'],
    [join(data, 'temporal'), 'temporal'],
  ] as const) {
    const before = pidIn(folder, name);
    process.kill(before, 'SIGKILL');
    await until(() => existsSync(join(folder, `${name}.pid`)) && pidIn(folder, name) !== before);
  }
  await until(() =>
    ask(servers.databaseUrl, 'select 1').then(
      () => true,
      () => false,
    ),
  );
  await until(() =>
    fetch(servers.temporalUi).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  child.kill('SIGINT');
  expect(await ended(child)).toBe(0);
}, 60_000);

async function occupy(): Promise<{ port: number; server: Server }> {
  const server = createServer();
  const port = await freePort();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { port, server };
}
