/** `righttouch test`: a project's own tests, by Node's runner, with the kit as it was built. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { packageRoot } from '../../cli/dev/folders.ts';
import { type as typed } from './cli.ts';

let folder: string;
const project = (): string => join(folder, 'mine');
const testFile = (): string => join(project(), 'starter.test.ts');
const run = () => typed(['test', 'mine'], process.env, folder);
beforeAll(async () => {
  execFileSync(process.execPath, [join(packageRoot, 'cli/dev/build.mjs')]);
  folder = mkdtempSync(join(tmpdir(), 'righttouch-test-command-'));
  await typed(['init', 'mine'], {}, folder);
}, 120_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('a project that was just begun has tests, and they pass', async () => {
  const { exit, out } = await run();
  expect(out).toMatch(/✔ If we stay silent, a person takes it/);
  expect(out).toMatch(/pass 2\n.*fail 0/);
  expect(exit).toBe(0);
}, 60_000);

test('one that fails says what was expected, what happened instead, and the story so far', async () => {
  const sound = readFileSync(testFile(), 'utf8');
  writeFileSync(
    testFile(),
    sound.replace("expectTouch('inquiry-arrived', { by: 'sms'", "expectTouch('inquiry-arrived', { by: 'email'"),
  );
  const { exit, out } = await run();
  writeFileSync(testFile(), sound);
  expect(exit).toBe(1);
  expect(out).toMatch(/✖ Whoever writes on Friday evening/);
  expect(out).toMatch(/fail 1/);
  expect(out).toMatch(/inquiry-arrived' .*by sms/);
  expect(out).toMatch(/starter\.test\.ts:\d+/);
  expect(readdirSync(project()).filter((name) => name.startsWith('.righttouch-build'))).toEqual([]);
}, 60_000);

test('where there are no tests it says how one is made, and a folder that is not there is told', async () => {
  rmSync(testFile());
  expect(await run()).toMatchObject({
    exit: 2,
    told: expect.stringMatching(/There is no test in .*mine\. Try a journey and say 'test'/),
  });
  expect(await typed(['test', 'nowhere'], {}, folder)).toMatchObject({
    exit: 2,
    told: expect.stringContaining("There is no folder 'nowhere'."),
  });
});
