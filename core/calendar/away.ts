import { readSpan } from '../journey/phrases.ts';
import type { BusinessCalendar } from './business.ts';
import { spanFrom } from './moment.ts';

/** The instant a span away from `from`, in the calendar's business time where the span says so. Plain time stands in where there is no calendar. */
export function away(calendar: BusinessCalendar | null, from: number, span: string, direction: 1 | -1): number {
  const read = readSpan(span);
  if (!read) throw new Error(`'${span}' is no span such as '4 business hours'; publishing refuses it`);
  const found = spanFrom(from, calendar ? read : { ...read, business: false }, direction, calendar);
  if (!found.found) throw new Error(`'${span}' from ${new Date(from).toISOString()}: ${found.because}`);
  return found.at;
}
