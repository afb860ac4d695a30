/**
 * For every window and every instant t, the cost of touches in (t − span, t] is at most the maximum. A reserved touch may
 * be sent at any instant until its latest one, so it is counted as if at that one, and the new touch as if at once: that
 * is right whichever comes first.
 */
import type { Asked, Closed, Shut } from '../asked.ts';
import { periodOf } from '../period.ts';
import { fitsFrom, type Tally } from '../tally.ts';
import type { Counter } from '../decision.ts';
import type { ReadWindow } from '../read-policy.ts';
import { roomFor, useAt } from '../window-use.ts';

/**
 * The first window, in the policy's order, that refuses; its instant is the first from which each has had room. Whoever seeks the
 * instant at which all have it at once asks again from there.
 */
export function windows({ windows: tallies, cost, request }: Asked, at: number): Shut | null {
  if (cost === 0) return null;
  let first: Closed | null = null;
  let opensAt = at;
  for (const tally of tallies) {
    if (tally.window.alert) continue;
    const fits = fitsFrom(tally, cost, roomFor(tally.window, request.purpose), opensAt);
    if (fits === opensAt) continue;
    if (fits === Infinity) return { ...fullAt(tally, opensAt), opensAt: 'never' };
    first ??= fullAt(tally, opensAt);
    opensAt = fits;
  }
  return first && { ...first, opensAt };
}

/** The same without its reasons, for what costs something: whoever plans asks it often, and wants the instant alone. Infinity: never. */
export function windowsOpenFrom({ windows: tallies, cost, request }: Asked, at: number): number {
  let opensAt = at;
  for (const tally of tallies) {
    if (tally.window.alert) continue;
    opensAt = fitsFrom(tally, cost, roomFor(tally.window, request.purpose), opensAt);
    if (opensAt === Infinity) return Infinity;
  }
  return opensAt;
}

const fullAt = (tally: Tally, at: number): Closed => ({
  rule: tally.window.name,
  usedBy: useAt(tally.measure, tally.touches, at).by.map((touch) => touch.touchId),
  ...(tally.over === null ? {} : { over: tally.over }),
});

/** Where each window stands now; of several zones, the fullest. */
export function counters({ windows: tallies, cost, request, now }: Asked): Counter[] {
  const found = new Map<ReadWindow, Counter>();
  for (const tally of tallies) {
    const { window, over } = tally;
    found.set(window, {
      window: window.name,
      used: Math.max(usedNow(tally, now), found.get(window)?.used ?? 0),
      cost,
      atMost: roomFor(window, request.purpose),
      span: window.said,
      ...(over === null ? {} : { over }),
      ...(window.classes.length === 0 ? {} : { classes: window.classes }),
    });
  }
  return [...found.values()];
}

/** All that a rolling window still holds stands beside a touch of now. */
const usedNow = ({ measure, touches, used }: Tally, now: number): number =>
  'zone' in measure ? useAt(measure, touches, now).used : used;

/** Windows that let a touch go out and tell our own people. */
export function overSoftCap({ windows: tallies, cost }: Asked, all: readonly Counter[]): Counter[] {
  if (cost === 0) return [];
  const soft = new Set(tallies.filter(({ window }) => window.alert).map(({ window }) => window.name));
  return all.filter((c) => soft.has(c.window) && c.used + c.cost > c.atMost);
}

/** A reservation does not reach over the end of a calendar period, so that it is clear which one it counts in. */
export function latestSend(asked: Asked, sendWithinMs: number): number {
  let latest = asked.now + sendWithinMs;
  if (asked.cost === 0) return latest;
  for (const { measure } of asked.windows)
    if ('zone' in measure) latest = Math.min(latest, periodOf(measure.calendar, measure.zone, asked.now).end - 1);
  return latest;
}
