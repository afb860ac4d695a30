/**
 * A process of its own, to be killed. It stops at the places it is told of, says so, and never goes on:
 * - `worker`: a worker whose touches stop before the fence, after the send, or after their message is recorded, as their step is named;
 * - `ingest`: takes the first event in, and then the others at once: the n-th of them stops after the n-th statement of its transaction.
 */
import { Kysely, PostgresDialect } from 'kysely';
import { pino } from 'pino';
import { createEmailAdapter } from '../../channels/email.ts';
import { clockOf } from '../../config/clock.ts';
import type { ClockSpec } from '../../core/clock.ts';
import type { Database } from '../../store/database.ts';
import { openPool, type Db } from '../../store/open.ts';
import { takeEvent, type IncomingEvent } from '../../store/take-event.ts';
import { installRuntime } from '../../worker/connect.ts';
import { startWorker } from '../../worker/worker.ts';
import { systemsAt } from './shop.ts';

export type Told =
  | {
      do: 'worker';
      url: string;
      schema: string;
      temporal: string;
      taskQueue: string;
      bundle: string;
      port: number;
      clock: ClockSpec;
      /** Where orders are refunded. */
      shop?: string;
    }
  | { do: 'ingest'; url: string; schema: string; events: readonly IncomingEvent[] };

const say = (what: string): boolean => process.stdout.write(`${what}\n`);
const never = (what: string): Promise<never> => {
  say(what);
  return new Promise(() => undefined);
};

const open = (url: string, schema: string, after: (text: string, values: readonly unknown[]) => Promise<void>): Db =>
  new Kysely<Database>({
    dialect: new PostgresDialect({ pool: openPool(url, { schema }) }),
    // What is asked of the database goes on only when this has: its answer is there by then.
    log: ({ query }) => after(query.sql, query.parameters),
  });

async function work(told: Extract<Told, { do: 'worker' }>): Promise<void> {
  installRuntime();
  const clock = clockOf(told.clock);
  const names = (values: readonly unknown[], step: string): boolean =>
    values.some((value) => typeof value === 'string' && value.includes(`/${step}/`));
  const db = open(told.url, told.schema, async (text, values) => {
    if (text.startsWith('select "id", "customer_id" as "customerId"') && names(values, 'before-fence'))
      await never('before-fence');
    if (text.includes('insert into messages') && names(values, 'after-record')) await never('after-record');
  });
  const identity = {
    from: { name: 'RightTouch', address: 'hello@righttouch.test' },
    messageIdDomain: 'righttouch.test',
  };
  const email = createEmailAdapter({ host: '127.0.0.1', port: told.port, tls: 'none', ...identity }, clock.now);
  await startWorker({
    db,
    databaseUrl: told.url,
    temporal: { connection: { address: told.temporal }, namespace: 'default' },
    taskQueue: told.taskQueue,
    clock,
    channels: {
      email: {
        ...email,
        async send(message, signal) {
          const sent = await email.send(message, signal);
          return message.touchId.includes('/after-send/') ? never('after-send') : sent;
        },
      },
    },
    log: pino({ level: 'silent' }),
    statusCallback: null,
    defaultTeam: 'care',
    ...(told.shop === undefined ? {} : { systems: systemsAt(told.shop) }),
    bundle: told.bundle,
    fail: (reason) => {
      console.error(reason);
    },
  });
  say('ready');
}

async function ingest({ url, schema, events }: Extract<Told, { do: 'ingest' }>): Promise<void> {
  const take = async (event: IncomingEvent, stopsAfter: number): Promise<void> => {
    let statements = 0;
    const db = open(url, schema, async () => {
      statements += 1;
      if (statements === stopsAfter) await never(event.customerId);
    });
    await takeEvent(db, event);
    say(`through ${event.customerId}`);
  };
  const [first, ...others] = events;
  if (first) await take(first, Infinity);
  await Promise.all(others.map((event, n) => take(event, n + 1)));
}

const told = JSON.parse(process.argv[2] ?? '{}') as Told;
void (told.do === 'worker' ? work(told) : ingest(told));
