/** A team's calendar: when somebody is there, and business time counted by it. */
import { dateOf, dayMs, hourMs, instantAt, isZone, readClock, wallDay, weekdayOf } from './zone.ts';
import { readWeekday, weekdayName, weekdays } from './day-names.ts';

export interface CalendarSpec {
  /**
   * 'Mon-Fri 09:00-17:00', several parts apart by commas: 'Mon-Fri 09:00-12:00, Mon-Thu 13:00-17:00'. A part that ends at or before
   * its beginning goes over midnight: 'Mon-Fri 22:00-06:00'.
   */
  readonly open: string;
  readonly zone: string;
  /** Days on which nobody is there, as 'YYYY-MM-DD' on the team's own wall. What begins the evening before goes on to its end. */
  readonly holidays: ReadonlySet<string>;
}

/** Minutes since the midnight of the day on which it begins, so `to` may be after 24:00. Those of one day do not overlap and stand in order. */
interface Opening {
  readonly from: number;
  readonly to: number;
}
export interface BusinessCalendar {
  readonly zone: string;
  readonly holidays: ReadonlySet<string>;
  /** By weekday, Sunday first. */
  readonly openings: readonly (readonly Opening[])[];
}

export interface BusinessSpan {
  readonly count: number;
  readonly unit: 'hour' | 'day';
}

const part = /^([A-Z][a-z]+)(?:-([A-Z][a-z]+))? (\d\d:\d\d)-(\d\d:\d\d)$/;
const minutesOfDay = 1_440;
/** Within fifty years there is an opening, or the list of holidays is at fault. */
const horizonDays = 20_000;

/** Reads a team's calendar, or tells every fault at once. */
export function readCalendar(
  spec: CalendarSpec,
):
  | { readonly ok: true; readonly calendar: BusinessCalendar }
  | { readonly ok: false; readonly faults: readonly string[] } {
  const faults: string[] = [];
  if (!isZone(spec.zone)) faults.push(`zone is '${spec.zone}', and should be a zone such as 'Europe/Berlin'`);
  const openings: Opening[][] = weekdays.map(() => []);
  for (const said of spec.open.split(',').map((text) => text.trim())) {
    if (said === '') continue;
    const read = readPart(said);
    if (typeof read === 'string') faults.push(read);
    else for (const day of read.days) openings[day]?.push(read.opening);
  }
  for (const list of openings) list.sort((a, b) => a.from - b.from);
  for (const [day, list] of openings.entries()) {
    const lateBefore = (openings.at(day - 1)?.at(-1)?.to ?? 0) - minutesOfDay;
    if (list.some((opening, i) => opening.from < (list[i - 1]?.to ?? lateBefore)))
      faults.push(`open: '${spec.open}' has hours that overlap on ${weekdayName(day)}`);
  }
  if (faults.length === 0 && openings.every((list) => list.length === 0))
    faults.push(
      `open: '${spec.open}' has no working hour: nothing could ever be due. Write hours such as 'Mon-Fri 09:00-17:00'`,
    );
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, calendar: { zone: spec.zone, holidays: spec.holidays, openings } };
}

function readPart(said: string): { days: number[]; opening: Opening } | string {
  const m = part.exec(said);
  if (!m) return `open: '${said}' is not understood; hours read like 'Mon-Fri 09:00-17:00'`;
  const [, first = '', last = first, fromSaid = '', toSaid = ''] = m;
  const begin = readWeekday(first);
  const end = readWeekday(last);
  const from = readClock(fromSaid);
  const to = readClock(toSaid);
  if (begin === null || end === null) return `open: '${said}' names a day that is none; days read 'Mon', 'Tue' … 'Sun'`;
  if (from === null || to === null)
    return `open: '${said}' names a time that is none; times go from '00:00' to '24:00'`;
  if (from === to) return `open: '${said}' ends when it begins; a whole day is written '00:00-24:00'`;
  const opening = { from, to: to > from ? to : to + minutesOfDay };
  const days: number[] = [];
  for (let day = begin; ; day = (day + 1) % 7) {
    days.push(day);
    if (day === end) return { days, opening };
  }
}

/** The opening times of one day on the team's wall; none on a holiday. */
function openingsOn(calendar: BusinessCalendar, day: number): readonly Opening[] {
  return calendar.holidays.has(dateOf(day)) ? [] : (calendar.openings[weekdayOf(day)] ?? []);
}

/** A day with an hour in it, and no holiday. */
export const isWorkingDay = (calendar: BusinessCalendar, day: number): boolean => openingsOn(calendar, day).length > 0;

/** The opening times that begin on a day of the team's wall, as instants; none on a holiday. */
export const openOn = (calendar: BusinessCalendar, day: number): { readonly from: number; readonly to: number }[] =>
  openingsOn(calendar, day).map(({ from, to }) => ({
    from: instantOn(calendar.zone, day, from),
    to: instantOn(calendar.zone, day, to),
  }));

/** The clock of a day, on after its midnight: 30:00 is six in the morning of the next. */
const instantOn = (zone: string, day: number, minutes: number): number =>
  minutes > minutesOfDay ? instantAt(zone, day + 1, minutes - minutesOfDay) : instantAt(zone, day, minutes);

const isOpenOf = (calendar: BusinessCalendar, day: number, at: number): boolean =>
  openingsOn(calendar, day).some(
    ({ from, to }) => instantOn(calendar.zone, day, from) <= at && at < instantOn(calendar.zone, day, to),
  );

/** Closing time itself is closed. */
export function isOpen(calendar: BusinessCalendar, at: number): boolean {
  const { day } = wallDay(calendar.zone, at);
  return isOpenOf(calendar, day, at) || isOpenOf(calendar, day - 1, at);
}

/** The first instant from `at` on at which somebody is there: `at` itself while they are open. */
export function nextOpening(calendar: BusinessCalendar, at: number): number {
  for (const { from, to } of stretches(calendar, at, 1)) if (at < to) return Math.max(from, at);
  return noOpening(at);
}

function noOpening(at: number): never {
  throw new RangeError(
    `No opening within ${String(horizonDays)} days of ${new Date(at).toISOString()}: look at the list of holidays`,
  );
}

/** Opening times as instants, day by day away from `at`, forwards or backwards. */
function* stretches(calendar: BusinessCalendar, at: number, step: 1 | -1): Generator<{ from: number; to: number }> {
  const { day } = wallDay(calendar.zone, at);
  // Yesterday's may go on over midnight; backwards its turn comes by itself.
  for (let n = step === 1 ? -1 : 0; n <= horizonDays; n += 1) {
    const openings = openingsOn(calendar, day + n * step);
    for (const { from, to } of step === 1 ? openings : openings.toReversed()) {
      yield { from: instantOn(calendar.zone, day + n * step, from), to: instantOn(calendar.zone, day + n * step, to) };
    }
  }
}

/**
 * The instant `count` business hours or days after `from` (before it, with `direction` -1).
 *
 * Business hours count only while the team is open, in real time: an hour that the clock skips is not worked. What is due
 * at closing time stays at closing time, and is not moved to the next morning.
 *
 * A business day later is the same time of day on the next working day, clamped into that day's hours: earlier than
 * opening is opening, later than closing is closing, in a break is the end of the break. So Friday 16:00 becomes Monday
 * 16:00, Friday 20:00 becomes Monday at closing, and Saturday 10:00 becomes Monday 10:00. Part of a day counts as one.
 */
export function addBusiness(
  calendar: BusinessCalendar,
  from: number,
  span: BusinessSpan,
  direction: 1 | -1 = 1,
): number {
  if (!(span.count >= 0))
    throw new RangeError(`Business time of ${String(span.count)} ${span.unit}s: expected 0 or more`);
  if (span.unit === 'hour')
    return direction === 1 ? hoursAfter(calendar, from, span.count) : hoursBefore(calendar, from, span.count);
  return daysAway(calendar, from, Math.ceil(span.count), direction);
}

function hoursAfter(calendar: BusinessCalendar, at: number, hours: number): number {
  let leftMs = Math.round(hours * hourMs);
  for (const { from, to } of stretches(calendar, at, 1)) {
    const start = Math.max(from, at);
    if (to < start || (to === start && leftMs > 0)) continue;
    if (leftMs <= to - start) return start + leftMs;
    leftMs -= to - start;
  }
  return noOpening(at);
}

function hoursBefore(calendar: BusinessCalendar, at: number, hours: number): number {
  let leftMs = Math.round(hours * hourMs);
  for (const { from, to } of stretches(calendar, at, -1)) {
    const end = Math.min(to, at);
    if (from > end || (from === end && leftMs > 0)) continue;
    if (leftMs <= end - from) return end - leftMs;
    leftMs -= end - from;
  }
  return noOpening(at);
}

function daysAway(calendar: BusinessCalendar, at: number, days: number, direction: 1 | -1): number {
  const { day, sinceMidnightMs } = dayWorked(calendar, at);
  let left = days;
  let target = day;
  // With nothing to count, a closed day still moves to the next working one: a due time is never on a holiday.
  if (left === 0 && !isWorkingDay(calendar, target)) left = 1;
  for (let n = 0; left > 0; n += 1) {
    if (n > horizonDays * 7) return noOpening(at);
    target += direction;
    if (isWorkingDay(calendar, target)) left -= 1;
  }
  return clampInto(calendar, target, sinceMidnightMs);
}

/** After midnight it is still the working day on which the shift began. */
function dayWorked(calendar: BusinessCalendar, at: number): { readonly day: number; readonly sinceMidnightMs: number } {
  const { day, sinceMidnightMs } = wallDay(calendar.zone, at);
  if (isOpenOf(calendar, day, at) || !isOpenOf(calendar, day - 1, at)) return { day, sinceMidnightMs };
  return { day: day - 1, sinceMidnightMs: sinceMidnightMs + dayMs };
}

function clampInto(calendar: BusinessCalendar, day: number, sinceMidnightMs: number): number {
  const openings = openingsOn(calendar, day);
  const minutes = sinceMidnightMs / (dayMs / minutesOfDay);
  for (const { from, to } of openings) if (minutes <= to) return instantOn(calendar.zone, day, Math.max(from, minutes));
  return instantOn(calendar.zone, day, openings.at(-1)?.to ?? minutesOfDay);
}
