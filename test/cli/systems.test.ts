import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { packageRoot } from '../../cli/dev/folders.ts';
import { loadProject } from '../../cli/load-project.ts';
import { loadSystems } from '../../cli/load-systems.ts';
import { noSystems } from '../../core/journey/systems.ts';
import { unregistered } from '../../worker/systems.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'systems-'));
});
afterEach(async () => {
  expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});
async function written(text: string): Promise<string> {
  const file = join(folder, 'systems.ts');
  await writeFile(file, text);
  return file;
}

test('what a company registers is loaded as code: functions, and calls described as data', async () => {
  const systems = await loadSystems(
    await written(`import { http, systems } from 'righttouch';
      export const ours = systems({
        lookUps: { 'where-is-parcel': async ({ with: { orderId } }) => (orderId === 'o-1' ? 'lost' : 'on-its-way') },
        actions: { 'refund-order': http({ url: 'https://shop.example.com/refunds', method: 'POST' }) },
      });`),
  );
  const where = systems.lookUps['where-is-parcel'];
  if (typeof where !== 'function') throw new Error('it is no function');
  const { signal } = new AbortController();
  expect(await where({ with: { orderId: 'o-1' }, key: 'k', signal })).toBe('lost');
  expect(systems.actions['refund-order']).toMatchObject({ kind: 'http', method: 'POST' });
});

test('the sample registers what the samples ask for', async () => {
  const { journeys } = await loadProject(join(packageRoot, 'journeys'));
  expect(unregistered(journeys, await loadSystems(join(packageRoot, 'journeys/systems.ts')))).toEqual([]);
  expect(unregistered(journeys, noSystems)).toEqual([
    { journey: 'late-parcel', step: 'parcel', kind: 'lookUp', name: 'where-is-parcel' },
    { journey: 'late-parcel', step: 'refund', kind: 'act', name: 'refund-order' },
  ]);
});

test.each([
  ['export const nothing = 1;', "systems.ts' should export systems({ … }) once, and does so not at all."],
  [
    "import { http, systems } from 'righttouch'; export const a = systems({ lookUps: { x: http({ url: 'parcels' }) } });",
    "'parcels' is no address. Write one such as 'https://parcels.example.com/orders/{orderId}'.",
  ],
  [
    "import { http } from 'righttouch'; export const a = http({ url: 'https://a.example.com', headers: { Authorization: 'Bearer abc' } });",
    "The header 'Authorization' looks like a secret. Write Authorization: env('NAME'), and set NAME where the worker runs.",
  ],
  [
    "import { http } from 'righttouch'; export const a = http({ url: 'https://a.example.com', withinMs: 90_000 });",
    'withinMs is 90000. Write a time from 1 to 60000 milliseconds.',
  ],
])('what cannot be used is told when the worker starts: %s', async (text, told) => {
  await expect(loadSystems(await written(text))).rejects.toThrow(told);
});

test('a file that is not there is told', async () => {
  await expect(loadSystems(join(folder, 'elsewhere.ts'))).rejects.toThrow('should name a TypeScript file');
});
