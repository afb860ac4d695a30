/** When a customer enters a journey by a date of theirs. */
import { isStorable } from '../../core/calendar/bounds.ts';
import { momentAt } from '../../core/calendar/moment.ts';
import { dayMs } from '../../core/calendar/zone.ts';
import { readMoment } from '../../core/journey/phrases.ts';
import type { Journey } from '../../core/journey/table.ts';
import type { StoredWords } from '../../core/journey/stored-words.ts';
import type { Scalar } from '../../core/run/inputs.ts';
import { calendarOf } from '../team-calendar.ts';

/**
 * A date that becomes known when its moment is over by no more than this is entered at once: imports come at night. One that is older is not
 * entered at all: a journey that was meant for two months ahead is no help a week ahead, and publishing it must not pour out what is past.
 */
export const mostLateMs = dayMs;

export interface DateEntry {
  /** The field's value: once for each. */
  readonly date: string;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}
export interface DatedCustomer {
  readonly zone: string | null;
  readonly fields: Readonly<Record<string, Scalar>>;
}

/** 'renewsOn' for '60 days before customer.renewsOn at 10:00'; null for a journey that is entered otherwise. */
export function entryFieldOf({ entry }: Journey): string | null {
  if (!('date' in entry)) return null;
  const moment = readMoment(entry.date);
  return moment && 'field' in moment && moment.field.startsWith('customer.')
    ? moment.field.slice('customer.'.length)
    : null;
}

/** Null: the date is not known, is none, or is so far away that it only means so. A customer without a zone has their date on the clock of the journey's team. */
export function dateEntryOf(
  journey: Journey,
  words: StoredWords,
  customer: DatedCustomer,
  now: number,
): DateEntry | null {
  const field = entryFieldOf(journey);
  if (field === null || !('date' in journey.entry)) return null;
  const value = customer.fields[field];
  if (value === undefined) return null;
  const found = momentAt(journey.entry.date, {
    from: now,
    zoneOfCustomer: customer.zone,
    calendar: calendarOf(words, journey.team, now),
    fields: { [`customer.${field}`]: value },
  });
  return found.found && isStorable(found.at) ? { date: String(value), dueAt: found.at } : null;
}
