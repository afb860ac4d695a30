/** Who goes first when touches wait for the same place. Lower is better. */
import type { ReadPolicy } from './read-policy.ts';

export interface Ranked {
  readonly touchId: string;
  readonly purpose: string;
  readonly journey: string;
  readonly askedAt: number;
}

/**
 * The best place in `first` that its purpose, its journey or a class of it has; whoever is not named comes after all of them. Each
 * `risesEvery` of waiting moves it up one, so that nobody waits for ever.
 */
export function rankOf(policy: ReadPolicy, touch: Ranked, now: number): number {
  const { places, lastPlace } = policy;
  const place = Math.min(places.get(touch.purpose) ?? lastPlace, places.get(touch.journey) ?? lastPlace);
  return place - Math.floor(Math.max(0, now - touch.askedAt) / policy.risesEveryMs);
}

/** Better rank first; equals first come, first served; the id decides between those that came at one instant. */
export function goesBefore(policy: ReadPolicy, a: Ranked, b: Ranked, now: number): boolean {
  const byRank = rankOf(policy, a, now) - rankOf(policy, b, now);
  if (byRank !== 0) return byRank < 0;
  return a.askedAt === b.askedAt ? a.touchId < b.touchId : a.askedAt < b.askedAt;
}
