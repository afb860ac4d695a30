/** What no policy may be published with. Doubts are for `righttouch policy check`. */
import { checkPolicy } from '../../budget/policy-check/check-policy.ts';
import type { Policy } from '../../budget/policy.ts';
import type { Fault } from '../fault.ts';
import { purposesOf } from '../known-names.ts';
import type { StoredWords } from '../stored-words.ts';
import type { Journey } from '../table.ts';

export const policyFaults = (policy: Policy, words: StoredWords, journeys: readonly Journey[]): readonly Fault[] =>
  checkPolicy(policy, {
    teams: Object.keys(words.teams),
    purposes: purposesOf(words),
    journeys: journeys.map(({ name }) => name),
    events: Object.keys(words.events),
  }).flatMap(({ isContradiction, problem, mend }) => (isContradiction ? [{ problem, mend }] : []));
