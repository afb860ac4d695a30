export interface Measured {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** `callers` loops that call `work` one after another for `forMs`, and how long each call took. */
export async function measure(forMs: number, callers: number, work: () => Promise<unknown>): Promise<Measured> {
  const tookMs: number[] = [];
  const from = performance.now();
  const loop = async (): Promise<void> => {
    while (performance.now() - from < forMs) {
      const began = performance.now();
      await work();
      tookMs.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: callers }, loop));
  const perSecond = (tookMs.length / (performance.now() - from)) * 1000;
  tookMs.sort((a, b) => a - b);
  const at = (share: number): number => tookMs[Math.min(tookMs.length - 1, Math.floor(tookMs.length * share))] ?? NaN;
  return { perSecond, p50Ms: at(0.5), p99Ms: at(0.99) };
}

export const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};
