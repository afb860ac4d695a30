/**
 * A reply that is one word and means something to the budget: "less", "pause". STOP is not among them: it is final, and the channels know it.
 * A sentence that has such a word in it is a sentence, for whoever has the conversation.
 */
import { addPlain } from '../budget/less-until.ts';
import type { Policy } from '../budget/policy.ts';
import type { OwnLimits } from '../budget/row.ts';

const lessWords = new Set([
  'less',
  'less please',
  'less often',
  'fewer',
  'weniger',
  'weniger bitte',
  'seltener',
  'moins',
  'menos',
]);
const pauseWords = new Set(['pause', 'pause please', 'not now', 'pause bitte', 'später', 'spaeter', 'pausa']);

export function asksFor(text: string): 'less' | 'pause' | null {
  const bare = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s.,!?;:"'„“”]+/g, ' ')
    .trim();
  if (lessWords.has(bare)) return 'less';
  return pauseWords.has(bare) ? 'pause' : null;
}

/** "Pause" without a time is as long as "less" is counted over: a span that the policy knows anyway. */
export function limitsFor(
  asked: 'less' | 'pause',
  before: OwnLimits | null,
  { less }: Pick<Policy, 'less'>,
  now: number,
): OwnLimits {
  if (asked === 'less')
    return { ...before, less: { atMost: less.atMost, in: less.in, until: addPlain(now, less.for) } };
  const until = addPlain(now, less.in.startsWith('calendar ') ? '30 days' : less.in);
  return { ...before, pausedUntil: Math.max(until, before?.pausedUntil ?? 0) };
}
