/** Reads a designer's folder: words, policy and journeys in TypeScript, and templates beside them. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Policy } from '../core/budget/policy.ts';
import type { Fault, JourneyFaults } from '../core/journey/fault.ts';
import { readTemplate } from '../core/journey/read.ts';
import type { StoredWords } from '../core/journey/stored-words.ts';
import type { Journey } from '../core/journey/table.ts';
import type { Template } from '../core/journey/template.ts';
import { bundleProject } from './load-project/bundle.ts';
import { ProjectFaults } from './load-project/faults.ts';
import { Found } from './load-project/found.ts';
import { placeOf } from './load-project/place.ts';

export { ProjectFaults } from './load-project/faults.ts';

export interface LoadedProject {
  readonly words: StoredWords;
  readonly policy: Policy;
  readonly templates: readonly Template[];
  readonly journeys: readonly Journey[];
  /** 'starter' → 'starter.ts'; also 'words', 'policy', and templates as 'inquiry-arrived.en'. Paths are seen from the folder. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Throws ProjectFaults. All files are built at once, so that `words.ts` is evaluated once and every journey knows the same
 * words, and inside the folder, so that what they import from packages is found as the designer's editor finds it.
 */
export async function loadProject(folder: string): Promise<LoadedProject> {
  const sources = await sourcesIn(folder);
  const found = new Found();
  const out = await mkdtemp(join(folder, '.righttouch-build-'));
  try {
    await bundleProject(folder, sources, out);
    await evaluate(folder, sources, out, found);
    await readTemplates(folder, found);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
  return found.whole(folder);
}

async function sourcesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new ProjectFaults(folder, [
      {
        problem: `The folder cannot be opened: ${String(error)}.`,
        mend: 'Name a folder with words.ts, or begin one: righttouch init.',
      },
    ]);
  });
  const sources = names.filter((name) => /(?<!\.d|\.test)\.ts$/.test(name)).sort();
  if (sources.length === 0)
    throw new ProjectFaults(folder, [{ problem: 'There is no .ts file in it.', mend: 'Begin with righttouch init.' }]);
  return sources;
}

/** A file that fails takes those with it that import it: what is thrown is told once, where it was thrown. */
async function evaluate(folder: string, sources: readonly string[], out: string, found: Found): Promise<void> {
  const thrown = new Set<unknown>();
  for (const source of sources) {
    try {
      const url = pathToFileURL(join(out, source.replace(/\.ts$/, '.mjs'))).href;
      const exported = (await import(url)) as Readonly<Record<string, unknown>>;
      for (const value of Object.values(exported)) found.take(source, value);
    } catch (error) {
      if (thrown.has(error)) continue;
      thrown.add(error);
      const file = (await placeOf(error, folder, out)) ?? source;
      found.fail(faultsIn(error).map((fault) => ({ file, ...fault })));
    }
  }
}

/** The language inside the build is a copy of ours, so its errors are known by their code and not by their class. */
function faultsIn(error: unknown): readonly Fault[] {
  if (isJourneyFaults(error)) return error.faults.map((fault) => ({ journey: error.journey, ...fault }));
  const message = error instanceof Error ? error.message : String(error);
  return [{ problem: `It cannot be loaded: ${message}.`, mend: 'Mend what is thrown there.' }];
}

const isJourneyFaults = (error: unknown): error is JourneyFaults =>
  error instanceof Error && 'code' in error && error.code === 'journey-faults';

async function readTemplates(folder: string, found: Found): Promise<void> {
  const names = await readdir(join(folder, 'templates')).catch(() => []);
  for (const name of names.filter((file) => file.endsWith('.liquid')).sort()) {
    const file = `templates/${name}`;
    const read = readTemplate(file, await readFile(join(folder, file), 'utf8'));
    if (read.ok) found.template(file, read.template);
    else found.fail(read.faults);
  }
}
