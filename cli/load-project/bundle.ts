/** One esbuild build of all of a project's files. */
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildFailure } from 'esbuild';
import { ProjectFaults } from './faults.ts';

export async function bundleProject(folder: string, sources: readonly string[], outdir: string): Promise<void> {
  try {
    await build({
      absWorkingDir: folder,
      entryPoints: sources.map((name) => join(folder, name)),
      outdir,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      packages: 'external',
      sourcemap: 'inline',
      outExtension: { '.js': '.mjs' },
      logLevel: 'silent',
      // A designer's project need not have the package installed: whoever runs this has it.
      alias: { righttouch: ourselves() },
    });
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    throw new ProjectFaults(
      folder,
      error.errors.map(({ text, location }) => ({
        ...(location ? { file: `${relative(folder, join(folder, location.file))}:${location.line}` } : {}),
        problem: `${text}.`,
        mend: location ? `It reads: ${location.lineText.trim()}` : 'Mend it, and try again.',
      })),
    );
  }
}

const isBuildFailure = (error: unknown): error is BuildFailure =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors);

/** The package's face: as source, or as it was built, in whichever folder above this file it stands. */
export function ourselves(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const found = ['righttouch.ts', 'index.js'].map((name) => join(folder, name)).find((file) => existsSync(file));
    if (found !== undefined) return found;
    if (folder === dirname(folder)) throw new Error('The package righttouch is incomplete: righttouch.ts is missing.');
  }
}
