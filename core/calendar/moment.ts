/**
 * The instant a phrase means. Minutes, hours, days and weeks are fixed durations: a day is 86,400,000 ms, also over a
 * night in which the clock changes. Only where the phrase hangs on a date of the customer's wall (a time of day is named,
 * or the field is a calendar day) are days and weeks counted along the wall: '60 days before customer.renewsOn at 10:00'.
 */
import { readMoment, type MomentRead, type SpanRead } from '../journey/phrases.ts';
import { addBusiness, type BusinessCalendar } from './business.ts';
import { dayMs, dayOf, hourMs, instantAt, minuteMs, readClock, wallDay } from './zone.ts';

export interface MomentContext {
  /** When the wait began. */
  readonly from: number;
  /** Null when it is not known: then the team's zone stands in, because a wait must end some time. */
  readonly zoneOfCustomer: string | null;
  /** The team's. Null for a journey without one. */
  readonly calendar: BusinessCalendar | null;
  /** Values by path: an ISO 8601 instant with its offset, or a calendar day as 'YYYY-MM-DD'. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export type MomentFound =
  | { readonly found: true; readonly at: number }
  /** `field`: which value is missing. A wait on it can only be ended by that value's coming. */
  | { readonly found: false; readonly because: string; readonly field?: string };

const unitMs = { minute: minuteMs, hour: hourMs, day: dayMs, week: 7 * dayMs };
const missing = (because: string, field?: string): MomentFound => ({
  found: false,
  because,
  ...(field ? { field } : {}),
});
const found = (at: number): MomentFound => ({ found: true, at });

/** The instant of a phrase as it was said, or as `readMoment` read it. */
export function momentAt(said: MomentRead | string, context: MomentContext): MomentFound {
  const read = typeof said === 'string' ? readMoment(said) : said;
  if (!read) return missing(`${JSON.stringify(said)} is no moment such as '2 business days' or 'next 09:00'`);
  if ('in' in read) return spanFrom(context.from, read.in, 1, context.calendar);
  const zone = context.zoneOfCustomer ?? context.calendar?.zone ?? null;
  if ('next' in read)
    return zone === null
      ? missing('neither the customer nor the team has a zone')
      : nextClock(zone, context.from, read.next);
  return byField(read, zone, context);
}

/** `direction` -1: so long before. */
export function spanFrom(
  from: number,
  span: SpanRead,
  direction: 1 | -1,
  calendar: BusinessCalendar | null,
): MomentFound {
  if (!span.business) return found(from + direction * Math.round(span.count * unitMs[span.unit]));
  if (!calendar) return missing('business time needs a team with a calendar');
  return found(
    addBusiness(calendar, from, { count: span.count, unit: span.unit === 'day' ? 'day' : 'hour' }, direction),
  );
}

/** The next time the customer's clock shows this: later than now, also when it shows it now. */
function nextClock(zone: string, from: number, clock: string): MomentFound {
  const minutes = readClock(clock) ?? 0;
  const { day } = wallDay(zone, from);
  for (let ahead = 0; ; ahead += 1) {
    const at = instantAt(zone, day + ahead, minutes);
    if (at > from) return found(at);
  }
}

function byField(
  read: Extract<MomentRead, { field: string }>,
  zone: string | null,
  context: MomentContext,
): MomentFound {
  const value = context.fields[read.field];
  if (value === undefined || value === null) return missing(`'${read.field}' is not known`, read.field);
  const date = typeof value === 'string' ? dayOf(value) : null;
  const instant =
    date === null ? (typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : NaN) : null;
  if (instant !== null && !(Math.abs(instant) < Date.UTC(10_000, 0, 1)))
    return missing(`'${read.field}' is ${JSON.stringify(value)}, which is no moment`, read.field);
  const direction = read.side === 'before' ? -1 : 1;
  if (date === null && read.at === undefined)
    return read.by ? spanFrom(Number(instant), read.by, direction, context.calendar) : found(Number(instant));
  if (zone === null) return missing('neither the customer nor the team has a zone');
  return onTheWall(read, date ?? wallDay(zone, Number(instant)).day, instant, zone, context.calendar);
}

/** A date on the customer's wall, moved by whole days there, at the time that is named or at its beginning. */
function onTheWall(
  read: Extract<MomentRead, { field: string }>,
  date: number,
  instant: number | null,
  zone: string,
  calendar: BusinessCalendar | null,
): MomentFound {
  const minutes = readClock(read.at ?? '00:00') ?? 0;
  if (!read.by) return found(instantAt(zone, date, minutes));
  const direction = read.side === 'before' ? -1 : 1;
  const whole =
    !read.by.business && (read.by.unit === 'day' || read.by.unit === 'week') && Number.isInteger(read.by.count);
  if (whole)
    return found(instantAt(zone, date + direction * read.by.count * (read.by.unit === 'week' ? 7 : 1), minutes));
  const moved = spanFrom(instant ?? instantAt(zone, date, 0), read.by, direction, calendar);
  if (!moved.found || read.at === undefined) return moved;
  return found(instantAt(zone, wallDay(zone, moved.at).day, minutes));
}
