/**
 * Tells Temporal what was committed: called after each commit, and looking by itself every second. It may die anywhere: a call that was made
 * and not removed is made again, and does no harm.
 */
import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Clock } from '../config/clock.ts';
import { claimCalls, parkCall, putBackCall, removeCall, type ClaimedCall } from '../store/claim-calls.ts';
import type { Db } from '../store/open.ts';
import { outboxChannel } from '../store/outbox.ts';
import type { CallWorkflow } from './workflow-calls.ts';

export interface PumpSettings {
  readonly db: Db;
  /** For the connection that hears of commits. */
  readonly databaseUrl: string;
  readonly call: CallWorkflow;
  readonly clock: Clock;
  readonly log: Logger;
  /** Calls under way at once: starts outrun workers, so this is how they are paced. */
  readonly concurrency?: number;
}
export interface Pump {
  /** There may be something to tell. */
  wake(): void;
  /** Finishes the calls under way. */
  stop(): Promise<void>;
}

const pollMs = 1_000;
/** Longer than any call takes: a pump that died leaves its calls to others after it. */
const leaseMs = 30_000;
/** A call that fails so often by its own fault is parked. That Temporal is away is not its fault. */
const mostAttempts = 5;

export function createPump({ db, databaseUrl, call, clock, log, concurrency = 8 }: PumpSettings): Pump {
  let isStopping = false;
  let wake = (): void => undefined;
  let isWoken = false;
  const real = (ms: number): number => ms * clock.spec.rate;

  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (isWoken || isStopping) {
        resolve();
        return;
      }
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const nudge = (): void => {
    isWoken = true;
    wake();
  };

  async function tell(claimed: ClaimedCall): Promise<'told' | 'away' | 'failed'> {
    try {
      await call(claimed);
      await removeCall(db, claimed);
      return 'told';
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (isAway(error)) {
        await putBackCall(db, claimed, { dueAt: clock.now() + real(pollMs), attempts: claimed.attempts, error: text });
        return 'away';
      }
      const attempts = claimed.attempts + 1;
      if (attempts >= mostAttempts) {
        await parkCall(db, claimed, { at: clock.now(), attempts, error: text });
        log.error({ workflowId: claimed.workflowId, attempts, err: error }, 'a call is parked: nobody can be told');
      } else await putBackCall(db, claimed, { dueAt: clock.now() + real(250 * 2 ** attempts), attempts, error: text });
      return 'failed';
    }
  }

  async function round(): Promise<boolean> {
    const now = clock.now();
    const claimed = await claimCalls(db, { now, leaseUntil: now + real(leaseMs), limit: concurrency });
    const told = await Promise.all(claimed.map(tell));
    return claimed.length === concurrency && !told.includes('away');
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      isWoken = false;
      try {
        for (let more = true; more;) more = await round();
      } catch (error) {
        log.warn({ err: error }, 'the outbox could not be read; it is tried again');
      }
      await rest(pollMs);
    }
  }

  const listener = listen(databaseUrl, nudge, log);
  const running = run();
  return {
    wake: nudge,
    async stop() {
      isStopping = true;
      wake();
      await listener.stop();
      await running;
    },
  };
}

/** gRPC: CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, UNAVAILABLE. */
const awayCodes = new Set([1, 2, 4, 8, 10, 14]);
function isAway(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) ? awayCodes.has(cause.code) : error instanceof ServiceError;
}

/** Hears of commits on a connection of its own; without it, the poll finds them a second later. */
function listen(url: string, heard: () => void, log: Logger): { stop(): Promise<void> } {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopping = false;

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 10_000 });
    client = next;
    next.on('error', lost);
    next.on('end', lost);
    next.on('notification', heard);
    await next.connect();
    await next.query(`listen ${outboxChannel}`);
    heard();
  };
  const lost = (): void => {
    client?.removeAllListeners('end');
    client = undefined;
    if (isStopping || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      connect().catch(lost);
    }, pollMs);
  };
  connect().catch((error: unknown) => {
    log.warn({ err: error }, 'commits are not heard of; the outbox is looked at every second');
    lost();
  });
  return {
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      const open = client;
      client = undefined;
      open?.removeAllListeners('end');
      await open?.end().catch(() => undefined);
    },
  };
}
