/**
 * A process of its own, to be killed. It stops at the places it is told of, says so, and never goes on:
 * - `worker`: a worker whose touches stop before the fence, after the send, or after their message is recorded, as their step is named, or
 *   which kills itself somewhere around a send;
 * - `ingest`: takes the first event in, and then the others at once: the n-th of them stops after the n-th statement of its transaction.
 */
import { writeSync } from 'node:fs';
import { Kysely, PostgresDialect } from 'kysely';
import { pino } from 'pino';
import type { ChannelAdapter } from '../../channels/channel.ts';
import { createEmailAdapter } from '../../channels/email.ts';
import { clockOf } from '../../config/clock.ts';
import type { ClockSpec } from '../../core/clock.ts';
import type { Database } from '../../store/database.ts';
import { openPool, type Db } from '../../store/open.ts';
import { takeEvent, type IncomingEvent } from '../../store/take-event.ts';
import { installRuntime } from '../../worker/connect.ts';
import { startWorker } from '../../worker/worker.ts';
import { createKeyedAdapter } from '../channels/keyed-provider.ts';
import { drawn } from '../servers/drawn.ts';
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
      /** Where texts go: a provider that makes one message of all with one key. */
      keyed?: string;
      /** Database connections at most; 10 unless given. */
      connections?: number;
      /** Kills itself at one of so many places around a send, as the seed draws it. */
      dies?: { readonly seed: number; readonly oneIn: number };
    }
  | { do: 'ingest'; url: string; schema: string; events: readonly IncomingEvent[] };

const say = (what: string): boolean => process.stdout.write(`${what}\n`);
const never = (what: string): Promise<never> => {
  say(what);
  return new Promise(() => undefined);
};

type After = (text: string, values: readonly unknown[]) => Promise<void>;
const open = (url: string, schema: string, after: After, max = 10): Db =>
  new Kysely<Database>({
    dialect: new PostgresDialect({ pool: openPool(url, { schema, max }) }),
    // What is asked of the database goes on only when this has: its answer is there by then.
    log: ({ query }) => after(query.sql, query.parameters),
  });

/** Called at each place where it might die; what it last says is where. */
function mortal(dies: Extract<Told, { do: 'worker' }>['dies']): (place: string) => void {
  if (!dies) return () => undefined;
  const next = drawn(dies.seed);
  return (place) => {
    if (next() * dies.oneIn >= 1) return;
    // Not by `say`: what has not left the process when it is killed is lost.
    writeSync(1, `died ${place}\n`);
    process.kill(process.pid, 'SIGKILL');
  };
}

/** Statements around a send: what the budget reads and writes, and the words that were sent. */
function placeOf(text: string): string | null {
  if (text.includes('insert into messages')) return 'recorded';
  if (text.includes('insert into budgets')) return 'budget written';
  return text.includes('left join lateral (select customer_id, merged_into, version') ? 'budget read' : null;
}

async function work(told: Extract<Told, { do: 'worker' }>): Promise<void> {
  installRuntime();
  const clock = clockOf(told.clock);
  const names = (values: readonly unknown[], step: string): boolean =>
    values.some((value) => typeof value === 'string' && value.includes(`/${step}/`));
  const mayDie = mortal(told.dies);
  const after: After = async (text, values) => {
    const place = placeOf(text);
    if (place !== null) mayDie(place);
    if (text.startsWith('select "id", "customer_id" as "customerId"') && names(values, 'before-fence'))
      await never('before-fence');
    if (text.includes('insert into messages') && names(values, 'after-record')) await never('after-record');
  };
  const db = open(told.url, told.schema, after, told.connections);
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
      email: dying(email, mayDie),
      ...(told.keyed === undefined ? {} : { sms: dying(createKeyedAdapter(told.keyed, 'sms', clock.now), mayDie) }),
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

const dying = (adapter: ChannelAdapter, mayDie: (place: string) => void): ChannelAdapter => ({
  ...adapter,
  async send(message, signal) {
    const sending = adapter.send(message, signal);
    setImmediate(mayDie, 'on its way');
    const sent = await sending;
    mayDie('answered');
    return message.touchId.includes('/after-send/') ? never('after-send') : sent;
  },
});

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
