/** The designer's folder that is meant: the one that was named, else ./journeys, else where we are. */
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Io } from './io.ts';
import { misused } from './refusal.ts';

export function projectFolder({ cwd }: Pick<Io, 'cwd'>, named: string | undefined): string {
  if (named !== undefined) {
    const folder = resolve(cwd, named);
    if (existsSync(folder) && statSync(folder).isDirectory()) return folder;
    throw misused(`There is no folder '${named}'. Name the one that holds words.ts, or begin one: righttouch init.`);
  }
  const usual = join(cwd, 'journeys');
  return existsSync(join(usual, 'words.ts')) ? usual : cwd;
}
