import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { packageRoot } from '../../cli/dev/folders.ts';

/** Builds what is to run as a process of its own ('test/launch/parent.ts') to where its packages are found, and answers with its path. Remove it afterwards. */
export async function builtScript(source: string): Promise<string> {
  const name = basename(source, '.ts');
  const outfile = join(packageRoot, 'node_modules/.cache/righttouch', `${name}-${process.pid}.mjs`);
  const entry = join(packageRoot, source);
  await build({ entryPoints: [entry], outfile, bundle: true, packages: 'external', platform: 'node', format: 'esm' });
  return outfile;
}
