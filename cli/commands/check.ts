import { relative } from 'node:path';
import { checkProject, count } from '../check-project.ts';
import { printJson, type Io } from '../io.ts';
import { asAnnotation, noticesOf, placed, priceTag, saysFault, stepsOf } from '../print-check.ts';
import { projectFolder } from '../project-folder.ts';
import type { JsonOption } from '../program/declare.ts';
import { Refusal, type ExitCode } from '../refusal.ts';

/** Prints all faults of a project at once, and each journey's price; 1 if there is any fault. */
export async function check(
  io: Io,
  named: string | undefined,
  { json, format }: JsonOption & { format?: string },
): Promise<ExitCode> {
  if (format !== undefined && format !== 'github')
    throw new Refusal(2, `--format is '${format}', but should be 'github'.`);
  const folder = projectFolder(io, named);
  const checked = await checkProject(folder, { talks: false });
  const faults = checked.ok ? [] : await placed(folder, checked.faults);
  const journeys = checked.ok ? checked.project.journeys.map(({ name }) => name) : [];
  const explored = checked.explored.map(({ faults: _, ...rest }) => rest);
  const shown = relative(io.cwd, folder) || '.';
  if (json) {
    printJson(io, { folder, ok: checked.ok, journeys, faults, explored });
  } else if (format === 'github') {
    for (const fault of faults) io.out(asAnnotation(fault, shown));
    for (const notice of noticesOf(checked.explored)) io.out(`::notice::${notice}`);
  } else {
    if (checked.ok) {
      const { templates } = checked.project;
      io.out(
        `${count(journeys.length, 'journey')} (${journeys.join(', ')}) and ${count(templates.length, 'template')}: no faults.`,
      );
    } else {
      io.out(`${shown} has ${count(faults.length, 'fault')}:`);
      for (const fault of faults) io.out(`  ${saysFault(fault)}`);
    }
    for (const exploration of checked.explored) {
      io.out(priceTag(exploration));
      const steps = stepsOf(exploration);
      if (steps !== null) io.out(steps);
    }
    for (const notice of noticesOf(checked.explored)) io.out(`Notice: ${notice}`);
  }
  return checked.ok ? 0 : 1;
}
