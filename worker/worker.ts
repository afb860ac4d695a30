/** One worker process: carries out workflows and activities, pumps the outbox, and looks for what was left lying. */
import { Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createActivities } from '../activities/index.ts';
import type { ChannelAdapter } from '../channels/channel.ts';
import type { Slack } from '../channels/slack.ts';
import type { Webhook } from '../channels/standard-webhook.ts';
import type { Clock } from '../config/clock.ts';
import type { Channel } from '../core/journey/channels.ts';
import { noSystems, type Systems } from '../core/journey/systems.ts';
import { createBudgets } from '../store/budget/index.ts';
import type { Db } from '../store/open.ts';
import { connectClient, connectNative, type TemporalAddress } from './connect.ts';
import { startDates } from './dates.ts';
import { startFloor } from './floor.ts';
import { startWhereabouts } from './whereabouts.ts';
import { startNotes } from './notes.ts';
import { startNotices } from './notices.ts';
import { createPump } from './pump.ts';
import { startReconciler } from './reconciler.ts';
import { tellUnregistered } from './systems.ts';
import { createWorkflowCalls } from './workflow-calls.ts';

export interface WorkerSettings {
  readonly db: Db;
  readonly databaseUrl: string;
  readonly temporal: TemporalAddress;
  readonly taskQueue: string;
  readonly clock: Clock;
  readonly channels: Readonly<Partial<Record<Channel, ChannelAdapter>>>;
  readonly log: Logger;
  readonly statusCallback: string | null;
  readonly defaultTeam: string;
  /** How the world reaches the API; without it introductions have neither picture nor card. */
  readonly publicUrl?: string | null;
  /** Other systems that journeys may ask; none unless given. */
  readonly systems?: Systems;
  /** Where their secrets stand. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Where our own people are told of tasks; unless given, only the desk tells them. */
  readonly notices?: Webhook;
  /** Likewise in Slack; the channel is that of the whole desk. */
  readonly slack?: { readonly slack: Slack; readonly channel: string | null };
  /** For how many days it is kept who was told of what; 30 unless given. */
  readonly noticesKeptDays?: number;
  /** The file that holds the bundled workflows. */
  readonly bundle: string;
  /** 0.3 MB each: a run that is not kept is replayed at its next wake-up. */
  readonly maxCachedWorkflows?: number;
  /** Told when the worker cannot go on. */
  readonly fail: (reason: unknown) => void;
}

export interface RunningWorker {
  /** Finishes what is at hand, within 10 s, and closes its connections. */
  stop(): Promise<void>;
}

export async function startWorker(settings: WorkerSettings): Promise<RunningWorker> {
  const { db, clock, log, taskQueue, temporal, systems = noSystems, defaultTeam } = settings;
  const stopping = new AbortController();
  const native = await connectNative(temporal);
  const connected = await connectClient(temporal, stopping.signal);
  const budgets = createBudgets(db, { clock });
  const worker = await Worker.create({
    connection: native,
    namespace: temporal.namespace,
    taskQueue,
    workflowBundle: { codePath: settings.bundle },
    activities: createActivities({
      db,
      budgets,
      clock,
      log,
      channels: settings.channels,
      statusCallback: settings.statusCallback,
      publicUrl: settings.publicUrl ?? null,
      defaultTeam,
      systems,
      environment: settings.environment ?? {},
    }),
    maxCachedWorkflows: settings.maxCachedWorkflows ?? 500,
    shutdownGraceTime: '8s',
    shutdownForceTime: '10s',
  });
  const running = worker.run();
  running.catch(settings.fail);
  const call = createWorkflowCalls({ db, client: connected.client, taskQueue, clock });
  const pump = createPump({ db, databaseUrl: settings.databaseUrl, call, clock, log });
  const reconciler = startReconciler({ db, budgets, channels: settings.channels, clock, log });
  const dates = startDates({ db, clock, log });
  const notices = startNotices({
    ...{ db, log },
    webhook: settings.notices ?? null,
    email: settings.channels.email?.configured === true ? settings.channels.email : null,
    slack: settings.slack ?? null,
    publicUrl: settings.publicUrl ?? null,
    keptDays: settings.noticesKeptDays ?? 30,
  });
  const notes = startNotes({ db, clock, log, defaultTeam });
  const floor = startFloor({ db, clock, log, defaultTeam });
  const whereabouts = startWhereabouts({ db, clock, log });
  await tellUnregistered(db, systems, log).catch((error: unknown) => {
    log.warn({ err: error }, 'other systems could not be held against what is published');
  });
  return {
    async stop() {
      stopping.abort();
      await dates.stop();
      await notes.stop();
      await floor.stop();
      await whereabouts.stop();
      await notices.stop();
      await reconciler.stop();
      await pump.stop();
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running.catch(() => undefined);
      await connected.close();
      await native.close();
    },
  };
}
