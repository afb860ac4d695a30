import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './folders.ts';
import type { Tool } from './temporal-tool.ts';

const create = { temporal: 'createLocal', 'temporal-test-server': 'createTimeSkipping' } as const;

// The SDK can only download a server by starting it, so it is started, in a process that can be ended, and stopped again.
const script = `
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('ERROR', () => {}) });
process.stdin.on('end', () => process.exit(1)).resume(); // whoever asked is gone
const [how, downloadDir] = process.argv.slice(1);
try {
  const started = await TestWorkflowEnvironment[how]({ server: { executable: { type: 'cached-download', downloadDir } } });
  await started.teardown();
  process.exit(0);
} catch (error) {
  console.error(error.message.replaceAll('\\n', ' '));
  process.exit(1);
}`;

/** Given up when nothing new has arrived for this long. */
const stalledAfterMs = 15_000;

/** The Temporal SDK's own download. It comes over TLS from Temporal itself but with no checksum to hold it against. */
export async function downloadBySdk<T>(tool: Tool, folder: string, take: (binary: string) => Promise<T>): Promise<T> {
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(folder, 'fetch-'));
  try {
    const args = ['--input-type=module', '-e', script, '--', create[tool], work];
    const child = spawn(process.execPath, args, { cwd: packageRoot, stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    let size = 0;
    let grewAt = performance.now();
    const watch = setInterval(() => {
      const now = sizeOf(work);
      if (now !== size) [size, grewAt] = [now, performance.now()];
      if (performance.now() - grewAt > stalledAfterMs) child.kill('SIGKILL');
    }, 500);
    const [code] = (await once(child, 'exit')) as [number | null];
    clearInterval(watch);
    const binary = readdirSync(work).find((name) => !name.endsWith('.downloading'));
    if (binary !== undefined && (code === 0 || size > 0)) return await take(join(work, binary));
    if (code === null) throw new Error(`nothing arrived for ${stalledAfterMs / 1000} s`);
    throw new Error(said.trim().split('error sending request for ').at(-1) ?? `exit ${code}`); // it says the same thrice
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const sizeOf = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => {
    try {
      return sum + statSync(join(folder, name)).size;
    } catch {
      return sum; // renamed between the two calls
    }
  }, 0);
