/** An engine on the server that skips time: weeks pass while a run's result is awaited. Real PostgreSQL, real SMTP, one clock: the server's. */
import { Worker } from '@temporalio/worker';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { pino } from 'pino';
import { createActivities, type Activities } from '../../activities/index.ts';
import { loadProject } from '../../cli/load-project.ts';
import { packageRoot } from '../../cli/dev/folders.ts';
import { createEmailAdapter } from '../../channels/email.ts';
import type { Clock } from '../../config/clock.ts';
import { noSystems, type Systems } from '../../core/journey/systems.ts';
import type { Journey } from '../../core/journey/table.ts';
import { createBudgets } from '../../store/budget/index.ts';
import { recordConsent } from '../../store/consents.ts';
import { upsertCustomer } from '../../store/customers.ts';
import { publish } from '../../store/publish.ts';
import { takeEvent } from '../../store/take-event.ts';
import { createPump } from '../../worker/pump.ts';
import { createWorkflowCalls } from '../../worker/workflow-calls.ts';
import { ownDatabase } from '../servers/database.ts';
import { ownName, timeSkippingServer, workflowBundle } from '../servers/temporal.ts';
import { startInbox, type Inbox } from './engine.ts';

export interface SkippingEngine {
  readonly env: TestWorkflowEnvironment;
  readonly db: Awaited<ReturnType<typeof ownDatabase>>['db'];
  readonly inbox: Inbox;
  now(): Promise<number>;
  customer(id: string): Promise<void>;
  /** Answers with the run it started, if it started one. */
  event(customerId: string, type: string, data: Record<string, string | number | boolean>): Promise<string | undefined>;
  /** The run is told of, then awaited; time skips meanwhile. */
  outcome(enrolment: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startSkippingEngine(
  change: (journey: Journey) => Journey = (journey) => journey,
  more: readonly Journey[] = [],
  systems: Systems = noSystems,
): Promise<SkippingEngine> {
  const env = await timeSkippingServer();
  const { db, url, drop } = await ownDatabase();
  const inbox = await startInbox();
  let at = await env.currentTimeMs();
  const look = async (): Promise<number> => (at = Math.max(at, await env.currentTimeMs()));
  const clock: Clock = { spec: { realAnchor: 0, virtualAnchor: 0, rate: 1 }, now: () => at };
  const email = createEmailAdapter(
    {
      host: '127.0.0.1',
      port: inbox.port,
      tls: 'none',
      from: { address: 'hello@righttouch.test' },
      messageIdDomain: 'righttouch.test',
    },
    clock.now,
  );
  const samples = await loadProject(`${packageRoot}/journeys`);
  await publish(db, {
    ...samples,
    journeys: [...samples.journeys.map(change), ...more].map((definition) => ({ definition })),
    by: 'test',
    now: at,
  });
  const log = pino({ level: process.env['RT_LOG'] ?? 'silent' });
  const budgets = createBudgets(db, { clock });
  const activities = createActivities({
    db,
    budgets,
    clock,
    log,
    channels: { email },
    statusCallback: null,
    defaultTeam: 'care',
    systems,
  });
  const taskQueue = ownName();
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue,
    workflowBundle: { codePath: workflowBundle() },
    activities: onTheServersClock(activities, look),
  });
  const running = worker.run();
  const call = createWorkflowCalls({ db, client: env.client, taskQueue, clock });
  const pump = createPump({ db, databaseUrl: url, call, clock, log });
  let keys = 0;
  return {
    env,
    db,
    inbox,
    now: look,
    async customer(id) {
      const now = await look();
      const addresses = [{ channel: 'email', address: `${id}@customers.test` } as const];
      const fields = { firstName: 'Ana', plan: 'plus', keyClient: false };
      await upsertCustomer(db, { id, zone: 'Europe/Berlin', fields, addresses, now });
      for (const purpose of ['service', 'marketing'])
        await recordConsent(db, id, {
          channel: 'email',
          purpose,
          granted: true,
          source: 'test',
          proof: null,
          actor: 'test',
          at: now,
        });
    },
    async event(customerId, type, data) {
      const now = await look();
      const key = `key-${String((keys += 1))}`;
      const taken = await takeEvent(db, { idempotencyKey: key, bodyHash: key, customerId, type, data, at: now, now });
      if ('refused' in taken) throw new Error(taken.refused);
      pump.wake();
      return taken.started[0]?.enrolmentId;
    },
    async outcome(enrolment) {
      await call({ kind: 'enrolment', ref: enrolment, freed: false });
      const { as } = (await env.client.workflow.getHandle(`run:${enrolment}`).result()) as { as: string };
      return as;
    },
    async stop() {
      await pump.stop();
      worker.shutdown();
      await running;
      await email.close();
      await inbox.close();
      await env.teardown();
      await drop();
    },
  };
}

/** Each activity sees the instant at which the server's clock stands. */
function onTheServersClock(activities: Activities, look: () => Promise<number>): Activities {
  return Object.fromEntries(
    Object.entries(activities).map(([name, act]) => [
      name,
      async (asked: never) => {
        await look();
        return (act as (asked: never) => Promise<unknown>)(asked);
      },
    ]),
  ) as unknown as Activities; // The same names with the same arguments and answers.
}
