import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { testSchema } from '../servers/running.ts';
import { temporalAddress, workflowBundle } from '../servers/temporal.ts';
import { broadcastOf, crowd, listOf, oneWord, publishAnother } from './audience.ts';
import { fastClock, startEngine, until, type Engine } from './engine.ts';
import type { Told } from './killed-process.ts';

const nine = Date.parse('2026-12-16T08:00:00Z');
const at = '2026-12-16 09:00';
const clock = fastClock(1, nine);
const people = 1_200;

let engine: Engine;
let folder: string;
let script: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'righttouch-broadcast-'));
  script = join(folder, 'killed-process.cjs');
  const made = build({
    entryPoints: ['test/story/killed-process.ts'],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['pg-native', '@temporalio/*'],
    logLevel: 'error',
  });
  const byEvent = { entry: { event: 'offer-ready', oncePer: 'offerId' } } as const;
  engine = await startEngine({ clock, journeys: [oneWord('nothing', at, {}, byEvent)] });
  await engine.pause();
  await made;
});
afterAll(async () => {
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a worker killed in the middle, twice: another goes on, everybody is in it once, and nobody is sent to twice', async () => {
  const { db, inbox } = engine;
  await crowd(db, { prefix: 'people', count: people, now: clock.now() });
  await listOf(db, 'year', ['people'], clock.now());
  await publishAnother(db, oneWord('year', at), clock.now());
  const told: Told = {
    do: 'worker',
    url: engine.url,
    schema: testSchema,
    temporal: temporalAddress(),
    taskQueue: engine.taskQueue,
    bundle: workflowBundle(),
    port: inbox.port,
    clock: clock.spec,
  };
  for (const enough of [150, 400]) await runUntil(told, () => inbox.mails.length >= enough);
  expect(inbox.mails.length).toBeLessThan(people);
  await engine.addWorker();
  const broadcast = await until(
    'it is over',
    async () => {
      const found = await broadcastOf(db, 'year');
      return found.state === 'done' && found;
    },
    60_000,
  );

  const heard = new Map<string, number>();
  for (const mail of inbox.mails) {
    const to = JSON.stringify(mail.to);
    heard.set(to, (heard.get(to) ?? 0) + 1);
  }
  expect(Math.max(...heard.values())).toBe(1);
  const { sent = 0, unknown = 0 } = broadcast.counts;
  expect([broadcast.entered, sent + unknown]).toEqual([people, people]);
  // Only what was on its way when a worker died is not certain, and as much of it as went out was sent once.
  expect(unknown).toBeGreaterThan(0);
  expect(unknown).toBeLessThanOrEqual(2 * 64);
  expect(heard.size).toBeGreaterThanOrEqual(sent);
  const touches = await db
    .selectFrom('touches')
    .select((eb) => ['state', eb.fn.countAll<string>().as('count'), eb.fn.max('ask').as('ask')])
    .groupBy('state')
    .orderBy('state')
    .execute();
  expect(touches).toEqual([
    { state: 'sent', count: String(sent), ask: 1 },
    { state: 'unknown', count: String(unknown), ask: 1 },
  ]);
}, 150_000);

/** A worker as a process of its own, killed as soon as it is so. */
async function runUntil(told: Told, look: () => boolean): Promise<void> {
  const child = spawn(process.execPath, [script, JSON.stringify(told)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_PATH: resolve('node_modules') },
  });
  const exited = once(child, 'exit');
  try {
    await until('it is under way', look, 60_000);
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
}
