/** Whether a run may begin for whom one has ended, or still goes on: `again: 'after 30 days'`. */
import { plainMs, readSpan } from './phrases.ts';

export interface NotAgain {
  readonly because: string;
  /** When it may; null: not while the run at hand goes on. */
  readonly until: number | null;
}

/** Of the newest run with the same key; `endedAt` is null while it goes on. Null: it may. Instants in epoch milliseconds. */
export function notAgain(
  again: string,
  { endedAt }: { readonly endedAt: number | null },
  now: number,
): NotAgain | null {
  const span = readSpan(again.replace(/^after /, ''));
  const apartMs = span && plainMs(span);
  if (apartMs === null)
    throw new RangeError(`again is '${again}'; it reads like 'after 30 days', and publishing refuses others`);
  if (endedAt === null) return { because: 'a run of it is going on', until: null };
  const until = endedAt + apartMs;
  return until > now ? { because: `it may be entered again ${again} from the end of the last run`, until } : null;
}
