import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Script {
  child: ChildProcess;
  /** The next line of JSON it prints. */
  says: () => Promise<unknown>;
}

export function runScript(script: string, env: Record<string, string>): Script {
  const child = spawn(process.execPath, [script], {
    // As under npm: it stops when whoever started it is gone, even by kill -9.
    env: { ...process.env, npm_lifecycle_event: 'test', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    child,
    async says() {
      const line = await lines.next();
      if (line.done) throw new Error(`${script} ended without a word`);
      return JSON.parse(line.value) as unknown;
    },
  };
}

/** Waits for the exit status. */
export async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

export async function until(holds: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`this never became true: ${holds.toString()}`);
    await sleep(20);
  }
}
