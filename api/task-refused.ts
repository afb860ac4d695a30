/** What the store refuses, as problems. */
import type { Answered } from '../store/tasks/answer.ts';
import type { Warned } from '../store/tasks/override.ts';
import type { TaskChanged } from '../store/tasks/change.ts';
import type { StoredTask } from '../store/tasks/row.ts';
import { Problem } from './problems.ts';
import { none } from './task-shape.ts';

/** The field that is wrong, where it is one of the request's. */
const wrongFields: Readonly<Record<string, readonly [field: string, expected: string]>> = {
  'unknown-outcome': ['outcome', 'an outcome that a reason of this task offers'],
  'not-later': ['until', 'an instant later than now'],
  'no-such-way': ['channel', 'a channel by which they have an address, of those that can be written to from here'],
  'same-team': ['team', 'another team than the one that has it'],
};

export function changedOr(id: string, changed: TaskChanged | Exclude<Answered, Warned>): StoredTask {
  if (!('refused' in changed)) return changed.task;
  const { refused, because } = changed;
  if (refused === 'unknown-task') throw none(id);
  const wrong = wrongFields[refused];
  if (wrong) {
    const [field, expected] = wrong;
    throw new Problem('unknown-name', `${because}.`, [{ field, expected, mend: `${because}.` }]);
  }
  const code = refused === 'other-text' ? 'different-body' : 'not-possible-now';
  throw new Problem(code, `${because}.`, [], {}, 'holder' in changed ? changed.holder : undefined);
}
