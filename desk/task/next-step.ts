/** What to do next with a task, as far as it can be told from what is known: one suggestion, for a person to judge. */
import type { TaskWhole } from '../answers.ts';

export interface Seen {
  readonly task: Pick<TaskWhole, 'state' | 'claimedBy' | 'dueAt'>;
  /** Who reads. */
  readonly me: string;
  readonly now: number;
  /** They have an answer to whatever they wrote. */
  readonly isAnswered: boolean;
  /** Ways to write to them, the best first. */
  readonly ways: readonly string[];
  readonly hasPhone: boolean;
  /** When the first of the promises that are open is due; null: none is. */
  readonly promisedAt: number | null;
  /** Colleagues who write to them or talk to them at this moment. */
  readonly busy: readonly string[];
}

/** Spans in epoch milliseconds. */
export type NextStep =
  | { readonly is: 'take' }
  | { readonly is: 'theirs'; readonly by: string }
  | { readonly is: 'colleague'; readonly agent: string }
  | { readonly is: 'answer'; readonly channel: string; readonly leftMs: number }
  | { readonly is: 'late'; readonly channel: string; readonly lateMs: number }
  | { readonly is: 'longer'; readonly leftMs: number }
  | { readonly is: 'call' }
  | { readonly is: 'no-way' }
  | { readonly is: 'finish' }
  | { readonly is: 'asleep'; readonly leftMs: number }
  | { readonly is: 'done' };

const soonMs = 60 * 60_000;

export function nextStep({ task, me, now, isAnswered, ways, hasPhone, promisedAt, busy }: Seen): NextStep {
  const dueAt = task.dueAt === null ? now : Date.parse(task.dueAt);
  if (task.state === 'done') return { is: 'done' };
  if (task.state === 'snoozed') return { is: 'asleep', leftMs: Math.max(0, dueAt - now) };
  // Whoever is with them at this moment knows more than anything that is written here.
  const [agent] = busy;
  if (agent !== undefined) return { is: 'colleague', agent };
  if (task.state === 'open') return { is: 'take' };
  if (task.claimedBy !== me) return { is: 'theirs', by: task.claimedBy ?? '' };
  const isPromised = promisedAt !== null && promisedAt - now < soonMs;
  if (isAnswered) return isPromised ? { is: 'longer', leftMs: Math.max(0, promisedAt - now) } : { is: 'finish' };
  const [channel] = ways;
  if (channel === undefined) return { is: hasPhone ? 'call' : 'no-way' };
  const by = Math.min(dueAt, promisedAt ?? Infinity);
  return by <= now ? { is: 'late', channel, lateMs: now - by } : { is: 'answer', channel, leftMs: by - now };
}
