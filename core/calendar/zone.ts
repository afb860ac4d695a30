/**
 * What a clock on the wall shows, and when. The arithmetic is on plain numbers, because a decision asks for the clock a dozen times and a
 * date object costs microseconds.
 */
import { isZone as hasRules, rulesOf, zoneRules } from './zone-rules.ts';

export { zoneRules };

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** What a clock on the wall shows. `weekday` is 0 on Sunday. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly weekday: number;
}

/** `untils[i]` ends the period in which the clock is `offsets[i]` milliseconds east of UTC. */
interface Table {
  readonly untils: readonly number[];
  readonly offsets: readonly number[];
}
const tables = new Map<string, Table>();

export const isZone = (name: string): boolean => tables.has(name) || hasRules(name);

function tableOf(zone: string): Table {
  const known = tables.get(zone);
  if (known) return known;
  const read = rulesOf(zone);
  if (!read) throw new RangeError(`'${zone}' is no zone of IANA ${zoneRules()}: a zone reads like 'Europe/Berlin'`);
  const table = {
    untils: read.untils,
    offsets: read.offsets.map((west) => 0 - Math.round(west * minuteMs)),
  };
  tables.set(zone, table);
  return table;
}

/** The period an instant falls into. */
function periodAt(table: Table, at: number): number {
  let low = 0;
  let high = table.untils.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at < (table.untils[middle] ?? Infinity)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Milliseconds east of UTC at an instant. */
export function offsetMs(zone: string, at: number): number {
  const table = tableOf(zone);
  return table.offsets[periodAt(table, at)] ?? 0;
}

/** The next instant after `at` at which the clock is changed; Infinity where it never is again. */
export function nextChange(zone: string, at: number): number {
  const table = tableOf(zone);
  return table.untils[periodAt(table, at)] ?? Infinity;
}

/** The wall clock as a number: the instant at which a clock in UTC would show the same. Days and times are plain division from here. */
export const wallMs = (zone: string, at: number): number => at + offsetMs(zone, at);

/** Days since 1970-01-01 on the wall, and the milliseconds since its midnight. */
export function wallDay(zone: string, at: number): { readonly day: number; readonly sinceMidnightMs: number } {
  const wall = wallMs(zone, at);
  const day = Math.floor(wall / dayMs);
  return { day, sinceMidnightMs: wall - day * dayMs };
}

/** 0 on Sunday; 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;

/** '2026-11-24' for a number of days since 1970-01-01. */
export const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** Days since 1970-01-01 for '2026-11-24'; null if there is no such day. */
export function dayOf(date: string): number | null {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!m) return null;
  const day = Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3])) / dayMs;
  return dateOf(day) === date ? day : null;
}

export function wallClock(zone: string, at: number): WallClock {
  const wall = new Date(wallMs(zone, at));
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    weekday: wall.getUTCDay(),
  };
}

/**
 * The instant at which the clock shows a time. A time that is skipped is the instant right after the gap; one that comes
 * twice is its first time.
 */
export function instantOfWall(zone: string, wall: number): number {
  const table = tableOf(zone);
  // No place on earth has ever been more than 16 hours from UTC, so the period cannot be an earlier one than this.
  for (let i = periodAt(table, wall - dayMs); i < table.untils.length; i += 1) {
    const at = wall - (table.offsets[i] ?? 0);
    if (at < (table.untils[i] ?? Infinity))
      return Math.max(at, i === 0 ? -Infinity : (table.untils[i - 1] ?? -Infinity));
  }
  throw new RangeError(`The zone '${zone}' has no instant for the wall time ${String(wall)}`);
}

/**
 * When a wall time is over and passed for good: the end of the last instant at which the clock shows an earlier one. Where a clock goes
 * back over midnight, a day ends only when its last hour is over for the second time.
 */
export function endOfWall(zone: string, wall: number): number {
  const table = tableOf(zone);
  for (let i = periodAt(table, wall + dayMs); ; i -= 1) {
    const east = table.offsets[i] ?? 0;
    const begins = i === 0 ? -Infinity : (table.untils[i - 1] ?? -Infinity);
    if (begins + east < wall) return Math.min(wall - east, table.untils[i] ?? Infinity);
  }
}

/** The instant of a time on a day, both as the wall shows them: see `instantOfWall`. */
export const instantAt = (zone: string, day: number, minutes: number): number =>
  instantOfWall(zone, day * dayMs + minutes * minuteMs);

/** The first instant of the day that `at` falls into: 00:00, or what comes right after a skipped midnight. */
export const startOfDay = (zone: string, at: number): number => instantAt(zone, wallDay(zone, at).day, 0);

/** Minutes since midnight for 'HH:MM'; '24:00' is the end of the day. Null if it is no time. */
export function readClock(said: string): number | null {
  const m = /^(\d\d):(\d\d)$/.exec(said);
  if (!m) return null;
  const minutes = Number(m[1]) * 60 + Number(m[2]);
  return Number(m[2]) < 60 && minutes <= 24 * 60 ? minutes : null;
}
