import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { packageRoot } from '../dev/folders.ts';
import { projectFiles } from '../init/project.ts';
import { printJson, type Io } from '../io.ts';
import type { JsonOption } from '../program/declare.ts';
import { refused, type ExitCode } from '../refusal.ts';

/** Writes a project that passes `check`. Nothing that is there is touched: a folder with anything in it is refused. */
export function init(io: Io, named: string, { json }: JsonOption): Promise<ExitCode> {
  const folder = resolve(io.cwd, named);
  refuseWhatIsThere(named, folder);
  const files = projectFiles(packageName(folder), languageFrom(folder));
  for (const [file, text] of Object.entries(files)) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
  }
  const names = Object.keys(files);
  if (json) printJson(io, { folder, files: names });
  else {
    io.out(`Begun in ${relative(io.cwd, folder) || '.'}: ${names.join(', ')}.`);
    io.out(
      `Next: righttouch check${folder === io.cwd ? '' : ` ${named}`}, then publish. The journey is in starter.ts.`,
    );
  }
  return Promise.resolve(0);
}

function refuseWhatIsThere(named: string, folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw refused(`'${named}' is a file. Name a new folder, or an empty one.`);
  const there = readdirSync(folder).filter((name) => name !== '.git');
  if (there.length > 0)
    throw refused(
      `The folder '${named}' is not empty: it holds ${there.slice(0, 3).join(', ')}${there.length > 3 ? ', …' : ''}. Name a new folder, or an empty one.`,
    );
}

/** A name npm takes, whatever the folder is called. */
function packageName(folder: string): string {
  const plain = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'journeys' : plain.slice(0, 100);
}

/** An editor finds the package by itself if it is installed above the project; otherwise it is told where we are. */
function languageFrom(folder: string): string | null {
  for (let above = folder; ; above = dirname(above)) {
    if (existsSync(join(above, 'node_modules/righttouch'))) return null;
    if (above === dirname(above)) break;
  }
  // A checkout has sources, the package has declarations.
  const face = ['righttouch.ts', 'dist/types/righttouch.d.ts'].find((file) => existsSync(join(packageRoot, file)));
  const way = relative(folder, join(packageRoot, face ?? 'righttouch.ts'));
  return way.startsWith('.') ? way : `./${way}`;
}
