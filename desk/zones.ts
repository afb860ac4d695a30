/** Dates and times on a wall somewhere. Offsets come from the engine's zone rules, which are newer than a browser's may be. */
import { useQuery } from '@tanstack/react-query';
import type { Zone } from './answers.ts';
import { ask } from './ask.ts';
import type { Words } from './words/en.ts';

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Undefined while it is asked for, and where there is no such zone. */
export function useZone(name: string | null): Zone | undefined {
  return useQuery({
    queryKey: ['zone', name],
    queryFn: ({ signal }) => ask<Zone>('/v1/zones', { query: { name: name ?? '' }, signal }),
    enabled: name !== null,
    staleTime: 6 * 3_600_000,
    retry: false,
  }).data;
}

/** Without rules of ours, this browser's own. */
function wall(at: number, zone: Zone | undefined): Date {
  const period = zone?.periods.findLast(({ from }) => Date.parse(from) <= at) ?? zone?.periods[0];
  const offset = period?.offsetMinutes ?? -new Date(at).getTimezoneOffset();
  return new Date(at + offset * 60_000);
}

const two = (n: number): string => String(n).padStart(2, '0');

/** '10:02' */
export const clockOf = (at: number, zone: Zone | undefined): string => {
  const shown = wall(at, zone);
  return `${two(shown.getUTCHours())}:${two(shown.getUTCMinutes())}`;
};

const dayOf = (shown: Date): number => Math.floor(shown.getTime() / 86_400_000);

/** '10:02' today, 'Tue 10:02' within a week, '3 Nov 10:02' this year, and with its year beyond. */
export function momentOf(at: number, zone: Zone | undefined, now: number, words: Words): string {
  const shown = wall(at, zone);
  const today = wall(now, zone);
  const days = dayOf(shown) - dayOf(today);
  const clock = clockOf(at, zone);
  if (days === 0) return clock;
  if (Math.abs(days) < 6) return `${words.days[shown.getUTCDay()] ?? ''} ${clock}`;
  const year = shown.getUTCFullYear() === today.getUTCFullYear() ? null : shown.getUTCFullYear();
  return `${words.date(shown.getUTCDate(), words.months[shown.getUTCMonth()] ?? '', year)} ${clock}`;
}

/** Whether the two walls show different times at this instant. */
export const differs = (at: number, one: Zone | undefined, other: Zone | undefined): boolean =>
  one !== undefined && other !== undefined && wall(at, one).getTime() !== wall(at, other).getTime();

/** The next day, at an hour on this wall. */
export function tomorrowAt(hour: number, zone: Zone | undefined, now: number): number {
  const shown = wall(now, zone);
  const at = Date.UTC(shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate() + 1, hour);
  // The offset of that moment, not of now: clocks may be changed tonight.
  const guess = at - (shown.getTime() - now);
  return at - (wall(guess, zone).getTime() - guess);
}

/** An instant for 'YYYY-MM-DDTHH:MM', as a field for dates and times gives it, read on this wall. */
export function instantOf(written: string, zone: Zone | undefined): number | null {
  const read = Date.parse(`${written}:00Z`);
  if (Number.isNaN(read)) return null;
  const guess = read - (wall(read, zone).getTime() - read);
  return read - (wall(guess, zone).getTime() - guess);
}
