/**
 * Writes a proposed change into a designer's project. Journeys are code, so nobody knows by its text alone what a place in it means: the place
 * is guessed, and the guess is held against what the project then compiles to. It stays only if exactly this change came of it.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lineChanges } from '../../core/journey/diff/texts.ts';
import { hashOf } from '../../core/journey/hash.ts';
import { timeOf, withChange } from '../../core/journey/step-change.ts';
import { loadProject, ProjectFaults, type LoadedProject } from '../load-project.ts';
import { refused } from '../refusal.ts';
import { guesses } from './guesses.ts';
import type { ProposalRead } from './say.ts';

export interface Written {
  /** Seen from the project's folder. */
  readonly file: string;
  /** '- ' before what went, '+ ' before what came. */
  readonly lines: readonly string[];
}

export async function writeChange(
  folder: string,
  proposal: ProposalRead,
  { isDry }: { readonly isDry: boolean },
): Promise<Written> {
  const { change } = proposal;
  // What somebody else wrote becomes code here: a time, and nothing that could end a text and begin something else.
  if (change.is === 'wait' && !aTime.test(change.after))
    throw refused(
      `${proposal.name} proposes '${change.after}', which is no time that a journey could say. Decline it.`,
    );
  const project = await loadProject(folder);
  const file = project.files.get(placeOf(proposal));
  if (file === undefined) throw refused(`${folder} has no file for '${placeOf(proposal)}'.`);
  if (saysAlready(project, proposal)) return { file, lines: [] };
  const wanted = changed(project, proposal);
  const path = join(folder, file);
  const before = await readFile(path, 'utf8');
  for (const after of guesses(before, proposal)) {
    let isIt = false;
    try {
      await writeFile(path, after);
      isIt = meansOf(await loadProject(folder)) === wanted;
    } catch (error) {
      if (!(error instanceof ProjectFaults)) throw error;
    } finally {
      if (!isIt || isDry) await writeFile(path, before);
    }
    if (isIt) return { file, lines: lineChanges(before.split('\n'), after.split('\n')) };
  }
  const { step } = proposal;
  const where = change.is === 'wait' ? `step '${step}', '${change.before}'` : `the text below its front matter`;
  throw refused(
    `${file} is written in a way in which the place was not found. Change it by hand (${where}), then: righttouch proposals accept ${proposal.name}.`,
  );
}

/** '2 business days', '60 days before customer.renewsOn at 10:00'. */
const aTime = /^[A-Za-z0-9][A-Za-z0-9 .:-]{0,99}$/;

/** It was changed by hand, or accepted before somebody heard of it. */
function saysAlready(project: LoadedProject, { journey: of, step, change }: ProposalRead): boolean {
  const journey = project.journeys.find((one) => one.name === of);
  const done = { ...change, before: change.after };
  return journey !== undefined && withChange({ journey, templates: project.templates }, step, done) !== null;
}

const placeOf = ({ journey, change }: ProposalRead): string =>
  change.is === 'wait' ? journey : `${change.template}.${change.locale}`;

/** What the project shall mean afterwards. */
function changed(project: LoadedProject, { name, journey: of, step, change }: ProposalRead): string {
  const journey = project.journeys.find((one) => one.name === of);
  if (!journey) throw refused(`This project has no journey '${of}': use --in FOLDER for where it is written.`);
  const after = withChange({ journey, templates: project.templates }, step, change);
  if (after) {
    const journeys = project.journeys.map((one) => (one === journey ? after.journey : one));
    return meansOf({ ...project, journeys, templates: after.templates });
  }
  const at = journey.steps[step];
  const said =
    change.is === 'wait'
      ? at && timeOf(at)?.said
      : project.templates.find((t) => t.name === change.template && t.locale === change.locale)?.body;
  const now =
    said === undefined
      ? 'there is no such place any more'
      : change.is === 'wait'
        ? `it is '${said}'`
        : 'it says something else';
  throw refused(
    `${name} was made for another state of it: '${step}' of '${of}' said '${firstLine(change.before)}', and here ${now}. Decline it, or change it by hand.`,
  );
}
const firstLine = (text: string): string => text.split('\n')[0] ?? '';

/** Everything that could be published of it. */
const meansOf = ({ words, policy, journeys, templates }: Omit<LoadedProject, 'files'>): string =>
  hashOf({
    words,
    policy,
    journeys: journeys.map((one) => hashOf(one)),
    templates: templates.map((one) => hashOf(one)),
  });
