/** The worker processes, and what they do together. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { packageRoot } from '../../cli/dev/folders.ts';
import { cpuSpent, cpuTimes } from '../cpu-time.ts';
import type { Done, Load, WorkerOptions } from './loads.ts';
import { shareOf } from '../timed.ts';

export interface Together {
  readonly done: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU time of all processes, the server's too, for each thing done. */
  readonly cpuMicros: number;
  readonly cpu: ReadonlyMap<string, number>;
  /** The median number of pieces of work that were decided together. */
  readonly batch: number;
  readonly answers: Readonly<Record<string, number>>;
}

export interface Crew {
  /** What each of the first `workers` does: one load for all, or one for each. */
  do(loads: Load | readonly Load[], workers?: number): Promise<Together>;
  stop(): void;
}

export function startCrew(workers: number, options: Omit<WorkerOptions, 'worker' | 'workers'>): Crew {
  const children = Array.from({ length: workers }, (_, worker) =>
    fork(join(packageRoot, 'dist/bench.worker.js'), [JSON.stringify({ ...options, worker, workers })], {
      serialization: 'advanced',
      // As the README says of workers under load; the bare statements have it, too.
      execArgv: ['--max-semi-space-size=64'],
    }),
  );
  return {
    async do(loads, some = workers) {
      const before = cpuTimes();
      const each = await Promise.all(
        children
          .slice(0, some)
          .map((child, n) => told(child, Array.isArray(loads) ? (loads[n] as Load) : (loads as Load))),
      );
      return together(each, cpuSpent(before, cpuTimes()));
    },
    stop() {
      for (const child of children) child.disconnect();
    },
  };
}

async function told(child: ChildProcess, load: Load): Promise<Done> {
  const answer = once(child, 'message') as Promise<[{ done: Done } | { failed: string }]>;
  child.send(load);
  const [message] = await answer;
  if ('failed' in message) throw new Error(`A worker of the bench failed at '${load.what}': ${message.failed}`);
  return message.done;
}

function together(each: readonly Done[], cpu: ReadonlyMap<string, number>): Together {
  const took = new Float64Array(each.reduce((sum, one) => sum + one.tookMs.length, 0));
  each.reduce((at, one) => {
    took.set(one.tookMs, at);
    return at + one.tookMs.length;
  }, 0);
  took.sort();
  const batches = Float64Array.from(each.flatMap((one) => one.batches)).sort();
  const answers: Record<string, number> = {};
  for (const one of each) for (const [is, n] of Object.entries(one.answers)) answers[is] = (answers[is] ?? 0) + n;
  const done = each.reduce((sum, one) => sum + one.done, 0);
  return {
    done,
    perSecond: each.reduce((sum, one) => sum + one.done / one.seconds, 0),
    p50Ms: shareOf(took, 0.5),
    p99Ms: shareOf(took, 0.99),
    cpuMicros: ((cpu.get('total') ?? NaN) * 1000) / done,
    cpu,
    batch: shareOf(batches, 0.5),
    answers,
  };
}
