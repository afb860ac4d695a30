/**
 * For every window and every instant t, the cost of touches in (t − span, t] is at most the maximum. A reserved touch may
 * be sent at any instant until its latest one, so it is counted as if at that one, and the new touch as if at once: that
 * is right whichever comes first.
 */
import { hourMs, dayMs } from '../../calendar/zone.ts';
import type { Asked, Shut } from '../asked.ts';
import { isAbout, type ReadWindow } from '../read-policy.ts';
import type { Counter, RecentTouch } from '../types.ts';
import { periodOf } from './period.ts';

export const windowIsAbout = (window: ReadWindow, touch: Pick<RecentTouch, 'channel' | 'purpose'>): boolean =>
  isAbout(window, touch.channel, touch.purpose) && !window.except.includes(touch.purpose);

/** What a touch of this purpose may fill a window to. */
export const roomFor = (window: ReadWindow, purpose: string): number =>
  window.keep && !window.keep.for.includes(purpose) ? window.atMost - window.keep.cost : window.atMost;

/** With no zone at all, any rolling span that surely covers the calendar's, over a change of the clock too. */
const surelyCoversMs = { day: dayMs + 2 * hourMs, week: 7 * dayMs + 2 * hourMs, month: 31 * dayMs + 2 * hourMs };

/** One way to measure a window: those zones in which somebody may be give one each. */
type Measure = { readonly rollingMs: number } | { readonly calendar: 'day' | 'week' | 'month'; readonly zone: string };
function measures(window: ReadWindow, zones: readonly string[]): readonly Measure[] {
  const { span } = window;
  if ('rollingMs' in span) return [span];
  if (zones.length === 0) return [{ rollingMs: surelyCoversMs[span.calendar] }];
  return zones.map((zone) => ({ calendar: span.calendar, zone }));
}

interface Use {
  readonly used: number;
  readonly by: readonly RecentTouch[];
  /** When the touch that leaves first leaves, and so on: with it, the first instant at which `cost` fits. */
  readonly end: number;
}

/** What takes place in the window that a touch at `at` would stand in. */
function useAt(window: ReadWindow, measure: Measure, recent: readonly RecentTouch[], at: number): Use {
  const period = 'zone' in measure ? periodOf(measure.calendar, measure.zone, at) : null;
  const after = period ? period.start - 1 : at - ('rollingMs' in measure ? measure.rollingMs : 0);
  const before = period ? period.end : Infinity;
  const by: RecentTouch[] = [];
  let used = 0;
  for (const touch of recent) {
    if (touch.at <= after || touch.at >= before || touch.cost === 0 || !windowIsAbout(window, touch)) continue;
    used += touch.cost;
    by.push(touch);
  }
  return { used, by, end: before };
}

/** The first instant from `at` on at which `cost` fits beside the others; null if it fits at once. */
function fitsAt(asked: Asked, window: ReadWindow, measure: Measure, at: number): Shut | null {
  const room = roomFor(window, asked.request.purpose);
  const use = useAt(window, measure, asked.recent, at);
  if (use.used + asked.cost <= room) return null;
  const shut = { rule: window.name, usedBy: use.by.map((touch) => touch.touchId) };
  if (asked.cost > room) return { ...shut, opensAt: 'never' };
  if ('zone' in measure) {
    // Nothing leaves a calendar period before it ends; whatever the next one holds already is looked at afresh.
    const later = fitsAt(asked, window, measure, use.end);
    return { ...shut, opensAt: later ? later.opensAt : use.end };
  }
  let used = use.used;
  for (const touch of use.by.toSorted((a, b) => a.at - b.at)) {
    used -= touch.cost;
    if (used + asked.cost <= room) return { ...shut, opensAt: touch.at + measure.rollingMs };
  }
  return { ...shut, opensAt: 'never' };
}

/** The first window, in the policy's order, that refuses; its instant is the earliest for all of them. */
export function windows(asked: Asked, at: number): Shut | null {
  if (asked.cost === 0) return null;
  let first: Shut | null = null;
  let opensAt: number = at;
  for (let moved = true; moved;) {
    moved = false;
    for (const window of asked.windows) {
      if (window.alert || !windowIsAbout(window, asked.request)) continue;
      for (const measure of measures(window, asked.zones)) {
        const shut = fitsAt(asked, window, measure, opensAt);
        if (!shut) continue;
        first ??= shut;
        if (shut.opensAt === 'never') return { ...first, opensAt: 'never' };
        opensAt = shut.opensAt;
        moved = true;
      }
    }
  }
  return first && { ...first, opensAt };
}

/** Where each window stands at an instant; of several zones, the fullest. */
export function counters(asked: Asked, at: number): Counter[] {
  return asked.windows
    .filter((window) => windowIsAbout(window, asked.request))
    .map((window) => ({
      window: window.name,
      used: Math.max(...measures(window, asked.zones).map((m) => useAt(window, m, asked.recent, at).used)),
      cost: asked.cost,
      atMost: roomFor(window, asked.request.purpose),
      span: window.said,
    }));
}

/** Windows that let a touch go out and tell our own people. */
export const overSoftCap = (asked: Asked, all: readonly Counter[]): Counter[] =>
  all.filter(
    (c) => asked.cost > 0 && c.used + c.cost > c.atMost && asked.windows.some((w) => w.alert && w.name === c.window),
  );

/** A reservation does not reach over the end of a calendar period, so that it is clear which one it counts in. */
export function latestSend(asked: Asked, sendWithinMs: number): number {
  let latest = asked.now + sendWithinMs;
  if (asked.cost === 0) return latest;
  for (const window of asked.windows)
    if (windowIsAbout(window, asked.request))
      for (const measure of measures(window, asked.zones))
        if ('zone' in measure) latest = Math.min(latest, periodOf(measure.calendar, measure.zone, asked.now).end - 1);
  return latest;
}
