/** A project, loaded and held against every rule: the whole of it, or all its faults. */
import { countSegments } from '../channels/segments.ts';
import { variablesOf } from '../channels/templates.ts';
import { explore, type Explored } from '../core/explore/explored.ts';
import { check } from '../core/journey/check.ts';
import { runnableFaults } from '../core/journey/check/runnable.ts';
import type { Fault } from '../core/journey/fault.ts';
import { loadProject, ProjectFaults, type LoadedProject } from './load-project.ts';
import type { CommandFault } from './refusal.ts';

export type Checked =
  | { readonly ok: true; readonly project: LoadedProject; readonly explored: readonly TimedExploration[] }
  | { readonly ok: false; readonly faults: readonly Fault[]; readonly explored: readonly TimedExploration[] };
/** A journey's ways, and how long it took to walk them. */
export type TimedExploration = Explored & { readonly ms: number };

/** `talks`: whether conversations, which are explored but cannot be run yet, are faults. */
export async function checkProject(folder: string, { talks = true }: { talks?: boolean } = {}): Promise<Checked> {
  try {
    const project = await loadProject(folder);
    const notYet = new Set(
      talks
        ? []
        : project.journeys
            .flatMap(runnableFaults)
            .flatMap(({ step, problem }) => (step === undefined ? [] : [problem])),
    );
    const faults = check(project, { variablesOf, countSegments }).filter(({ problem }) => !notYet.has(problem));
    // What is not well formed is not walked: its names and ways lead nowhere.
    if (faults.length > 0) return { ok: false, faults, explored: [] };
    const explored = project.journeys.map((journey) => {
      const from = performance.now();
      const found = explore(journey, project);
      return { ...found, ms: Math.round(performance.now() - from) };
    });
    const stories = explored.flatMap(({ journey, faults: told }) => {
      const file = project.files.get(journey);
      return told.map((fault): Fault => (file === undefined ? fault : { file, ...fault }));
    });
    return stories.length === 0 ? { ok: true, project, explored } : { ok: false, faults: stories, explored };
  } catch (error) {
    if (error instanceof ProjectFaults) return { ok: false, faults: error.faults, explored: [] };
    throw error;
  }
}

/** "inquiry.ts: journey 'inquiry', step 'arrived': No template is called … Did you mean …?" */
export function asCommandFault(fault: Fault): CommandFault {
  const { file, journey, step, problem, mend } = fault;
  const story =
    'story' in fault && Array.isArray(fault.story) ? fault.story.map((line) => `\n    ${String(line)}`).join('') : '';
  const names = [journey === undefined ? '' : `journey '${journey}'`, step === undefined ? '' : `step '${step}'`];
  const where = [file, names.filter((name) => name !== '').join(', ')].filter(
    (name) => name !== undefined && name !== '',
  );
  return { says: `${[...where, problem].join(': ')} ${mend}${story}`, parts: { ...fault } };
}

export const count = (many: number, what: string): string => `${many} ${what}${many === 1 ? '' : 's'}`;
