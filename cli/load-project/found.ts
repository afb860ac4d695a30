import type { Policy } from '../../core/budget/policy.ts';
import type { Fault } from '../../core/journey/fault.ts';
import { readJourney, readPolicy, readWords, type Reading } from '../../core/journey/read.ts';
import type { StoredWords } from '../../core/journey/stored-words.ts';
import type { Journey } from '../../core/journey/table.ts';
import type { Template } from '../../core/journey/template.ts';
import type { LoadedProject } from '../load-project.ts';
import { ProjectFaults } from './faults.ts';

/** What the files of a project export, by what it is and not by what it is called. */
export class Found {
  readonly #seen = new Set<unknown>();
  readonly #files = new Map<string, string>();
  readonly #faults: Fault[] = [];
  readonly #journeys: Journey[] = [];
  readonly #templates: Template[] = [];
  readonly #words: StoredWords[] = [];
  readonly #policies: Policy[] = [];

  /** What is exported from two files is taken once, where it is met first. */
  take(file: string, value: unknown): void {
    if (value === null || typeof value !== 'object' || !('format' in value) || this.#seen.has(value)) return;
    this.#seen.add(value);
    if ('steps' in value) this.#journey(file, readJourney(value));
    else if ('windows' in value) this.#policy(file, readPolicy(value));
    else if ('events' in value) this.#wordsOf(file, readWords(value));
  }

  template(file: string, template: Template): void {
    this.#templates.push(template);
    this.#files.set(`${template.name}.${template.locale}`, file);
  }

  fail(faults: readonly Fault[]): void {
    this.#faults.push(...faults);
  }

  /** The project, or everything that is wrong with it. */
  whole(folder: string): LoadedProject {
    const [words, ...moreWords] = this.#words;
    const [policy, ...morePolicies] = this.#policies;
    // Whoever failed to load may have been the one to export them.
    if (this.#faults.length === 0) {
      if (!words)
        this.fail([{ problem: 'No file exports the words.', mend: 'Export `words` of teach({ … }) from words.ts.' }]);
      if (!policy)
        this.fail([{ problem: 'No file exports a policy.', mend: "Export policy('…', { … }) from policy.ts." }]);
      if (moreWords.length > 0)
        this.fail([{ problem: 'Words are taught twice.', mend: 'Call teach once, in words.ts.' }]);
      if (morePolicies.length > 0)
        this.fail([{ problem: 'There are two policies.', mend: 'Export one: it holds for all journeys.' }]);
    }
    if (this.#faults.length > 0 || !words || !policy) throw new ProjectFaults(folder, this.#faults);
    return { words, policy, journeys: this.#journeys, templates: this.#templates, files: this.#files };
  }

  #journey(file: string, read: Reading<'journey', Journey>): void {
    if (!read.ok) {
      this.#failed(file, read.faults);
      return;
    }
    this.#journeys.push(read.journey);
    this.#files.set(read.journey.name, file);
  }
  #policy(file: string, read: Reading<'policy', Policy>): void {
    if (!read.ok) {
      this.#failed(file, read.faults);
      return;
    }
    this.#policies.push(read.policy);
    this.#files.set('policy', file);
  }
  #wordsOf(file: string, read: Reading<'words', StoredWords>): void {
    if (!read.ok) {
      this.#failed(file, read.faults);
      return;
    }
    this.#words.push(read.words);
    this.#files.set('words', file);
  }
  #failed(file: string, faults: readonly Fault[]): void {
    this.fail(faults.map((fault) => ({ file, ...fault })));
  }
}
