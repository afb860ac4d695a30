import type { InboxTask } from '../answers.ts';
import { minutesBetween } from '../clock.ts';
import type { Words } from '../words/en.ts';

/** Why it stands where it does, in a sentence. `isFirst`: nothing is more urgent. */
export function whySentence(task: InboxTask, words: Words, now: number, me: string, isFirst = false): string {
  const at = Date.parse(task.whyAt);
  const late = words.span(minutesBetween(at, now));
  const left = words.span(minutesBetween(now, at));
  switch (task.why) {
    case 'waits-for-you':
      return words.why['waits-for-you'](words.ago(minutesBetween(at, now)));
    case 'overdue':
      return words.why.overdue(late);
    case 'climbed':
      return words.why.climbed(left);
    case 'due':
      return isFirst ? words.why.dueFirst(left) : words.why.due(left);
    case 'in-hand':
      return task.claimedBy === me ? words.why.yours(left) : words.why['in-hand'](task.claimedBy ?? '', left);
    case 'asleep':
      return words.why.asleep(left);
    case 'done':
      return words.why.done;
  }
}

export type Urgency = 'late' | 'soon' | 'calm';

const soonMs = 30 * 60_000;
export function urgencyOf({ why, dueAt }: InboxTask, now: number): Urgency {
  const left = Date.parse(dueAt) - now;
  if (why === 'asleep') return 'calm';
  if (left <= 0) return 'late';
  return left < soonMs || why === 'waits-for-you' ? 'soon' : 'calm';
}
