/** Why a task stands where it does in the inbox: whom to help next, and for what reason. */
import type { TaskState } from './task.ts';

export interface Standing {
  readonly state: TaskState;
  readonly rung: number;
  readonly claimedBy: string | null;
  readonly dueAt: number | null;
  /** When the customer wrote last, if nobody has written to them since. */
  readonly unansweredSince: number | null;
}

export type WhyNext =
  /** You have the conversation, and they wrote last. */
  | { readonly is: 'waits-for-you'; readonly since: number }
  /** Its time is over; the ladder is about to ask the next. */
  | { readonly is: 'overdue'; readonly since: number }
  /** Nobody took it where it was asked before. */
  | { readonly is: 'climbed'; readonly rungs: number; readonly dueAt: number }
  | { readonly is: 'due'; readonly dueAt: number }
  | { readonly is: 'in-hand'; readonly by: string; readonly dueAt: number }
  | { readonly is: 'asleep'; readonly wakesAt: number }
  | { readonly is: 'done' };

/** The inbox is ordered so: conversations that wait for their own person first, then whatever is due soonest. */
export function whyNext(task: Standing, me: string, now: number): WhyNext {
  const { state, rung, claimedBy, dueAt, unansweredSince } = task;
  if (state === 'done' || dueAt === null) return { is: 'done' };
  if (state === 'snoozed') return { is: 'asleep', wakesAt: dueAt };
  if (claimedBy === me && unansweredSince !== null) return { is: 'waits-for-you', since: unansweredSince };
  if (dueAt <= now) return { is: 'overdue', since: dueAt };
  if (claimedBy !== null) return { is: 'in-hand', by: claimedBy, dueAt: dueAt };
  return rung > 0 ? { is: 'climbed', rungs: rung, dueAt: dueAt } : { is: 'due', dueAt: dueAt };
}
