/** How long things take, called in a closed loop, or in an open one: as often as customers come, whether or not the last one is done. */
export interface Taken {
  readonly done: number;
  readonly seconds: number;
  /** Of each call. */
  readonly tookMs: Float64Array;
}

/** `callers` loops that call `work` one after another for `forMs`. */
export async function timed(forMs: number, callers: number, work: () => Promise<unknown>): Promise<Taken> {
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
  return { done: tookMs.length, seconds: (performance.now() - from) / 1000, tookMs: Float64Array.from(tookMs) };
}

/**
 * Calls come at random instants, `perSecond` of them on average, and each counts from the instant at which it should have begun: a stall is
 * felt by everybody who comes while it lasts.
 */
export async function openLoop(forMs: number, perSecond: number, work: () => Promise<unknown>): Promise<Taken> {
  const tookMs: number[] = [];
  const pending: Promise<unknown>[] = [];
  const from = performance.now();
  let next = from;
  while (next < from + forMs) {
    for (const now = performance.now(); next <= now; next += (-Math.log(1 - Math.random()) * 1000) / perSecond) {
      const due = next;
      pending.push(work().then(() => tookMs.push(performance.now() - due)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(pending);
  return { done: tookMs.length, seconds: (performance.now() - from) / 1000, tookMs: Float64Array.from(tookMs) };
}

export const shareOf = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
