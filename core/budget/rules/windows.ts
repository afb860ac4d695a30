/**
 * For every window and every instant t, the cost of touches in (t − span, t] is at most the maximum. A reserved touch may
 * be sent at any instant until its latest one, so it is counted as if at that one, and the new touch as if at once: that
 * is right whichever comes first.
 */
import type { Asked, Shut } from '../asked.ts';
import { periodOf } from '../period.ts';
import type { Counter } from '../types.ts';
import { measures, roomFor, useAt, type Measure, type WindowTouches } from '../window-use.ts';

/** The first window, in the policy's order, that refuses; its instant is the earliest for all of them. */
export function windows(asked: Asked, at: number): Shut | null {
  if (asked.cost === 0) return null;
  let first: Shut | null = null;
  let opensAt = at;
  for (let moved = true; moved;) {
    moved = false;
    for (const counted of asked.windows) {
      if (counted.window.alert) continue;
      for (const measure of measures(counted.window, asked.zones)) {
        const shut = fitsAt(asked, counted, measure, opensAt);
        if (!shut) continue;
        if (shut.opensAt === 'never') return shut;
        first ??= shut;
        opensAt = shut.opensAt;
        moved = true;
      }
    }
  }
  return first && { ...first, opensAt };
}

/** The first instant from `at` on at which the touch fits beside the others; null if it fits at once. */
function fitsAt(asked: Asked, counted: WindowTouches, measure: Measure, at: number): Shut | null {
  const { window, touches } = counted;
  const room = roomFor(window, asked.request.purpose);
  const use = useAt(measure, touches, at);
  if (use.used + asked.cost <= room) return null;
  const shut = {
    rule: window.name,
    usedBy: use.by.map((touch) => touch.touchId),
    ...(counted.over === null ? {} : { over: counted.over }),
  };
  if (asked.cost > room) return { ...shut, opensAt: 'never' };
  if ('zone' in measure) {
    // Nothing leaves a calendar period before it ends; whatever the next one holds already is looked at afresh.
    const later = fitsAt(asked, counted, measure, use.end);
    return { ...shut, opensAt: later ? later.opensAt : use.end };
  }
  let used = use.used;
  for (const touch of use.by.toSorted((a, b) => a.at - b.at)) {
    used -= touch.cost;
    if (used + asked.cost <= room) return { ...shut, opensAt: touch.at + measure.rollingMs };
  }
  return { ...shut, opensAt: 'never' };
}

/** Where each window stands at an instant; of several zones, the fullest. */
export const counters = ({ windows: counted, zones, cost, request }: Asked, at: number): Counter[] =>
  counted.map(({ window, touches, over }) => ({
    window: window.name,
    used: Math.max(...measures(window, zones).map((measure) => useAt(measure, touches, at).used)),
    cost,
    atMost: roomFor(window, request.purpose),
    span: window.said,
    ...(over === null ? {} : { over }),
  }));

/** Windows that let a touch go out and tell our own people. */
export const overSoftCap = ({ windows: counted, cost }: Asked, all: readonly Counter[]): Counter[] =>
  all.filter((c, n) => counted[n]?.window.alert === true && cost > 0 && c.used + c.cost > c.atMost);

/** A reservation does not reach over the end of a calendar period, so that it is clear which one it counts in. */
export function latestSend(asked: Asked, sendWithinMs: number): number {
  let latest = asked.now + sendWithinMs;
  if (asked.cost === 0) return latest;
  for (const { window } of asked.windows)
    for (const measure of measures(window, asked.zones))
      if ('zone' in measure) latest = Math.min(latest, periodOf(measure.calendar, measure.zone, asked.now).end - 1);
  return latest;
}
