/** Agents have a budget, too: when somebody may be told of a task. Calm news waits for its batch, and focus time is kept. */
import type { NoticeKind } from './notice.ts';

/** Somebody waits for this very person, or nobody has helped for too long: told at once. */
const urgent: readonly NoticeKind[] = ['warning', 'taken-back', 'given', 'replied', 'unanswered'];
/** What is lost unless they hear it now reaches them in their focus time, too. */
const breaksFocus: readonly NoticeKind[] = ['warning', 'unanswered'];

/** At most one message of calm news in so long a time. */
export const batchMs = 5 * 60_000;

export interface Attention {
  readonly kind: NoticeKind;
  readonly now: number;
  /** By this way; null: never. */
  readonly lastToldAt: number | null;
  /** Until when they want to be left alone; null or over: they do not. */
  readonly focusUntil: number | null;
}

/** Instants are the machine's: people do not live faster in a demo. */
export function tellAt({ kind, now, lastToldAt, focusUntil }: Attention): number {
  const free = focusUntil !== null && !breaksFocus.includes(kind) ? Math.max(now, focusUntil) : now;
  if (urgent.includes(kind)) return free;
  return Math.max(free, lastToldAt === null ? now : lastToldAt + batchMs);
}
