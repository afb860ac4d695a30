import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../dev/folders.ts';
import type { Io } from '../io.ts';
import { bundleTests } from '../load-project/bundle-tests.ts';
import { projectFolder } from '../project-folder.ts';
import { misused, refused, type ExitCode } from '../refusal.ts';

/** Runs a project's own tests by Node's runner: nothing has to be installed for it. */
export async function testProject(io: Io, named: string | undefined): Promise<ExitCode> {
  const folder = projectFolder(io, named);
  const tests = (await readdir(folder)).filter((name) => name.endsWith('.test.ts')).sort();
  if (tests.length === 0)
    throw misused(`There is no test in ${folder}. Try a journey and say 'test': righttouch try starter.`);
  const kit = join(packageRoot, 'dist', 'test.js');
  if (!existsSync(kit)) throw refused(`The package righttouch is incomplete: ${kit} is missing.`);
  const out = await mkdtemp(join(folder, '.righttouch-build-'));
  try {
    const files = await bundleTests(folder, tests, out, kit);
    return (await run(io, folder, files)) === 0 ? 0 : 1;
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

function run(io: Io, folder: string, files: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', '--test', '--test-reporter=spec', ...files], {
      cwd: folder,
      env: { ...io.env, NODE_TEST_CONTEXT: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const pass = (stream: NodeJS.ReadableStream, line: (text: string) => void): void => {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      stream.on('end', () => {
        if (text.trimEnd() !== '') line(text.trimEnd());
      });
    };
    pass(child.stdout, io.out);
    pass(child.stderr, io.tell);
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
