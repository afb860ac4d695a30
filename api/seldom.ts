/** The last reading of something that may cost: made anew only so often that reading takes a twentieth of the time at most. */
const shareOfTime = 20;
/** A reading that takes no longer costs nothing worth saving. */
const freeMs = 50;

/** `leastMs`: it is that fresh at best. Two who ask at once wait for one reading; one that failed is not kept. */
export function seldom<T>(read: () => Promise<T>, leastMs = 0): () => Promise<T> {
  let reading: Promise<T> | null = null;
  let until = 0;
  return () => {
    if (reading !== null && performance.now() < until) return reading;
    const from = performance.now();
    until = Infinity;
    const ours = read();
    reading = ours;
    ours.then(
      () => {
        const tookMs = performance.now() - from;
        until = performance.now() + Math.max(leastMs, tookMs > freeMs ? tookMs * shareOfTime : 0);
      },
      () => {
        if (reading === ours) reading = null;
      },
    );
    return ours;
  };
}
