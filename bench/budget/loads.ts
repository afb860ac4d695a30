/** What a worker can be told to do: each of ours beside the statement that it is compared with, over as many connections. */
import type pg from 'pg';
import { RateLimiterPostgres, RateLimiterUnion } from 'rate-limiter-flexible';
import { createBudgets, type Budgets } from '../../store/budget/index.ts';
import { openDatabase, openPool } from '../../store/open.ts';
import { fillCustomers, patientPool } from './fill.ts';
import { openLoop, type Taken, timed } from '../timed.ts';
import { askOf, customerOf, hotCustomer, policy, roomInWindows, schema, windowsInDays } from './setting.ts';

export const limiterTables = windowsInDays.map((days) => `limiter_${days}`);

export interface WorkerOptions {
  readonly url: string;
  readonly worker: number;
  readonly workers: number;
  readonly connections: number;
  readonly customers: number;
  /** The first of those that the waves are for; nobody else touches them. */
  readonly waves: number;
  readonly now: number;
  readonly mostInBatch?: number;
  readonly mostBatches?: number;
}

/** Answers with what was done; `forMs` and `callers` bound it. */
export interface Load {
  readonly what: keyof Loads;
  readonly forMs?: number;
  readonly callers?: number;
  /** Touches per second, for those that do not wait for each other. */
  readonly perSecond?: number;
  /** Of customers, for those that go through them in order. */
  readonly from?: number;
  readonly to?: number;
}

export interface Done extends Taken {
  readonly answers: Readonly<Record<string, number>>;
  /** How many pieces of work were decided together. */
  readonly batches: readonly number[];
}

type Loads = ReturnType<typeof createLoads>['loads'];

export function createLoads(options: WorkerOptions) {
  const { url, worker, workers, connections, customers, waves, now } = options;
  const pool = openPool(url, { schema, max: connections });
  const db = openDatabase(url, { schema, max: connections });
  let answers: Record<string, number> = {};
  let batches: number[] = [];
  const someone = strangers(worker, workers, waves);
  // Who comes again comes as if so long had passed that they may be touched again: a fast machine asks for more touches than there are customers.
  const clock = { now: () => Date.now() + someone.laps() * lapMs };
  const budgets = createBudgets(db, {
    clock,
    onFreed: () => undefined,
    onBatch: (size) => batches.push(size),
    ...(options.mostInBatch === undefined ? {} : { mostInBatch: options.mostInBatch }),
    ...(options.mostBatches === undefined ? {} : { mostBatches: options.mostBatches }),
  });
  const anyone = (): string => customerOf(Math.floor(Math.random() * customers));
  const union = unionOf(pool);
  const count = (is: string): void => {
    answers[is] = (answers[is] ?? 0) + 1;
  };

  const reserve = async (customerId: string): Promise<string> => {
    const ask = askOf(customerId, clock.now(), worker);
    count((await budgets.reserve(ask)).is);
    return ask.touchId;
  };
  const upsert = (id: string): Promise<unknown> =>
    pool.query({ name: 'bare', text: bareUpsert, values: [id, new Date()] });
  const update = (id: string): Promise<unknown> =>
    pool.query({ name: 'bare-update', text: bareUpdate, values: [id, new Date()] });
  const consume = async (customer: string): Promise<void> => count(await consumed(union, customer));

  const loop = (work: () => Promise<unknown>) => (load: Load) => timed(load.forMs ?? 0, load.callers ?? 0, work);
  const loads = {
    fill: async ({ from = 0, to = 0 }: Load): Promise<Taken> => {
      const patient = patientPool(url);
      await fillCustomers(patient, from, to, now);
      await patient.end();
      return { done: to - from, seconds: 0, tookMs: new Float64Array() };
    },
    upsert: loop(() => upsert(anyone())),
    reserve: loop(() => reserve(someone.next())),
    limiter: loop(() => consume(anyone())),
    'hot upsert': loop(() => upsert(hotCustomer)),
    'hot refusal': loop(() => reserve(hotCustomer)),
    'three updates': loop(async () => {
      const id = anyone();
      for (let n = 0; n < 3; n++) await update(id);
    }),
    touch: loop(() => wholeTouch(budgets, reserve, someone.next())),
    /** As broadcasts go: a page is asked for at once, in the order of its customers, and the next one when it is done. */
    wave: async ({ from = 0, to = 0, callers: page = 500 }: Load): Promise<Taken> => {
      const began = performance.now();
      for (let at = from; at < to; at += page)
        await Promise.all(Array.from({ length: Math.min(page, to - at) }, (_, n) => reserve(customerOf(at + n))));
      return { done: to - from, seconds: (performance.now() - began) / 1000, tookMs: new Float64Array() };
    },
    'open loop': ({ forMs = 0, perSecond = 1 }: Load) => openLoop(forMs, perSecond, () => reserve(someone.next())),
  };

  return {
    loads,
    async run(load: Load): Promise<Done> {
      [answers, batches] = [{}, []];
      const taken = await loads[load.what](load);
      return { ...taken, answers, batches };
    },
    async end(): Promise<void> {
      await Promise.all([pool.end(), db.destroy()]);
    },
  };
}

const bareUpsert = `
  insert into bare (id, n, at) values ($1, 1, $2)
  on conflict (id) do update set n = bare.n + 1, at = excluded.at`;
const bareUpdate = 'update bare set n = n + 1, at = $2 where id = $1';

/** After it every window of the policy but the longest is empty again. */
const lapMs = 31 * 86_400_000;

/** Customers in an order that has nothing to do with where they are stored; each worker has its own, and nobody comes again before all have come. */
function strangers(worker: number, workers: number, waves: number): { next(): string; laps(): number } {
  const step = 618_033;
  let asked = 0;
  return {
    next: () => {
      asked += 1;
      return customerOf(((worker + asked * workers) * step) % waves);
    },
    laps: () => Math.floor((asked * workers) / waves),
  };
}

let attempts = 0;
async function wholeTouch(
  budgets: Budgets,
  reserve: (customerId: string) => Promise<string>,
  customerId: string,
): Promise<void> {
  const touchId = await reserve(customerId);
  const attempt = `${touchId}/${(attempts += 1)}`;
  const enrolmentId = touchId.slice(0, touchId.indexOf('/'));
  const fenced = await budgets.fence(touchId, { attempt, seen: 0, enrolmentId, policy });
  if (!fenced.fenced) throw new Error(`The bench could not fence ${touchId}: ${fenced.because}`);
  await budgets.settle(touchId, attempt, { is: 'sent', at: Date.now(), providerId: attempt });
}

const unionOf = (pool: pg.Pool): RateLimiterUnion =>
  new RateLimiterUnion(
    ...limiterTables.map(
      (table, n) =>
        new RateLimiterPostgres({
          storeClient: pool,
          storeType: 'pool',
          schemaName: schema,
          tableName: table,
          tableCreated: true,
          keyPrefix: table,
          points: roomInWindows[n] ?? 0,
          duration: (windowsInDays[n] ?? 0) * 86_400,
          clearExpiredByTimeout: false,
        }),
    ),
  );

/** It refuses by rejecting. */
export async function consumed(
  union: { consume(key: string): Promise<unknown> },
  customer: string,
): Promise<'reserved' | 'dropped'> {
  try {
    await union.consume(customer);
    return 'reserved';
  } catch (error) {
    if (error instanceof Error) throw error;
    return 'dropped';
  }
}
