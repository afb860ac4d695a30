import { dayMs, instantAt, wallDay, weekdayOf } from '../calendar/zone.ts';
import type { CalendarPeriod } from './read-policy.ts';

/** The day, week (from Monday, as ISO 8601 has it) or month of a customer's wall that an instant falls into. */
export function periodOf(
  period: CalendarPeriod,
  zone: string,
  at: number,
): { readonly start: number; readonly end: number } {
  const { day } = wallDay(zone, at);
  const [first, next] = daysOf(period, day);
  return { start: instantAt(zone, first, 0), end: instantAt(zone, next, 0) };
}

function daysOf(period: CalendarPeriod, day: number): readonly [number, number] {
  if (period === 'day') return [day, day + 1];
  if (period === 'week') {
    const monday = day - ((weekdayOf(day) + 6) % 7);
    return [monday, monday + 7];
  }
  const date = new Date(day * dayMs);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  return [Date.UTC(year, month, 1) / dayMs, Date.UTC(year, month + 1, 1) / dayMs];
}
