/** Amounts of time on the calendars of a week without holidays. */
import { momentAt } from '../calendar/moment.ts';
import { dayOf, instantAt } from '../calendar/zone.ts';
import type { Scalar } from '../journey/table.ts';
import type { Setting } from './setting.ts';

/** How long something takes: as it was said, from whenever it begins, or so many milliseconds. */
export type Lasts =
  | { readonly said: string; readonly team: string }
  | { readonly ms: number }
  /** One after the other: a ladder. */
  | { readonly each: readonly { readonly said: string; readonly team: string }[] };

export function after(setting: Setting, from: number, lasts: Lasts): number {
  if ('ms' in lasts) return from + lasts.ms;
  const each = 'each' in lasts ? lasts.each : [lasts];
  return each.reduce((at, { said, team }) => momentOf(setting, said, team, at) ?? at, from);
}

/** Null where a date is not known. */
export function momentOf(
  setting: Setting,
  said: string,
  team: string,
  from: number,
  fields: Readonly<Record<string, Scalar | null>> = {},
): number | null {
  const found = momentAt(said, {
    from,
    zoneOfCustomer: setting.zone,
    calendar: setting.calendar(team),
    fields,
  });
  return found.found ? found.at : null;
}

/** The beginnings that are tried: a Monday morning and afternoon, before a week-end, and within one. */
export function beginnings({ zone }: Setting): readonly number[] {
  const at = (date: string, minutes: number): number => instantAt(zone, dayOf(date) ?? 0, minutes);
  return [
    at('2026-03-02', 9 * 60),
    at('2026-03-06', 16 * 60 + 30),
    at('2026-03-07', 11 * 60),
    at('2026-03-04', 13 * 60),
  ];
}
