/** A team's calendar with its country's public holidays. Never asked inside a workflow: what is found here goes into its history. */
import Holidays from 'date-holidays';
import { away } from '../core/calendar/away.ts';
import { readCalendar, type BusinessCalendar } from '../core/calendar/business.ts';
import type { Spans } from '../core/promise/promise.ts';
import type { Team } from '../core/journey/lexicon.ts';
import type { StoredWords } from '../core/journey/stored-words.ts';

const kept = new Map<string, BusinessCalendar>();
const keptHolidays = new Map<string, ReadonlyMap<string, string>>();

export function calendarOf(words: StoredWords, team: string, now: number): BusinessCalendar | null {
  const spec = words.teams[team];
  if (!spec) return null;
  const year = new Date(now).getUTCFullYear();
  const key = JSON.stringify([spec, year]);
  const known = kept.get(key);
  if (known) return known;
  const read = readCalendar({ open: spec.open, zone: spec.zone, holidays: daysOffOf(spec, year) });
  if (!read.ok) throw new Error(`Team '${team}' has a calendar that cannot be read: ${read.faults.join('; ')}`);
  kept.set(key, read.calendar);
  return read.calendar;
}

/** Public holidays and days of their own; without those on which they work all the same. */
function daysOffOf({ holidays, daysOff = [], daysOn = [] }: Team, year: number): ReadonlySet<string> {
  const off = new Set([...holidaysOf(holidays, year).keys(), ...daysOff]);
  for (const day of daysOn) off.delete(day);
  return off;
}

/** The name of a public holiday, as it is called where it is one; null: it is none of this team's. */
export const holidayNamed = (words: StoredWords, team: string, date: string): string | null =>
  holidaysOf(words.teams[team]?.holidays, Number(date.slice(0, 4))).get(date) ?? null;

/** By date, last year's to the year after next's: no promise reaches further. */
function holidaysOf(country: string | undefined, year: number): ReadonlyMap<string, string> {
  if (country === undefined) return new Map();
  const key = `${country} ${String(year)}`;
  const known = keptHolidays.get(key);
  if (known) return known;
  const [land, state] = country.split('-');
  const holidays = new Holidays(land ?? country, state ?? '');
  const found = new Map(
    [year - 1, year, year + 1, year + 2]
      .flatMap((y) => holidays.getHolidays(y))
      .filter((holiday) => holiday.type === 'public')
      .map((holiday) => [holiday.date.slice(0, 10), holiday.name] as const),
  );
  keptHolidays.set(key, found);
  return found;
}

const awayFrom = (words: StoredWords | null, team: string, from: number, span: string, direction: 1 | -1): number =>
  away(words && calendarOf(words, team, from), from, span, direction);

export const after = (words: StoredWords | null, team: string, from: number, span: string): number =>
  awayFrom(words, team, from, span, 1);
export const spansOf =
  (words: StoredWords | null): Spans =>
  (team, from, span, direction) =>
    awayFrom(words, team, from, span, direction);
