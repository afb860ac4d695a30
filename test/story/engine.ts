/** A whole engine for one test file: its own database and task queue, the samples published, real SMTP out, a real worker. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Kysely, PostgresDialect } from 'kysely';
import { simpleParser, type ParsedMail } from 'mailparser';
import { pino, type Logger } from 'pino';
import { SMTPServer } from 'smtp-server';
import type { ChannelAdapter } from '../../channels/channel.ts';
import type { Webhook } from '../../channels/standard-webhook.ts';
import { createEmailAdapter } from '../../channels/email.ts';
import { loadProject } from '../../cli/load-project.ts';
import { packageRoot } from '../../cli/dev/folders.ts';
import { clockOf, type Clock } from '../../config/clock.ts';
import type { Systems } from '../../core/journey/systems.ts';
import type { Journey } from '../../core/journey/table.ts';
import type { Place } from '../../core/budget/area.ts';
import type { Policy } from '../../core/budget/policy.ts';
import { recordConsent } from '../../store/consents.ts';
import { upsertCustomer } from '../../store/customers.ts';
import { notifyPump } from '../../store/outbox.ts';
import type { Database } from '../../store/database.ts';
import { openPool, type Db } from '../../store/open.ts';
import { publish } from '../../store/publish.ts';
import { takeEvent } from '../../store/take-event.ts';
import { startWorker, type RunningWorker, type WorkerSettings } from '../../worker/worker.ts';
import { ownDatabase, type OwnDatabase } from '../servers/database.ts';
import { testSchema } from '../servers/running.ts';
import { replayStories } from './replayed.ts';
import { ownName, quietRuntime, temporalAddress, workflowBundle } from '../servers/temporal.ts';

export interface Inbox {
  readonly mails: ParsedMail[];
  readonly port: number;
  /** How the server treats the next mails; it takes all of them unless told otherwise. */
  answer: (mail: ParsedMail) => Error | null | Promise<Error | null>;
  close(): Promise<void>;
}

export async function startInbox(): Promise<Inbox> {
  const inbox: Pick<Inbox, 'mails' | 'answer'> = { mails: [], answer: () => null };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, callback) {
      simpleParser(stream).then(
        async (mail) => {
          const refused = await inbox.answer(mail);
          if (!refused) inbox.mails.push(mail);
          callback(refused);
        },
        // A worker that is killed hangs up in the middle of what it says: that is no mail.
        () => undefined,
      );
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(inbox, { port, close: () => new Promise<void>((resolve) => server.close(resolve)) });
}

export interface EngineOptions {
  /** Silent unless given, or RT_LOG is set. */
  readonly log?: Logger;
  readonly clock?: Clock;
  /** In place of the samples' own. */
  readonly policy?: (samples: Policy) => Policy;
  readonly journeys?: readonly Journey[];
  readonly channels?: Readonly<Partial<Record<'email' | 'sms', ChannelAdapter>>>;
  /** Other systems that journeys may ask, and where their secrets stand. */
  readonly systems?: Systems;
  /** Where our own people are told of tasks. */
  readonly notices?: Webhook;
  readonly environment?: Readonly<Record<string, string>>;
  /** Likewise in Slack. */
  readonly slack?: NonNullable<WorkerSettings['slack']>;
  /** How the world reaches the API. */
  readonly publicUrl?: string;
  /** In place of the servers that all test files share. */
  readonly servers?: { readonly database: OwnDatabase; readonly temporal: string };
  /** Hears of every statement that the worker has had answered. */
  readonly onStatement?: (text: string, values: readonly unknown[]) => void;
}
export interface Engine {
  readonly db: Db;
  readonly url: string;
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly taskQueue: string;
  /** Starts another worker, beside those that run. */
  addWorker(): Promise<RunningWorker>;
  /** Stops all workers that run here: what is taken in meanwhile waits for the next one. */
  pause(): Promise<void>;
  customer(
    id: string,
    more?: { fields?: Record<string, string | boolean>; wants?: readonly string[]; place?: Place },
  ): Promise<string>;
  event(customerId: string, type: string, data: Record<string, string | number | boolean>, key?: string): Promise<void>;
  stop(): Promise<void>;
}

/** Rate 1 from a fixed instant: Tuesday, 24 November 2026, 10:00 in Berlin. */
export const tuesday = Date.parse('2026-11-24T09:00:00Z');
export const fastClock = (rate: number, at = tuesday): Clock =>
  clockOf({ realAnchor: Date.now(), virtualAnchor: at, rate });

export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
  quietRuntime();
  const clock = options.clock ?? fastClock(1);
  const { db, url, drop } = options.servers?.database ?? (await ownDatabase());
  const inbox = await startInbox();
  const taskQueue = ownName();
  const temporal = options.servers?.temporal ?? temporalAddress();
  const email = createEmailAdapter(
    {
      host: '127.0.0.1',
      port: inbox.port,
      tls: 'none',
      from: { name: 'RightTouch', address: 'hello@righttouch.test' },
      messageIdDomain: 'righttouch.test',
    },
    clock.now,
  );
  const channels = options.channels ?? { email };
  const samples = await loadProject(`${packageRoot}/journeys`);
  const published = await publish(db, {
    words: samples.words,
    policy: options.policy?.(samples.policy) ?? samples.policy,
    templates: samples.templates,
    journeys: (options.journeys ?? samples.journeys).map((definition) => ({ definition })),
    by: 'a test',
    now: clock.now(),
  });
  if ('refused' in published) throw new Error(published.because);

  const workers: RunningWorker[] = [];
  const { onStatement } = options;
  const workersDb = onStatement ? openWatched(url, onStatement) : db;
  const addWorker = async (): Promise<RunningWorker> => {
    const worker = await startWorker({
      db: workersDb,
      databaseUrl: url,
      temporal: { connection: { address: temporal }, namespace: 'default' },
      taskQueue,
      clock,
      channels,
      log: options.log ?? pino({ level: process.env['RT_LOG'] ?? 'silent' }),
      statusCallback: null,
      defaultTeam: 'care',
      ...(options.systems ? { systems: options.systems } : {}),
      ...(options.notices ? { notices: options.notices } : {}),
      ...(options.environment ? { environment: options.environment } : {}),
      ...(options.slack ? { slack: options.slack } : {}),
      ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
      bundle: workflowBundle(),
      fail: (reason) => {
        console.error(reason);
      },
    });
    workers.push(worker);
    return worker;
  };
  const pause = async (): Promise<void> => {
    for (const worker of workers.splice(0)) await worker.stop();
  };
  await addWorker();
  let keys = 0;
  return {
    db,
    url,
    inbox,
    clock,
    taskQueue,
    addWorker,
    pause,
    async customer(id, { fields = {}, wants = ['service', 'marketing'], place } = {}) {
      const now = clock.now();
      await upsertCustomer(db, {
        id,
        zone: 'Europe/Berlin',
        ...(place === undefined ? {} : { place }),
        fields: { firstName: 'Ana', plan: 'plus', keyClient: false, ...fields },
        addresses: [{ channel: 'email', address: `${id}@customers.test` }],
        now,
      });
      for (const purpose of wants)
        await recordConsent(db, id, {
          channel: 'email',
          purpose,
          granted: true,
          source: 'test',
          proof: null,
          actor: 'test',
          at: now,
        });
      return id;
    },
    async event(customerId, type, data, key) {
      const now = clock.now();
      const bodyHash = JSON.stringify([customerId, type, data]);
      const idempotencyKey = key ?? `key-${String((keys += 1))}`;
      const taken = await takeEvent(db, { idempotencyKey, bodyHash, customerId, type, data, at: now, now });
      if ('refused' in taken) throw new Error(taken.refused);
      await notifyPump(db);
    },
    async stop() {
      await pause();
      await replayStories(temporal, taskQueue);
      if (workersDb !== db) await workersDb.destroy();
      for (const channel of Object.values(channels)) await channel.close();
      await inbox.close();
      await drop();
    },
  };
}

const openWatched = (url: string, heard: (text: string, values: readonly unknown[]) => void): Db =>
  new Kysely<Database>({
    dialect: new PostgresDialect({ pool: openPool(url, { schema: testSchema }) }),
    log: ({ query }) => {
      heard(query.sql, query.parameters);
    },
  });

/** Looks until it is so: the only waiting that tests do. Tells what it last saw when time runs out. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  withinMs = 15_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (Date.now() > end) throw new Error(`not within ${String(withinMs)} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
