/** The tests of pure code in one script, from which each file can be begun as often as is wanted, with all its modules anew. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { jestExpect } from '@jest/expect';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } from 'jest-circus';

const ours = createRequire(import.meta.url);
// A counter-example is enough, and need not be small.
ours('fast-check').configureGlobal({ endOnFailure: true });
const jestGlobals = { describe, it, test, beforeAll, beforeEach, afterAll, afterEach, expect: jestExpect };

/** Files of tests in a folder, by their paths; those that try many cases come last. */
export function testFilesIn(folder, { leftOut, last }) {
  const found = readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts') && !leftOut.test(name))
    .map((name) => `${folder}/${name}`);
  return [...found.filter((name) => !last.test(name)), ...found.filter((name) => last.test(name))];
}

/** `begin(file)` tells circus the tests of one file, as jest would with a module registry of its own. */
export async function bundleTests(files) {
  const begun = files.map((file) => `${JSON.stringify(file)}: () => require(${JSON.stringify(`./${file}`)})`);
  const { outputFiles } = await build({
    stdin: { contents: `module.exports = { ${begun.join(', ')} };`, resolveDir: process.cwd() },
    bundle: true,
    write: false,
    packages: 'external',
    alias: { righttouch: './righttouch.ts' },
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    plugins: [knowsWhereItIs],
    logLevel: 'error',
  });
  const script = new Script(`(function (require, module) {${outputFiles[0].text}\n})`, { filename: 'tests.cjs' });
  const required = (name) => (name === '@jest/globals' ? jestGlobals : ours(name));
  return {
    begin(file) {
      const module = { exports: {} };
      script.runInThisContext()(required, module);
      module.exports[file]();
    },
  };
}

/** In one script no file is at an address of its own any more. */
const knowsWhereItIs = {
  name: 'knows-where-it-is',
  setup({ onLoad }) {
    onLoad({ filter: /\.test\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(
        'import.meta.url',
        JSON.stringify(pathToFileURL(resolve(path)).href),
      ),
      loader: 'ts',
    }));
  },
};
