/**
 * A customer who needs a person. What may happen to a task is one list; types and the guard derive from it. Instants are
 * epoch milliseconds; spans are as they were said ('4 business hours').
 */
import type { Rung } from './ladder.ts';

export const transitions = [
  { by: 'claim', from: ['open', 'snoozed'], to: 'claimed' },
  { by: 'release', from: ['claimed'], to: 'open' },
  { by: 'snooze', from: ['open', 'claimed'], to: 'snoozed' },
  { by: 'wake', from: ['snoozed'], to: 'open' },
  /** It goes back to whoever put it aside. */
  { by: 'wake', from: ['snoozed'], to: 'claimed' },
  /** Nobody claimed it in time: the next on the ladder is asked. */
  { by: 'climb', from: ['open'], to: 'open' },
  /** Claimed, and most of its time is over: whoever has it is told. */
  { by: 'warn', from: ['claimed'], to: 'claimed' },
  /** Claimed, warned, and neither answered nor done in time: back to the ladder. */
  { by: 'expire', from: ['claimed'], to: 'open' },
  { by: 'answer', from: ['claimed'], to: 'claimed' },
  /** To another team. */
  { by: 'hand over', from: ['open', 'claimed'], to: 'open' },
  { by: 'hand over', from: ['snoozed'], to: 'snoozed' },
  /** To a named person, by somebody else. */
  { by: 'reassign', from: ['open', 'claimed'], to: 'claimed' },
  { by: 'reassign', from: ['snoozed'], to: 'snoozed' },
  /** Whoever has it goes off shift. */
  { by: 'leave', from: ['claimed'], to: 'open' },
  { by: 'leave', from: ['snoozed'], to: 'snoozed' },
  { by: 'complete', from: ['claimed'], to: 'done' },
  /** All that asked for it went on without it. */
  { by: 'close', from: ['open', 'snoozed'], to: 'done' },
  /** The team it is handed to has one for this customer already: the reasons join that one. */
  { by: 'merge', from: ['open', 'claimed', 'snoozed'], to: 'done' },
  { by: 'reopen', from: ['done'], to: 'open' },
] as const;

export type Operation = (typeof transitions)[number]['by'];
export type TaskState = (typeof transitions)[number]['from'][number];

export const isAllowed = (operation: Operation, state: TaskState): boolean =>
  transitions.some((t) => t.by === operation && t.from.some((from) => from === state));

/** States in which an operation is allowed, for the compare-and-set that carries it out. */
export const statesFor = (operation: Operation): TaskState[] =>
  transitions.flatMap((t) => (t.by === operation ? [...t.from] : []));

export interface Task {
  readonly state: TaskState;
  /** Whose task it is; the ladder begins beyond. */
  readonly team: string;
  readonly ladder: readonly Rung[];
  /** 0: the task's own team is asked; n: the n-th of the ladder. */
  readonly rung: number;
  readonly askedTeam: string;
  /** A named person, on a rung that names one. */
  readonly askedPerson: string | null;
  /** How long each has who is asked, unless their rung says otherwise; also how long whoever claims it has. */
  readonly within: string;
  /** While claimed: who has it. While snoozed: whom it goes back to, if anybody. Done: who had it last. */
  readonly claimedBy: string | null;
  /** While open: by when somebody shall have claimed it. */
  readonly claimBy: number | null;
  /** While claimed, until they are warned: when that is. */
  readonly warnAt: number | null;
  /** While claimed: by when it shall be answered or done. */
  readonly answerBy: number | null;
  /** While snoozed. */
  readonly wakeAt: number | null;
}

/** A span after `from`, on the business calendar of this team. */
export type AddSpan = (team: string, from: number, span: string) => number;

/** By when the customer shall be looked after, whoever has the task; null: it is done. */
export function dueOf(task: Task): number | null {
  switch (task.state) {
    case 'open':
      return task.claimBy;
    case 'claimed':
      return task.answerBy;
    case 'snoozed':
      return task.wakeAt;
    case 'done':
      return null;
  }
}

/** When somebody must look at it next: always, until it is done. */
export const nextDeadline = (task: Task): number | null =>
  task.state === 'claimed' ? (task.warnAt ?? task.answerBy) : dueOf(task);
