/** Reads the file in which a company registers other systems. It is code of the worker: built and run here, and never published. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Systems } from '../core/journey/systems.ts';
import { bundleProject } from './load-project/bundle.ts';
import { misused } from './refusal.ts';

/** Throws a Refusal. `file` is a TypeScript file that exports `systems({ … })`. */
export async function loadSystems(file: string): Promise<Systems> {
  if (!existsSync(file) || !file.endsWith('.ts'))
    throw misused(
      `RIGHTTOUCH_SYSTEMS is '${file}', and should name a TypeScript file that exports systems({ … }), such as journeys/systems.ts.`,
    );
  const folder = dirname(file);
  const out = await mkdtemp(join(folder, '.righttouch-build-'));
  try {
    await bundleProject(folder, [basename(file)], out);
    const url = pathToFileURL(join(out, basename(file).replace(/\.ts$/, '.mjs'))).href;
    const exported = Object.values((await import(url)) as Readonly<Record<string, unknown>>);
    const [found, ...more] = exported.filter(isSystems);
    if (found && more.length === 0) return found;
    throw misused(
      `'${file}' should export systems({ … }) once, and does so ${found ? `${more.length + 1} times` : 'not at all'}.`,
    );
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

/** The language inside the build is a copy of ours, so what it made is known by its kind. */
const isSystems = (value: unknown): value is Systems =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'systems';
