/** Instants as people say them: 'Fri 16:55', '2026-03-06 16:55', '16:55'; and how far to go on: '2 days', '4 business hours', 'next 09:00'. */
import { readWeekday } from '../calendar/day-names.ts';
import { momentAt } from '../calendar/moment.ts';
import { dayOf, instantAt, readClock, wallDay, weekdayOf } from '../calendar/zone.ts';
import { readMoment } from '../journey/phrases.ts';
import type { Setting, Sim } from './types.ts';

/** The first such instant from `from` on, on the wall of `zone`; null if it is none. */
export function readWhen(said: string, zone: string, from: number): number | null {
  const date = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d\d:\d\d))?$/.exec(said);
  if (date) {
    const day = dayOf(date[1] ?? '');
    const minutes = readClock(date[2] ?? '00:00');
    return day === null || minutes === null ? null : instantAt(zone, day, minutes);
  }
  const named = /^(?:([A-Z][a-z]+) )?(\d\d:\d\d)$/.exec(said);
  const minutes = named && readClock(named[2] ?? '');
  const weekday = named?.[1] === undefined ? null : readWeekday(named[1]);
  if (minutes === null || (named?.[1] !== undefined && weekday === null)) return null;
  const { day } = wallDay(zone, from);
  for (let ahead = 0; ahead <= 7; ahead += 1) {
    const at = instantAt(zone, day + ahead, minutes);
    if (at >= from && (weekday === null || weekdayOf(day + ahead) === weekday)) return at;
  }
  return null;
}

/** So long after now: business time on the calendar of the journey's team. Null if it is no such phrase. */
export function readAfter({ journey, calendarOf }: Setting, sim: Sim, said: string): number | null {
  const moment = readMoment(said);
  if (!moment || 'field' in moment) return null;
  const found = momentAt(moment, {
    from: sim.now,
    zoneOfCustomer: sim.row.gates.zone,
    calendar: calendarOf(journey.team, sim.now),
    fields: {},
  });
  return found.found ? found.at : null;
}
