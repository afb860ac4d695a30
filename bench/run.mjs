// Bundles the benches and runs them in this process: `npm run bench`, `npm run bench -- touches --quick`.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const outdir = join(root, '.righttouch', 'bench');
mkdirSync(outdir, { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: ['bench/main.ts'],
  outdir,
  bundle: true,
  splitting: true,
  packages: 'external',
  alias: { righttouch: './righttouch.ts' },
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  logLevel: 'warning',
});
await import(pathToFileURL(join(outdir, 'main.js')).href);
