/**
 * What neither the compiler nor the shape can tell: whether all names are known, all ways lead somewhere, and every text
 * fits where it is said. All faults at once. Not for workflows.
 */
import type { Policy } from '../budget/policy.ts';
import { nameFaults } from './check/names.ts';
import { policyFaults } from './check/policy.ts';
import { runnableFaults } from './check/runnable.ts';
import { sayingFaults } from './check/sayings.ts';
import { templateFaults, type TextTools } from './check/templates.ts';
import { wayFaults } from './check/ways.ts';
import { wordsFaults } from './check/words.ts';
import type { Fault } from './fault.ts';
import { tooLarge } from './limits.ts';
import type { StoredWords } from './stored-words.ts';
import type { Journey } from './table.ts';
import type { Template } from './template.ts';

export type { TextTools } from './check/templates.ts';

export interface Project {
  readonly words: StoredWords;
  readonly policy: Policy;
  readonly templates: readonly Template[];
  readonly journeys: readonly Journey[];
  /** Where things were written, if that is known: 'starter' → 'journeys/starter.ts'; also 'words', 'policy', and templates as 'inquiry-arrived.en'. */
  readonly files?: ReadonlyMap<string, string>;
}

export function check(project: Project, texts: TextTools): readonly Fault[] {
  const { words, policy, templates, journeys, files } = project;
  const at = (name: string, faults: readonly Fault[]): readonly Fault[] => {
    const file = files?.get(name);
    return file === undefined ? faults : faults.map((fault) => ({ file, ...fault }));
  };
  const ofJourney = (journey: Journey): readonly Fault[] =>
    [
      ...tooLarge(journey),
      ...runnableFaults(journey),
      ...nameFaults(journey, words),
      ...wayFaults(journey),
      ...sayingFaults(journey, words, templates),
    ].map((fault) => ({ journey: journey.name, ...fault }));
  return [
    ...at('words', wordsFaults(words)),
    ...at('policy', policyFaults(policy, words, journeys)),
    ...templates.flatMap((template) =>
      at(`${template.name}.${template.locale}`, templateFaults(template, words, texts)),
    ),
    ...at('words', withoutText(words, templates)),
    ...twice(
      journeys.map(({ name }) => name),
      'journey',
    ),
    ...twice(
      templates.map(({ name, locale }) => `${name}.${locale}`),
      'template',
    ),
    ...journeys.flatMap((journey) => at(journey.name, ofJourney(journey))),
  ];
}

const twice = (names: readonly string[], what: string): readonly Fault[] =>
  [...new Set(names.filter((name, i) => names.indexOf(name) !== i))].map((name) => ({
    problem: `The ${what} '${name}' is there twice.`,
    mend: 'Give one of them another name.',
  }));

const withoutText = (words: StoredWords, templates: readonly Template[]): readonly Fault[] =>
  words.templates
    .filter((name) => !templates.some((template) => template.name === name))
    .map((name) => ({
      problem: `The template '${name}' has no text.`,
      mend: `Write templates/${name}.en.liquid, or take it out of words.ts.`,
    }));
