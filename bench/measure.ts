import { shareOf, timed } from './timed.ts';

export interface Measured {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** `callers` loops that call `work` one after another for `forMs`, and how long each call took. */
export async function measure(forMs: number, callers: number, work: () => Promise<unknown>): Promise<Measured> {
  const { done, seconds, tookMs } = await timed(forMs, callers, work);
  tookMs.sort();
  return { perSecond: done / seconds, p50Ms: shareOf(tookMs, 0.5), p99Ms: shareOf(tookMs, 0.99) };
}

export const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};
