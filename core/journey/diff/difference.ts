/**
 * What a new version changes, in designers' words. Empty if and only if no part of definition, policy, words and the templates it says
 * differs; an order that means nothing (of steps, of windows) is not told. Renaming a step is deleting one and adding one; outcomes and
 * rules are words people read.
 */
import type { Policy } from '../../budget/policy.ts';
import type { StoredWords } from '../stored-words.ts';
import type { Journey } from '../table.ts';
import type { Template } from '../template.ts';
import type { Change } from './change.ts';
import { journeyChanges } from './journeys.ts';
import { policyChanges } from './policy.ts';
import { dataChanges, wordsNames } from './structure.ts';
import { templateChanges } from './texts.ts';

/** A journey with all it is published with. */
export interface Whole {
  readonly journey: Journey;
  readonly policy: Policy;
  readonly words: StoredWords;
  readonly templates: readonly Template[];
}

export const difference = (before: Whole, after: Whole): readonly Change[] => [
  ...journeyChanges(before.journey, after.journey),
  ...templateChanges(before, after),
  ...policyChanges(before.policy, after.policy),
  ...dataChanges('words', before.words, after.words, wordsNames),
];
