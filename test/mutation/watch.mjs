/**
 * Stops what runs for too long, by the time it had of a processor: on a busy machine the clock on the wall says nothing. A thread looks on,
 * and interrupts as Ctrl-C would.
 */
import process from 'node:process';
import { setInterval } from 'node:timers';
import { Script } from 'node:vm';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

/** User and system time of this process, in milliseconds. */
export const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** [0]: the processor's time at which whoever runs is stopped; Infinity while nobody does. */
const limit = isMainThread ? new Float64Array(new SharedArrayBuffer(8)).fill(Infinity) : workerData;
const lookEveryMs = 100;

if (isMainThread) {
  // One that comes just when all is over must not end the process.
  process.on('SIGINT', () => undefined);
  new Worker(new URL(import.meta.url), { workerData: limit }).unref();
} else
  setInterval(() => {
    if (cpuMs() < limit[0]) return;
    limit[0] = Infinity;
    process.kill(process.pid, 'SIGINT');
  }, lookEveryMs);

/** From here on so much of the processor's time is left. */
export const allowMs = (ms) => (limit[0] = cpuMs() + ms);
export const isStopped = () => limit[0] === Infinity;

const calling = new Script('globalThis.__watched__()');
/** What it gives, unless it is stopped: then it throws. */
export function watched(run) {
  globalThis.__watched__ = run;
  return calling.runInThisContext({ breakOnSigint: true });
}
