import { dayMs, endOfWall, instantAt, wallDay, weekdayOf } from '../calendar/zone.ts';
import type { CalendarPeriod } from './read-policy.ts';

interface Period {
  readonly start: number;
  /** Always later than whatever instant was asked about. */
  readonly end: number;
}
interface FoundPeriod extends Period {
  /** Days of the wall, the last one excluded. */
  readonly days: readonly [number, number];
}
/** A decision asks for the same period again and again, and so does the next one: the last that was found for each zone. */
const found = new Map<string, Record<CalendarPeriod, FoundPeriod>>();
const none: FoundPeriod = { days: [0, 0], start: 0, end: 0 };

/**
 * The day, week (from Monday, as ISO 8601 has it) or month of a customer's wall that an instant falls into: from the first
 * instant that shows its date to the last.
 */
export function periodOf(period: CalendarPeriod, zone: string, at: number): Period {
  const { day } = wallDay(zone, at);
  const last = found.get(zone) ?? { day: none, week: none, month: none };
  const [from, to] = last[period].days;
  if (day >= from && day < to) return last[period];
  const days = daysOf(period, day);
  last[period] = { days, start: instantAt(zone, days[0], 0), end: endOfWall(zone, days[1] * dayMs) };
  found.set(zone, last);
  return last[period];
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
