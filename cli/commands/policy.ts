import { relative } from 'node:path';
import { checkPolicy } from '../../core/budget/policy-check/check-policy.ts';
import { purposesOf } from '../../core/journey/known-names.ts';
import { asCommandFault, count } from '../check-project.ts';
import { printJson, type Io } from '../io.ts';
import { loadProject, ProjectFaults, type LoadedProject } from '../load-project.ts';
import { projectFolder } from '../project-folder.ts';
import type { JsonOption } from '../program/declare.ts';
import { refused, type ExitCode } from '../refusal.ts';

/** What the policy of a project says and does not mean; 1 if there is anything. Needs no server. */
export async function policyCheck(io: Io, named: string | undefined, { json }: JsonOption): Promise<ExitCode> {
  const folder = projectFolder(io, named);
  const { words, policy, journeys, files } = await loaded(folder);
  const findings = checkPolicy(policy, {
    teams: Object.keys(words.teams),
    purposes: purposesOf(words),
    journeys: journeys.map(({ name }) => name),
    events: Object.keys(words.events),
  });
  const file = files.get('policy');
  if (json) printJson(io, { folder, policy: policy.name, file: file ?? null, ok: findings.length === 0, findings });
  else if (findings.length === 0)
    io.out(
      `${policy.name}: ${count(policy.windows.length, 'window')}, ${count(policy.spacing.length, 'spacing')} and ${count(policy.quiet.length, 'span')} of quiet hours: each of them means something.`,
    );
  else {
    io.out(
      `${[relative(io.cwd, folder), file].filter(Boolean).join('/')}: '${policy.name}' has ${count(findings.length, 'finding')}:`,
    );
    for (const { problem, mend, isContradiction } of findings)
      io.out(`  ${problem} ${mend}${isContradiction ? ' It cannot be published so.' : ''}`);
  }
  return findings.length === 0 ? 0 : 1;
}

async function loaded(folder: string): Promise<LoadedProject> {
  try {
    return await loadProject(folder);
  } catch (error) {
    if (!(error instanceof ProjectFaults)) throw error;
    throw refused(`${folder} cannot be read.`, error.faults.map(asCommandFault));
  }
}
