import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

function above(start: string): string | undefined {
  let folder = start;
  while (!existsSync(join(folder, 'package.json'))) {
    if (folder === dirname(folder)) return undefined;
    folder = dirname(folder);
  }
  return folder;
}

/** Where RightTouch itself is installed: the folder of its own `package.json`, whether we run from source or from `dist/`. */
export const packageRoot = above(import.meta.dirname) ?? import.meta.dirname;

/** Where databases, logs and downloaded servers are kept: `RIGHTTOUCH_DATA`, or `.righttouch/` in the project we are run in. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env): string {
  const wanted = env['RIGHTTOUCH_DATA'];
  if (wanted) return resolve(wanted);
  return join(above(process.cwd()) ?? process.cwd(), '.righttouch');
}

/** The text of a file, or nothing when it cannot be read. */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** The last lines of a log, for an error message. */
export const endOf = (file: string, lines = 6): string => textOf(file).trimEnd().split('\n').slice(-lines).join('\n');
