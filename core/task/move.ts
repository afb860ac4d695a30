/** What each operation makes of a task. Whether it is allowed is asked before, of `isAllowed`. */
import { readSpan } from '../journey/phrases.ts';
import type { Rung } from './ladder.ts';
import { dueOf, type AddSpan, type Task } from './task.ts';

const nobody = { claimedBy: null, claimBy: null, warnAt: null, answerBy: null, wakeAt: null } as const;
const fromBelow = (team: string) => ({ team, rung: 0, askedTeam: team, askedPerson: null }) as const;

/** A calendar that answers with now or the past would have us climb without end; a minute is the least. */
const leastMs = 60_000;
export const later = (addSpan: AddSpan, team: string, now: number, span: string): number =>
  Math.max(addSpan(team, now, span), now + leastMs);

/** By when somebody must have claimed it who is asked from now on. */
const claimByOf = (task: Pick<Task, 'ladder' | 'rung' | 'askedTeam' | 'within'>, now: number, addSpan: AddSpan) =>
  later(addSpan, task.askedTeam, now, task.ladder[task.rung - 1]?.within ?? task.within);

export function opened(
  { team, ladder, within }: Pick<Task, 'team' | 'ladder' | 'within'>,
  now: number,
  addSpan: AddSpan,
): Task {
  const task = { ...nobody, ...fromBelow(team), state: 'open', ladder, within } as const;
  return { ...task, claimBy: claimByOf(task, now, addSpan) };
}

/** A further reason: whoever waits is looked after when the more urgent of both is due. A claim is not hurried by it. */
export function joined(task: Task, claimBy: number): Task {
  if (task.state === 'open') return { ...task, claimBy: Math.min(task.claimBy ?? claimBy, claimBy) };
  if (task.state === 'snoozed') return { ...task, wakeAt: Math.min(task.wakeAt ?? claimBy, claimBy) };
  return task;
}

/** Warned when three quarters of the time are over; a working day counts as the eight hours that most of them have. */
function mostOf(within: string): string {
  const span = readSpan(within);
  if (!span) return within;
  if (span.business && span.unit === 'day') return `${String(span.count * 6)} business hours`;
  return `${String(span.count * 0.75)} ${span.business ? 'business ' : ''}${span.unit}s`;
}

/** From now on they have the whole time, and a warning before it is over. */
function timeToAnswer(task: Task, now: number, addSpan: AddSpan): Pick<Task, 'warnAt' | 'answerBy'> {
  const answerBy = later(addSpan, task.askedTeam, now, task.within);
  return { answerBy, warnAt: Math.min(later(addSpan, task.askedTeam, now, mostOf(task.within)), answerBy) };
}

export const claimed = (task: Task, by: string, now: number, addSpan: AddSpan): Task => ({
  ...task,
  ...nobody,
  state: 'claimed',
  claimedBy: by,
  ...timeToAnswer(task, now, addSpan),
});

/** Back to those who are asked; they have the whole time again. */
export const released = (task: Task, now: number, addSpan: AddSpan): Task => ({
  ...task,
  ...nobody,
  state: 'open',
  claimBy: claimByOf(task, now, addSpan),
});

/** Whoever has it gets it back. */
export const snoozed = (task: Task, until: number): Task => ({
  ...task,
  ...nobody,
  state: 'snoozed',
  claimedBy: task.claimedBy,
  wakeAt: until,
});

/** Back to whoever put it aside, or to those who are asked. */
export const woken = (task: Task, now: number, addSpan: AddSpan): Task =>
  task.claimedBy === null ? released(task, now, addSpan) : claimed(task, task.claimedBy, now, addSpan);

/** The agent wrote: they have that long again to finish it. */
export const answered = (task: Task, now: number, addSpan: AddSpan): Task => ({
  ...task,
  ...timeToAnswer(task, now, addSpan),
});

/** Told that it is taken from them soon. Whoever looks late leaves them this long all the same. */
const leastWarningMs = 5 * 60_000;
export const warned = (task: Task, now: number): Task => ({
  ...task,
  warnAt: null,
  answerBy: Math.max(task.answerBy ?? now, now + leastWarningMs),
});

/** To another team, from whose ladder's foot it starts; by when the customer is to be looked after stays, and so does a snooze. */
export function handedOver(
  task: Task,
  to: { readonly team: string; readonly ladder: readonly Rung[] },
  now: number,
): Task {
  const theirs = { ...task, ...nobody, ...fromBelow(to.team), ladder: to.ladder };
  if (task.state === 'snoozed') return { ...theirs, wakeAt: task.wakeAt };
  return { ...theirs, state: 'open', claimBy: Math.max(dueOf(task) ?? now, now + leastMs) };
}

/** To a named person; a snooze stays. */
export const reassigned = (task: Task, to: string, now: number, addSpan: AddSpan): Task =>
  task.state === 'snoozed' ? { ...task, claimedBy: to } : claimed(task, to, now, addSpan);

/** Whoever has it is not there any more; a snooze stays, and then wakes for those who are asked. */
export const left = (task: Task, now: number, addSpan: AddSpan): Task =>
  task.state === 'snoozed' ? { ...task, claimedBy: null } : released(task, now, addSpan);

/** It was not over: its team is asked again, from the foot of its ladder. */
export const reopened = (task: Task, now: number, addSpan: AddSpan): Task =>
  released({ ...task, ...fromBelow(task.team) }, now, addSpan);

export const done = (task: Task): Task => ({ ...task, ...nobody, claimedBy: task.claimedBy, state: 'done' });
