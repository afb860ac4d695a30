import { later, released, warned, woken } from './move.ts';
import { nextDeadline, type AddSpan, type Task } from './task.ts';

export type Climbed =
  /** Its time has not come: the row was changed since somebody set the alarm. */
  | { readonly what: 'early'; readonly task: Task }
  /** For whoever put it aside, or for all who are asked. */
  | { readonly what: 'woken'; readonly task: Task }
  | { readonly what: 'climbed'; readonly task: Task; readonly from: string; readonly to: string }
  /** The last of the ladder was asked in vain: whoever waits for an outcome hears that nobody took it. It stays open, and they are asked again. */
  | { readonly what: 'nobody'; readonly task: Task; readonly asked: string }
  /** It was claimed and nothing has come of it yet: they have a little time left. */
  | { readonly what: 'warned'; readonly task: Task; readonly held: string }
  /** It was claimed and nothing came of it, although they were warned. */
  | { readonly what: 'expired'; readonly task: Task; readonly held: string };

const asked = (task: Pick<Task, 'askedTeam' | 'askedPerson'>): string => task.askedPerson ?? task.askedTeam;

/** What becomes of a task whose deadline has passed. It always has another one afterwards, unless it is done. */
export function climb(task: Task, now: number, addSpan: AddSpan): Climbed {
  const deadline = nextDeadline(task);
  if (deadline === null || now < deadline) return { what: 'early', task };
  if (task.state === 'snoozed') return { what: 'woken', task: woken(task, now, addSpan) };
  if (task.state === 'claimed') {
    const held = task.claimedBy ?? '';
    if (task.warnAt !== null) return { what: 'warned', task: warned(task, now), held };
    return { what: 'expired', task: released(task, now, addSpan), held };
  }
  const next = task.ladder[task.rung];
  if (next === undefined) return { what: 'nobody', asked: asked(task), task: released(task, now, addSpan) };
  const up = { ...task, rung: task.rung + 1, askedTeam: next.team, askedPerson: next.person };
  const claimBy = later(addSpan, next.team, now, next.within ?? task.within);
  return { what: 'climbed', from: asked(task), to: asked(up), task: { ...up, claimBy } };
}
