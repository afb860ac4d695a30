/** What each operation makes of a task. Whether it is allowed is asked before, of `isAllowed`. */
import type { AddSpan, Task } from './task.ts';

const nobody = { claimedBy: null, claimBy: null, answerBy: null, wakeAt: null } as const;

/** A calendar that answers with now or the past would have us climb without end; a minute is the least. */
const leastMs = 60_000;
export const later = (addSpan: AddSpan, team: string, now: number, span: string): number =>
  Math.max(addSpan(team, now, span), now + leastMs);

export function opened(
  { team, ladder, within }: Pick<Task, 'team' | 'ladder' | 'within'>,
  now: number,
  addSpan: AddSpan,
): Task {
  const claimBy = later(addSpan, team, now, within);
  return { ...nobody, state: 'open', team, ladder, rung: 0, askedTeam: team, within, claimBy };
}

/** A further reason: whoever waits is looked after when the more urgent of both is due. A claim is not hurried by it. */
export function joined(task: Task, claimBy: number): Task {
  if (task.state === 'open') return { ...task, claimBy: Math.min(task.claimBy ?? claimBy, claimBy) };
  if (task.state === 'snoozed') return { ...task, wakeAt: Math.min(task.wakeAt ?? claimBy, claimBy) };
  return task;
}

export const claimed = (task: Task, by: string, now: number, addSpan: AddSpan): Task => ({
  ...task,
  ...nobody,
  state: 'claimed',
  claimedBy: by,
  answerBy: later(addSpan, task.askedTeam, now, task.within),
});

export const reopened = (task: Task, now: number, addSpan: AddSpan): Task => ({
  ...task,
  ...nobody,
  state: 'open',
  claimBy: later(addSpan, task.askedTeam, now, task.within),
});

export const snoozed = (task: Task, until: number): Task => ({ ...task, ...nobody, state: 'snoozed', wakeAt: until });

/** The agent wrote: they have that long again to finish it. */
export const answered = (task: Task, now: number, addSpan: AddSpan): Task => ({
  ...task,
  answerBy: later(addSpan, task.askedTeam, now, task.within),
});

export const done = (task: Task): Task => ({ ...task, ...nobody, claimedBy: task.claimedBy, state: 'done' });
