import { later, reopened } from './move.ts';
import { nextDeadline, type AddSpan, type Task } from './task.ts';

export type Climbed =
  /** Its time has not come: the row was changed since somebody set the alarm. */
  | { readonly what: 'early'; readonly task: Task }
  | { readonly what: 'woken'; readonly task: Task }
  | { readonly what: 'climbed'; readonly task: Task; readonly from: string; readonly to: string }
  /** The last of the ladder was asked in vain: whoever waits for an outcome hears that nobody took it. It stays open. */
  | { readonly what: 'nobody'; readonly task: Task }
  /** It was claimed and nothing came of it. */
  | { readonly what: 'expired'; readonly task: Task; readonly held: string };

/** What becomes of a task whose deadline has passed. It always has another one afterwards, unless it is done. */
export function climb(task: Task, now: number, addSpan: AddSpan): Climbed {
  const deadline = nextDeadline(task);
  if (deadline === null || now < deadline) return { what: 'early', task };
  if (task.state === 'snoozed') return { what: 'woken', task: reopened(task, now, addSpan) };
  if (task.state === 'claimed')
    return { what: 'expired', task: reopened(task, now, addSpan), held: task.claimedBy ?? '' };
  const next = task.ladder[task.rung];
  if (next === undefined)
    return { what: 'nobody', task: { ...task, claimBy: later(addSpan, task.askedTeam, now, task.within) } };
  return {
    what: 'climbed',
    from: task.askedTeam,
    to: next,
    task: { ...task, rung: task.rung + 1, askedTeam: next, claimBy: later(addSpan, next, now, task.within) },
  };
}
