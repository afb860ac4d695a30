/** A project, loaded and held against every rule: the whole of it, or all its faults. */
import { countSegments } from '../channels/segments.ts';
import { variablesOf } from '../channels/templates.ts';
import { check } from '../core/journey/check.ts';
import type { Fault } from '../core/journey/fault.ts';
import { loadProject, ProjectFaults, type LoadedProject } from './load-project.ts';
import type { CommandFault } from './refusal.ts';

export type Checked =
  { readonly ok: true; readonly project: LoadedProject } | { readonly ok: false; readonly faults: readonly Fault[] };

export async function checkProject(folder: string): Promise<Checked> {
  try {
    const project = await loadProject(folder);
    const faults = check(project, { variablesOf, countSegments });
    return faults.length === 0 ? { ok: true, project } : { ok: false, faults };
  } catch (error) {
    if (error instanceof ProjectFaults) return { ok: false, faults: error.faults };
    throw error;
  }
}

/** "inquiry.ts: journey 'inquiry', step 'arrived': No template is called … Did you mean …?" */
export function asCommandFault(fault: Fault): CommandFault {
  const { file, journey, step, problem, mend } = fault;
  const names = [journey === undefined ? '' : `journey '${journey}'`, step === undefined ? '' : `step '${step}'`];
  const where = [file, names.filter((name) => name !== '').join(', ')].filter(
    (name) => name !== undefined && name !== '',
  );
  return { says: `${[...where, problem].join(': ')} ${mend}`, parts: { ...fault } };
}

export const count = (many: number, what: string): string => `${many} ${what}${many === 1 ? '' : 's'}`;
