/** What `split` has shown: how often each way led to the goal, and how sure one can be of it. */

/** A journey's measured time: a goal that is met so long after a run's end still counts for the way it went. */
export const goalsCountForMs = 90 * 86_400_000;

export interface Rate {
  /** 0 to 1; null: nobody has gone this way. */
  readonly rate: number | null;
  /** In 95 of 100 such counts the true rate lies between these. */
  readonly low: number;
  readonly high: number;
}

/** Of the normal distribution: 95 % lie within so many standard deviations. */
const z = 1.959964;

/** Wilson's interval (E. B. Wilson, 1927): it stays within 0 and 1 and is honest about few customers. */
export function wilson(met: number, of: number): Rate {
  if (of === 0) return { rate: null, low: 0, high: 1 };
  const rate = met / of;
  const spread = (z * z) / of;
  const middle = (rate + spread / 2) / (1 + spread);
  const half = (z / (1 + spread)) * Math.sqrt((rate * (1 - rate)) / of + spread / (4 * of));
  return { rate, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
