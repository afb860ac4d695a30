import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dataFolder } from '../../cli/dev/folders.ts';
import { startPostgres, type Postgres } from '../../cli/dev/postgres.ts';
import { temporalBinary } from '../../cli/dev/temporal-binary.ts';
import { startTemporal, type Temporal } from '../../cli/dev/temporal.ts';
import { migrate } from '../../store/migrate.ts';
import { openDatabase } from '../../store/open.ts';
import { testSchema } from '../servers/running.ts';
import { startEngine, until, type Engine } from './engine.ts';
import { listen, promised, smallJourney, word } from './small-journey.ts';

const story = smallJourney('story', 'promise', {
  promise: promised('arrived'),
  arrived: word('their-word'),
  'their-word': listen('1 day', { 'customer-replied': 'end:replied', silence: 'end:silent' }),
});

const stoppedMs = 20_000;
const endWithinMs = 10_000;
let folder: string;
let binary: string;
let postgres: Postgres;
let temporal: Temporal;
let engine: Engine;
// Both keep their data on disk, as in production: a server that is thrown away takes it along when it stops.
const startDatabase = (port?: number) =>
  startPostgres(join(folder, 'postgres'), port === undefined ? {} : { exactPort: port });
const startServer = (port?: number) =>
  startTemporal(binary, join(folder, 'temporal'), {
    headless: true,
    namespaces: ['default'],
    ...(port === undefined ? {} : { exactPort: port }),
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'righttouch-outage-'));
  binary = await temporalBinary('temporal', { data: dataFolder() });
  [postgres, temporal] = await Promise.all([startDatabase(), startServer()]);
  const db = openDatabase(postgres.url, { schema: testSchema });
  await migrate(db, testSchema);
  engine = await startEngine({
    journeys: [story],
    servers: { database: { db, url: postgres.url, drop: () => db.destroy() }, temporal: temporal.address },
  });
}, 60_000);
afterAll(async () => {
  await engine.stop();
  await Promise.all([postgres.stop(), temporal.stop()]);
  rmSync(postgres.home, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

interface Load {
  readonly accepted: Map<string, number>;
  readonly errors: number[];
  stop(): Promise<void>;
}

/** Somebody writes to us every so often; whoever gets an error tries again under the same key, as a client of the API does. */
function load(name: string, customers: number): Load {
  const accepted = new Map<string, number>();
  const errors: number[] = [];
  const load = { isOver: false };
  const bring = async (id: string): Promise<void> => {
    while (!accepted.has(id))
      try {
        await engine.event(id, 'inquiry-received', { inquiryId: id, topic: 'billing', urgent: false }, id);
        accepted.set(id, Date.now());
      } catch {
        errors.push(Date.now());
        await setTimeout(250);
      }
  };
  const bringing: Promise<void>[] = [];
  const run = (async () => {
    for (let n = 0; n < customers && !load.isOver; n += 1) {
      bringing.push(bring(`${name}-${String(n)}`));
      await setTimeout(550);
    }
    await Promise.all(bringing);
  })();
  return {
    accepted,
    errors,
    stop: () => {
      load.isOver = true;
      return run;
    },
  };
}

/** Each of these in the end has its one touch: sent once, or, if an answer was lost on the way, kept as unknown and not sent again. */
async function eachHasItsTouch(accepted: ReadonlyMap<string, number>): Promise<{ sent: number; unknown: number }> {
  const ids = [...accepted.keys()];
  await until(
    'all of them wait for a word',
    async () => {
      const runs = await engine.db
        .selectFrom('enrolments')
        .select(['step', 'waiting_for'])
        .where('customer_id', 'in', ids)
        .execute();
      return runs.length === ids.length && runs.every((run) => run.step === 'their-word' && run.waiting_for !== null);
    },
    60_000,
  );
  const touches = await engine.db
    .selectFrom('touches')
    .select(['customer_id', 'state'])
    .where('customer_id', 'in', ids)
    .execute();
  expect(touches.map((touch) => touch.customer_id).sort()).toEqual([...ids].sort());
  for (const { customer_id, state } of touches) {
    const mails = engine.inbox.mails.filter((mail) => JSON.stringify(mail.to).includes(`${customer_id}@`)).length;
    if (state === 'unknown') expect(mails).toBeLessThanOrEqual(1);
    else expect([customer_id, state, mails]).toEqual([customer_id, 'sent', 1]);
  }
  const parked = await engine.db
    .selectFrom('outbox')
    .select('workflow_id')
    .where('parked_at', 'is not', null)
    .execute();
  expect(parked).toEqual([]);
  return {
    sent: touches.filter((t) => t.state === 'sent').length,
    unknown: touches.filter((t) => t.state === 'unknown').length,
  };
}

async function enter(name: string, customers: number): Promise<void> {
  for (let n = 0; n < customers; n += 1) await engine.customer(`${name}-${String(n)}`);
}

test('the database is away for 20 s under load: nothing is lost, nothing goes out twice, errors end with its return', async () => {
  await enter('database', 50);
  const { accepted, errors, stop } = load('database', 50);
  await until('the first mails', () => engine.inbox.mails.length >= 3);
  await postgres.stop();
  await setTimeout(stoppedMs);
  postgres = await startDatabase(postgres.port);
  const back = Date.now();
  await until('an event after its return', () => [...accepted.values()].some((at) => at > back), endWithinMs);
  await stop();
  expect(errors.length).toBeGreaterThan(0);
  expect(Math.max(...errors) - back).toBeLessThan(endWithinMs);
  const seen = await eachHasItsTouch(accepted);
  if (process.env['RT_LOG']) console.log({ ...seen, errors: errors.length });
}, 120_000);

test('Temporal is away for 20 s under load: events are taken in all the while, and each has its one touch after', async () => {
  await enter('temporal', 50);
  const before = engine.inbox.mails.length;
  const { accepted, errors, stop } = load('temporal', 50);
  await until('the first mails', () => engine.inbox.mails.length >= before + 3);
  await temporal.stop();
  const left = Date.now();
  await setTimeout(stoppedMs);
  expect([...accepted.values()].filter((at) => at > left).length).toBeGreaterThan(10);
  temporal = await startServer(temporal.port);
  const atReturn = engine.inbox.mails.length;
  await until('a mail after its return', () => engine.inbox.mails.length > atReturn, endWithinMs);
  await stop();
  expect(errors).toEqual([]);
  const seen = await eachHasItsTouch(accepted);
  if (process.env['RT_LOG']) console.log(seen);
}, 120_000);
