/** A team's calendar with its country's public holidays. Never asked inside a workflow: what is found here goes into its history. */
import Holidays from 'date-holidays';
import { spanFrom } from '../core/calendar/moment.ts';
import { readCalendar, type BusinessCalendar } from '../core/calendar/business.ts';
import { readSpan } from '../core/journey/phrases.ts';
import type { Spans } from '../core/promise/promise.ts';
import type { StoredWords } from '../core/journey/stored-words.ts';

const kept = new Map<string, BusinessCalendar>();

export function calendarOf(words: StoredWords, team: string, now: number): BusinessCalendar | null {
  const spec = words.teams[team];
  if (!spec) return null;
  const year = new Date(now).getUTCFullYear();
  const key = JSON.stringify([spec, year]);
  const known = kept.get(key);
  if (known) return known;
  const read = readCalendar({ open: spec.open, zone: spec.zone, holidays: holidaysOf(spec.holidays, year) });
  if (!read.ok) throw new Error(`Team '${team}' has a calendar that cannot be read: ${read.faults.join('; ')}`);
  kept.set(key, read.calendar);
  return read.calendar;
}

/** Last year's to the year after next's: no promise reaches further. */
function holidaysOf(country: string | undefined, year: number): ReadonlySet<string> {
  if (country === undefined) return new Set();
  const [land, state] = country.split('-');
  const holidays = new Holidays(land ?? country, state ?? '');
  return new Set(
    [year - 1, year, year + 1, year + 2]
      .flatMap((y) => holidays.getHolidays(y))
      .filter((holiday) => holiday.type === 'public')
      .map((holiday) => holiday.date.slice(0, 10)),
  );
}

/** The instant a span away from `from`, in the team's business time where the span says so. Plain time stands in for a team that is not there. */
export function away(words: StoredWords | null, team: string, from: number, span: string, direction: 1 | -1): number {
  const read = readSpan(span);
  if (!read) throw new Error(`'${span}' is no span such as '4 business hours'; publishing refuses it`);
  const calendar = words && calendarOf(words, team, from);
  const found = spanFrom(from, calendar ? read : { ...read, business: false }, direction, calendar);
  if (!found.found) throw new Error(`'${span}' from ${new Date(from).toISOString()}: ${found.because}`);
  return found.at;
}

export const after = (words: StoredWords | null, team: string, from: number, span: string): number =>
  away(words, team, from, span, 1);
export const spansOf =
  (words: StoredWords | null): Spans =>
  (team, from, span, direction) =>
    away(words, team, from, span, direction);
