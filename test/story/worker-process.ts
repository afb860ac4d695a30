/** Starts the processes that are to be killed: what they do stands in killed-process.ts. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { builtScript } from '../servers/built-script.ts';
import { testSchema } from '../servers/running.ts';
import { temporalAddress, workflowBundle } from '../servers/temporal.ts';
import type { Engine } from './engine.ts';
import type { Told } from './killed-process.ts';

export interface KilledProcesses {
  start(told: Told): RunningProcess;
  remove(): void;
}
export interface RunningProcess {
  /** The lines it has said so far. */
  readonly heard: readonly string[];
  /** Settles when it is gone, whoever ended it. */
  readonly exited: Promise<unknown>;
  /** SIGKILL: it has no last word. Answers when it is gone. */
  kill(): Promise<void>;
}

/** Builds them, once for a test file. */
export async function killedProcesses(): Promise<KilledProcesses> {
  const script = await builtScript('test/story/killed-process.ts');
  return {
    start: (told) => start(script, told),
    remove() {
      rmSync(script, { force: true });
    },
  };
}

function start(script: string, told: Told): RunningProcess {
  const child = spawn(process.execPath, [script, JSON.stringify(told)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const heard: string[] = [];
  child.stdout.on('data', (data: Buffer) => heard.push(...data.toString().split('\n').filter(Boolean)));
  // What it has said is read by then, too.
  const exited = once(child, 'close');
  return {
    heard,
    exited,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** A worker beside the engine's own: of the same database, task queue, inbox and clock. */
export const workerOf = ({ url, taskQueue, inbox, clock }: Engine): Extract<Told, { do: 'worker' }> => ({
  do: 'worker',
  url,
  schema: testSchema,
  temporal: temporalAddress(),
  taskQueue,
  bundle: workflowBundle(),
  port: inbox.port,
  clock: clock.spec,
});
