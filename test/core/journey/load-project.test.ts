import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { loadProject, ProjectFaults } from '../../../cli/load-project.ts';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'project-')), 'journeys');
  await cp(fileURLToPath(new URL('../../../journeys/', import.meta.url)), folder, { recursive: true });
});
afterEach(async () => {
  expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  await rm(join(folder, '..'), { recursive: true, force: true });
});
const write = (file: string, text: string): Promise<void> => writeFile(join(folder, file), text);
const refused = async (): Promise<readonly string[]> => {
  const error: unknown = await loadProject(folder).catch((thrown: unknown) => thrown);
  if (!(error instanceof ProjectFaults)) throw error;
  return error.message
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
};

test('a folder anywhere is loaded, whether the package is installed there or not', async () => {
  const { journeys, words, policy } = await loadProject(folder);
  expect(journeys.map(({ name }) => name)).toEqual([
    'appointment',
    'inquiry',
    'late-parcel',
    'offer',
    'renewal',
    'starter',
    'year-in-review',
  ]);
  expect(Object.keys(words.teams)).toEqual(['care', 'field', 'success', 'leads']);
  expect(policy.name).toBe('just-enough');
});

test('words are evaluated once, however many journeys import them', async () => {
  const seen = globalThis as { taught?: number };
  seen.taught = 0;
  await write('count.ts', "import './words.js';\n(globalThis as { taught?: number }).taught! += 1;\n");
  await write('first.ts', "import './count.js';\n");
  await write('second.ts', "import './count.js';\n");
  await loadProject(folder);
  expect(seen.taught).toBe(1);
});

test('what a project imports from packages is found from its own folder', async () => {
  const installed = join(folder, '..', 'node_modules', 'greeting');
  await mkdir(installed, { recursive: true });
  await writeFile(join(installed, 'package.json'), '{ "name": "greeting", "type": "module", "exports": "./index.js" }');
  await writeFile(join(installed, 'index.js'), "export const story = 'From a package.';\n");
  await write(
    'greets.ts',
    `import { story } from 'greeting';
import { journey } from './words.js';
export const greets = journey('greets', { story, entry: { event: 'offer-ready', oncePer: 'offerId' }, team: 'care', steps: [] });
`,
  );
  const { journeys } = await loadProject(folder);
  expect(journeys.find(({ name }) => name === 'greets')?.story).toBe('From a package.');
});

test('a slip in the syntax is told with its file and line', async () => {
  await write('broken.ts', "import { journey } from './words.js';\n\nexport const x = journey('x', {{});\n");
  expect(await refused()).toEqual([expect.stringMatching(/^broken\.ts:3: Expected .*It reads: export const x/)]);
});

test('a journey with faults is told with the line it is written on, and the others do not hide it', async () => {
  await write(
    'twice.ts',
    `import { journey, pause } from './words.js';

export const twice = journey('twice', {
  entry: { event: 'offer-ready', oncePer: 'offerId' }, team: 'care',
  steps: [pause('one', '1 day'), pause('one', '2 days')],
});
`,
  );
  await write('worse.ts', "throw new Error('not today');\n");
  await write('templates/hello.en.liquid', 'Hello');
  expect(await refused()).toEqual([
    "twice.ts:3: Step 'one': Step 'one' is there twice. Give one of them another id: it is what statistics, diffs and moves know it by.",
    'worse.ts:1: It cannot be loaded: not today. Mend what is thrown there.',
    "templates/hello.en.liquid: It has no front matter. Begin it with '---', its purpose and channels, and '---'.",
  ]);
});

/** As it runs when it is built: jest loads modules in its own way. */
const refusedByNode = async (): Promise<readonly string[]> => {
  const cache = fileURLToPath(new URL('../../../node_modules/.cache/', import.meta.url));
  await mkdir(cache, { recursive: true });
  const built = await mkdtemp(join(cache, 'load-project-'));
  const outfile = join(built, 'load-project.mjs');
  const source = fileURLToPath(new URL('../../../cli/load-project.ts', import.meta.url));
  await build({ entryPoints: [source], outfile, bundle: true, packages: 'external', format: 'esm', platform: 'node' });
  const script = `import { loadProject } from ${JSON.stringify(outfile)};
    await loadProject(${JSON.stringify(folder)}).catch((error) => console.log(JSON.stringify(error.message.split('\\n').slice(1))));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  await rm(built, { recursive: true });
  return (JSON.parse(stdout) as string[]).map((line) => line.trim());
};

test('words that cannot be loaded are told once, not once for each journey', async () => {
  await write('words.ts', "\n\nthrow new Error('no words');\n");
  expect(await refusedByNode()).toEqual(['words.ts:3: It cannot be loaded: no words. Mend what is thrown there.']);
});

test('a built righttouch, too, tells the line a journey is written on', async () => {
  await write(
    'twice.ts',
    `import { journey, pause } from './words.js';

export const twice = journey('twice', {
  entry: { event: 'offer-ready', oncePer: 'offerId' }, team: 'care',
  steps: [pause('Two', '1 day')],
});
`,
  );
  expect(await refusedByNode()).toEqual([
    "twice.ts:3: Step 'Two': 'Two' is no id. Ids and endings are lower-case words joined by hyphens, at most 40 letters.",
  ]);
});

test('a folder without words says what is missing', async () => {
  for (const name of await readdir(folder)) if (name.endsWith('.ts')) await rm(join(folder, name));
  expect(await refused()).toEqual(['There is no .ts file in it. Begin with righttouch init.']);
  await write('empty.ts', 'export {};\n');
  expect(await refused()).toEqual([
    'No file exports the words. Export `words` of teach({ … }) from words.ts.',
    "No file exports a policy. Export policy('…', { … }) from policy.ts.",
  ]);
});
