import { relative } from 'node:path';
import { checkProject, count, type Checked } from '../check-project.ts';
import { readEarlier, sayDifferences } from '../earlier-prices.ts';
import { printJson, type Io } from '../io.ts';
import { asAnnotation, noticesOf, placed, priceTag, saysFault, stepsOf, type Placed } from '../print-check.ts';
import { projectFolder } from '../project-folder.ts';
import type { JsonOption } from '../program/declare.ts';
import { Refusal, type ExitCode } from '../refusal.ts';

export interface CheckOptions extends JsonOption {
  readonly format?: string;
  /** What it printed before a change. */
  readonly against?: string;
}

/** Prints all faults of a project at once, and each journey's price; 1 if there is any fault. */
export async function check(
  io: Io,
  named: string | undefined,
  { json, format, against }: CheckOptions,
): Promise<ExitCode> {
  if (format !== undefined && format !== 'github')
    throw new Refusal(2, `--format is '${format}', but should be 'github'.`);
  const earlier = against === undefined ? null : await readEarlier(io, against);
  const folder = projectFolder(io, named);
  const checked = await checkProject(folder, { talks: false });
  const faults = checked.ok ? [] : await placed(folder, checked.faults);
  const journeys = checked.ok ? checked.project.journeys.map(({ name }) => name) : [];
  const explored = checked.explored.map(({ faults: _, ...rest }) => rest);
  // A project that cannot be walked has no prices to hold against others.
  const differs = earlier && checked.explored.length > 0 ? sayDifferences(earlier, checked.explored) : null;
  const shown = relative(io.cwd, folder) || '.';
  if (json) {
    printJson(io, { folder, ok: checked.ok, journeys, faults, explored, ...(differs && { differs }) });
  } else if (format === 'github') {
    for (const fault of faults) io.out(asAnnotation(fault, shown));
    for (const notice of [...(differs ?? []), ...noticesOf(checked.explored)]) io.out(`::notice::${notice}`);
  } else {
    tell(io, checked, shown, faults);
    if (differs)
      io.out(differs.length === 0 ? 'No journey costs anything else than before.' : 'What the change costs or saves:');
    for (const line of differs ?? []) io.out(`  ${line}`);
    for (const notice of noticesOf(checked.explored)) io.out(`Notice: ${notice}`);
  }
  return checked.ok ? 0 : 1;
}

function tell(io: Io, checked: Checked, shown: string, faults: readonly Placed[]): void {
  if (checked.ok) {
    const { journeys, templates } = checked.project;
    const names = journeys.map(({ name }) => name).join(', ');
    io.out(`${count(journeys.length, 'journey')} (${names}) and ${count(templates.length, 'template')}: no faults.`);
  } else {
    io.out(`${shown} has ${count(faults.length, 'fault')}:`);
    for (const fault of faults) io.out(`  ${saysFault(fault)}`);
  }
  for (const exploration of checked.explored) {
    io.out(priceTag(exploration));
    const steps = stepsOf(exploration);
    if (steps !== null) io.out(steps);
  }
}
