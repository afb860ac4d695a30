import { relative } from 'node:path';
import { asCommandFault, checkProject, count } from '../check-project.ts';
import { printJson, type Io } from '../io.ts';
import { projectFolder } from '../project-folder.ts';
import type { JsonOption } from '../program/declare.ts';
import type { ExitCode } from '../refusal.ts';

/** Prints all faults of a project at once; 1 if there is any. */
export async function check(io: Io, named: string | undefined, { json }: JsonOption): Promise<ExitCode> {
  const folder = projectFolder(io, named);
  const checked = await checkProject(folder);
  const faults = checked.ok ? [] : checked.faults;
  const journeys = checked.ok ? checked.project.journeys.map(({ name }) => name) : [];
  if (json) {
    printJson(io, { folder, ok: checked.ok, journeys, faults });
  } else if (checked.ok) {
    const { templates } = checked.project;
    io.out(
      `${count(journeys.length, 'journey')} (${journeys.join(', ')}) and ${count(templates.length, 'template')}: no faults.`,
    );
  } else {
    io.out(`${relative(io.cwd, folder) || '.'} has ${count(faults.length, 'fault')}:`);
    for (const fault of faults) io.out(`  ${asCommandFault(fault).says}`);
  }
  return checked.ok ? 0 : 1;
}
