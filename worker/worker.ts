/** One worker process: carries out workflows and activities, pumps the outbox, and looks for what was left lying. */
import { Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createActivities } from '../activities/index.ts';
import type { ChannelAdapter } from '../channels/channel.ts';
import type { Clock } from '../config/clock.ts';
import type { Channel } from '../core/journey/channels.ts';
import { createBudgets } from '../store/budget/index.ts';
import type { Db } from '../store/open.ts';
import { connectClient, connectNative, type TemporalAddress } from './connect.ts';
import { createPump } from './pump.ts';
import { startReconciler } from './reconciler.ts';
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
  const { db, clock, log, taskQueue, temporal } = settings;
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
      defaultTeam: settings.defaultTeam,
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
  return {
    async stop() {
      stopping.abort();
      await reconciler.stop();
      await pump.stop();
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running.catch(() => undefined);
      await connected.close();
      await native.close();
    },
  };
}
