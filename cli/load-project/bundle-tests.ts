/** A project's tests and what they import, built for Node. The kit is the package's own, as it was built. */
import { join } from 'node:path';
import { build } from 'esbuild';
import { ourselves } from './bundle.ts';

export async function bundleTests(
  folder: string,
  tests: readonly string[],
  outdir: string,
  kit: string,
): Promise<readonly string[]> {
  await build({
    absWorkingDir: folder,
    entryPoints: tests.map((name) => join(folder, name)),
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    sourcemap: 'inline',
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
    alias: { righttouch: ourselves() },
    plugins: [
      {
        name: 'kit',
        setup: (plugin) => {
          plugin.onResolve({ filter: /^righttouch\/test$/ }, () => ({ path: kit, external: true }));
        },
      },
    ],
  });
  return tests.map((name) => join(outdir, name.replace(/\.ts$/, '.mjs')));
}
