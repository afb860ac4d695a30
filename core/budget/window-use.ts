/** What is used of a window at an instant, and how a window is measured where the customer is. */
import { dayMs, hourMs } from '../calendar/zone.ts';
import { periodOf } from './period.ts';
import { isAbout, type Kind, type ReadWindow } from './read-policy.ts';
import type { RecentTouch } from './row.ts';

export const windowIsAbout = (window: ReadWindow, touch: Kind): boolean =>
  isAbout(window, touch) && !window.except.includes(touch.purpose);

/** What a touch of this purpose may fill a window to. */
export const roomFor = (window: ReadWindow, purpose: string): number =>
  window.keep && !window.keep.for.includes(purpose) ? window.atMost - window.keep.cost : window.atMost;

/** One way to measure a window: of those zones in which somebody may be, each gives one. */
export type Measure =
  { readonly rollingMs: number } | { readonly calendar: 'day' | 'week' | 'month'; readonly zone: string };

/** With no zone at all, any rolling span that surely covers the calendar's, over a change of the clock too. */
export const surelyCoversMs = { day: dayMs + 2 * hourMs, week: 7 * dayMs + 2 * hourMs, month: 31 * dayMs + 2 * hourMs };

export function measures({ span }: ReadWindow, zones: readonly string[]): readonly Measure[] {
  if ('rollingMs' in span) return [span];
  if (zones.length === 0) return [{ rollingMs: surelyCoversMs[span.calendar] }];
  return zones.map((zone) => ({ calendar: span.calendar, zone }));
}

/**
 * A place may be used at any instant from when it was given. One that another of an account has may be kept over the end
 * of a period of this customer's clock: it counts in both.
 */
export const takenFrom = (touch: RecentTouch): number => (touch.state === 'reserved' ? touch.reservedAt : touch.at);

/** The touches beside which one at `at` would stand in the window; `end` is when a calendar period is over. */
export function useAt(
  measure: Measure,
  touches: readonly RecentTouch[],
  at: number,
): { readonly used: number; readonly by: readonly RecentTouch[]; readonly end: number } {
  const { start, end } =
    'zone' in measure
      ? periodOf(measure.calendar, measure.zone, at)
      : { start: at - measure.rollingMs + 1, end: Infinity };
  const by = touches.filter((touch) => touch.at >= start && takenFrom(touch) < end);
  return { used: by.reduce((sum, touch) => sum + touch.cost, 0), by, end };
}
