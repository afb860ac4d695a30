/** Sunday first, as `weekdayOf` counts. */
export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** The number of a day written out or by its first three letters ('Monday', 'Mon'); null if it is none. */
export function readWeekday(said: string): number | null {
  const found = weekdays.findIndex((name) => name === said || name.slice(0, 3) === said);
  return found < 0 ? null : found;
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Of a day as `wallClock` counts it, from 0 for Sunday: 'Tuesday'. */
export const weekdayName = (weekday: number): string => weekdays[weekday] ?? '';
/** Of a month from 1 to 12: 'Nov'. */
export const monthName = (month: number): string => monthNames[month - 1] ?? '';
