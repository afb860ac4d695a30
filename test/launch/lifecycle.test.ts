import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { live } from '../../cli/dev/lifecycle.ts';
import { processesWith } from './processes.ts';
import { builtScript } from '../servers/built-script.ts';
import { ended, runScript, until } from './script.ts';

let script: string;
beforeAll(async () => {
  script = await builtScript('test/launch/parent-slow.ts');
});
afterAll(() => rmSync(script, { force: true }));

test('a second Ctrl-C, a second after the first, ends at once', async () => {
  const { child, says } = runScript(script, { TEST_DRAIN_MS: '600000' });
  expect(await says()).toBe('up');
  child.kill('SIGINT');
  expect(await says()).toBe('stopping');
  const impatient = setInterval(() => child.kill('SIGINT'), 100);
  try {
    expect(await ended(child)).toBe(130);
  } finally {
    clearInterval(impatient);
  }
});

test('a stop that hangs is cut short and counts as a failure', async () => {
  const { child, says } = runScript(script, { TEST_DRAIN_MS: '50' });
  expect(await says()).toBe('up');
  child.kill('SIGTERM');
  expect(await ended(child)).toBe(1);
});

test('when npm is killed we stop', async () => {
  const npm = spawn('/bin/sh', ['-c', '"$0" "$1" & wait', process.execPath, script], {
    env: { ...process.env, npm_lifecycle_event: 'start', TEST_DRAIN_MS: '50' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(npm.stdout, 'data');
  npm.kill('SIGKILL');
  await until(() => processesWith(script).length === 0);
});

/** Runs a command in this process, and answers with its exit status and what was told. */
async function lived(command: Parameters<typeof live>[0]): Promise<{ status: number; told: string[] }> {
  const told: string[] = [];
  const ends = new Promise<number>((resolve) => {
    const exit = (status: number): never => {
      resolve(status);
      return undefined as never;
    };
    void live(command, { tell: (line) => told.push(line), exit });
  });
  return { status: await ends, told };
}

test('what was registered is undone in reverse, all of it, even when one part fails', async () => {
  const undone: string[] = [];
  const { status, told } = await lived((life) => {
    life.onStop('first', () => Promise.resolve(undone.push('first')));
    life.onStop('second', () => Promise.reject(new Error('stuck')));
    life.onStop('third', () => Promise.resolve(undone.push('third')));
    return Promise.resolve();
  });
  expect(undone).toEqual(['third', 'first']);
  expect(told).toEqual(['second did not stop in order: stuck']);
  expect(status).toBe(1);
});

test('a command that fails undoes what it had started, and says why', async () => {
  const undone: string[] = [];
  const { status, told } = await lived((life) => {
    life.onStop('server', () => Promise.resolve(undone.push('server')));
    return Promise.reject(new Error('the port is taken'));
  });
  expect({ status, undone }).toEqual({ status: 1, undone: ['server'] });
  expect(told[0]).toContain('the port is taken');
});

test('what is registered while we stop is undone at once', async () => {
  const undone: string[] = [];
  let registerLate: () => void = () => undefined;
  const { status } = await lived((life) => {
    registerLate = () => life.onStop('late', () => Promise.resolve(undone.push('late')));
    life.stop('enough');
    return life.stopped;
  });
  registerLate();
  expect({ status, undone }).toEqual({ status: 0, undone: ['late'] });
});
