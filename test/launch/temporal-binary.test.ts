import { appendFileSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { temporalBinary, type Way } from '../../cli/dev/temporal-binary.ts';

let folder: string;
let data: string;
let told: string[];
const tell = (line: string): number => told.push(line);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'righttouch-binary-'));
  data = join(folder, 'data');
  told = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that runs, which is all that is asked of one here. */
function program(name: string, status = 0): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho broken >&2\nexit ${status}\n`, { mode: 0o755 });
  return path;
}
const brings: Way = { from: 'a friend', fetch: (_, __, take) => take(program('fetched')) };
const refuses: Way = { from: 'a stranger', fetch: () => Promise.reject(new Error('no such host')) };

test('the path in the environment is used before all others', async () => {
  const path = program('mine');
  const env = { TEMPORAL_CLI_PATH: path, PATH: join(program('bin/temporal'), '..') };
  expect(await temporalBinary('temporal', { data, tell, env, ways: [brings] })).toBe(path);
  expect(told).toEqual([]);
});

test('one on the PATH is used before anything is fetched', async () => {
  const path = program('bin/temporal');
  expect(await temporalBinary('temporal', { data, env: { PATH: join(path, '..') }, ways: [brings] })).toBe(path);
});

test('what does not run is told in one line, and the next way is taken; what was fetched is used again', async () => {
  const env = { TEMPORAL_CLI_PATH: program('mine', 3), PATH: '' };
  const path = await temporalBinary('temporal', { data, tell, env, ways: [refuses, brings] });
  expect(path).toBe(join(data, 'bin/temporal/temporal'));
  expect(told).toEqual([
    `temporal: TEMPORAL_CLI_PATH: ${join(folder, 'mine')} does not run: broken`,
    'temporal: asking a stranger …',
    'temporal: a stranger: no such host',
    'temporal: asking a friend …',
  ]);
  expect(await temporalBinary('temporal', { data, env: {}, ways: [refuses] })).toBe(path);
});

test('a damaged copy in the data folder is replaced', async () => {
  const path = await temporalBinary('temporal', { data, env: {}, ways: [brings] });
  appendFileSync(path, 'rm -rf /tmp/nothing\n');
  expect(await temporalBinary('temporal', { data, tell, env: {}, ways: [brings] })).toBe(path);
  expect(told[0]).toBe(`temporal: data folder: ${path} is not what was downloaded; it is replaced`);
  told = [];
  await temporalBinary('temporal', { data, tell, env: {}, ways: [refuses] });
  expect(told).toEqual([]);
});

test('a copy without its record is replaced', async () => {
  const path = await temporalBinary('temporal', { data, env: {}, ways: [brings] });
  rmSync(join(path, '../origin.json'));
  await temporalBinary('temporal', { data, tell, env: {}, ways: [brings] });
  expect(told[0]).toContain('is not whole; it is replaced');
});

test('when every way fails, all that was tried is listed, and how to install one', async () => {
  const asked = temporalBinary('temporal-test-server', {
    data,
    env: {},
    ways: [refuses, { ...refuses, from: 'another' }],
  });
  await expect(asked).rejects.toThrow(
    /Tried:\n {2}TEMPORAL_TEST_SERVER_PATH and PATH: not set, .*\n {2}a stranger: no such host\n {2}another: no such host\nInstall one from https:.* set TEMPORAL_TEST_SERVER_PATH/s,
  );
});
