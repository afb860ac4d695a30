// Turns our TypeScript into dist/: the command, the language, the measurements, the workflow bundle, and the agents' page. Does nothing when
// nothing changed.
import { chmodSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildDesk } from './build-desk.mjs';
import { digestOf, dist, root, unlessUnchanged, writeAtOnce } from './unless-unchanged.mjs';

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

await buildDesk();

/** Parts of earlier builds stay for a day: a process that runs may not have loaded all of its own yet. */
function removeOldParts() {
  const folder = join(dist, 'parts');
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const path = join(folder, name);
    if (Date.now() - statSync(path).mtimeMs > 86_400_000) rmSync(path);
  }
}
