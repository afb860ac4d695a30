/**
 * A customer who needs a person. What may happen to a task is one list; types and the guard derive from it. Instants are
 * epoch milliseconds; spans are as they were said ('4 business hours').
 */
export const transitions = [
  { by: 'claim', from: ['open', 'snoozed'], to: 'claimed' },
  { by: 'release', from: ['claimed'], to: 'open' },
  { by: 'snooze', from: ['open', 'claimed'], to: 'snoozed' },
  { by: 'wake', from: ['snoozed'], to: 'open' },
  /** Nobody claimed it in time: the next on the ladder is asked. */
  { by: 'climb', from: ['open'], to: 'open' },
  /** Claimed, and neither answered nor done in time: back to the ladder. */
  { by: 'expire', from: ['claimed'], to: 'open' },
  { by: 'answer', from: ['claimed'], to: 'claimed' },
  { by: 'complete', from: ['claimed'], to: 'done' },
  /** All that asked for it went on without it. */
  { by: 'close', from: ['open', 'snoozed'], to: 'done' },
] as const;

export type Operation = (typeof transitions)[number]['by'];
export type TaskState = (typeof transitions)[number]['from'][number] | (typeof transitions)[number]['to'];

export const isAllowed = (operation: Operation, state: TaskState): boolean =>
  transitions.some((t) => t.by === operation && t.from.some((from) => from === state));

/** States in which an operation is allowed, for the compare-and-set that carries it out. */
export const statesFor = (operation: Operation): TaskState[] =>
  transitions.flatMap((t) => (t.by === operation ? [...t.from] : []));

export interface Task {
  readonly state: TaskState;
  /** Whose task it is; the ladder begins beyond. */
  readonly team: string;
  readonly ladder: readonly string[];
  /** 0: the task's own team is asked; n: the n-th of the ladder. */
  readonly rung: number;
  readonly askedTeam: string;
  readonly within: string;
  readonly claimedBy: string | null;
  /** While open: by when somebody shall have claimed it. */
  readonly claimBy: number | null;
  /** While claimed: by when it shall be answered or done. */
  readonly answerBy: number | null;
  /** While snoozed. */
  readonly wakeAt: number | null;
}

/** A span after `from`, on the business calendar of this team. */
export type AddSpan = (team: string, from: number, span: string) => number;

/** When somebody must look at it next: always, until it is done. */
export function nextDeadline(task: Task): number | null {
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
