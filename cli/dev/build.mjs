// Turns our TypeScript into dist/: the command, the language, the measurements, and the workflow bundle. Does nothing when
// nothing changed.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const dist = join(root, 'dist');
mkdirSync(dist, { recursive: true });

// The workflow bundle may hold these only; dependency-cruiser and a test keep it so.
const replayed = ['core', 'workflows'];
const everything = [
  ...replayed,
  'activities',
  'api',
  'bench',
  'channels',
  'cli',
  'config',
  'migrations',
  'store',
  // What the measurements share with the tests.
  'test/store',
  'test/story',
  'test-kit',
  'worker',
];

await unlessUnchanged('workflows', digestOf(replayed), ['workflows.bundle.js'], async () => {
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const workflowsPath = join(root, 'workflows/index.ts');
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  writeAtOnce('workflows.bundle.js', code);
});

await unlessUnchanged(
  'code',
  digestOf(everything),
  ['righttouch.js', 'index.js', 'test.js', 'bench.js', 'bench.worker.js'],
  async () => {
    const { build } = await import('esbuild');
    await build({
      absWorkingDir: root,
      entryPoints: {
        righttouch: 'cli/main.ts',
        index: 'righttouch.ts',
        test: 'test-kit/test.ts',
        bench: 'bench/main.ts',
        'bench.worker': 'bench/budget/worker.ts',
      },
      outdir: 'dist',
      bundle: true,
      splitting: true,
      chunkNames: 'parts/[name]-[hash]',
      packages: 'external',
      alias: { righttouch: './righttouch.ts' },
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
      sourcemap: true,
      logLevel: 'warning',
    });
    chmodSync(join(dist, 'righttouch.js'), 0o755);
    removeOldParts();
  },
);

/** Parts of earlier builds stay for a day: a process that runs may not have loaded all of its own yet. */
function removeOldParts() {
  const folder = join(dist, 'parts');
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const path = join(folder, name);
    if (Date.now() - statSync(path).mtimeMs > 86_400_000) rmSync(path);
  }
}

/** Runs `make` unless it ran for the same sources and its products are still there. */
async function unlessUnchanged(name, digest, products, make) {
  const stamp = join(dist, `.${name}`);
  const isThere = products.every((file) => existsSync(join(dist, file)));
  if (isThere && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  await make();
  writeAtOnce(`.${name}`, digest);
}

/** A digest of the folders' sources and of what they are built with. */
function digestOf(folders) {
  const files = folders.flatMap((folder) => sourcesIn(folder)).sort();
  const hash = createHash('sha256').update(process.versions.modules);
  for (const file of ['righttouch.ts', 'package-lock.json', 'cli/dev/build.mjs', ...files]) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(`${file}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

function sourcesIn(folder) {
  if (!existsSync(join(root, folder))) return [];
  const names = readdirSync(join(root, folder), { recursive: true });
  return names.filter((name) => /\.(ts|mjs|html|css|json)$/.test(name)).map((name) => join(folder, name));
}

/** Writes elsewhere and renames: a process that starts meanwhile sees a whole file. */
function writeAtOnce(name, text) {
  const part = join(dist, `${name}.${process.pid}`);
  writeFileSync(part, text);
  renameSync(part, join(dist, name));
}
