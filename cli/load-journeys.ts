/** A project as it can be read, for commands that show it. Its faults are told by `check`; here only what keeps it from being read. */
import { asCommandFault } from './check-project.ts';
import type { Io } from './io.ts';
import { loadProject, ProjectFaults, type LoadedProject } from './load-project.ts';
import { projectFolder } from './project-folder.ts';
import { refused } from './refusal.ts';

export async function loadJourneys(io: Io, named: string | undefined): Promise<LoadedProject> {
  const folder = projectFolder(io, named);
  try {
    return await loadProject(folder);
  } catch (error) {
    if (!(error instanceof ProjectFaults)) throw error;
    throw refused(`${folder} cannot be read.`, error.faults.map(asCommandFault));
  }
}
