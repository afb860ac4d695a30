import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import {
  dateOf,
  dayMs,
  dayOf,
  endOfWall,
  hourMs,
  instantAt,
  instantOfWall,
  isZone,
  minuteMs,
  nextChange,
  offsetMs,
  startOfDay,
  wallClock,
  wallMs,
  weekdayOf,
  zoneRules,
} from '../../../core/calendar/zone.ts';

const at = (iso: string): number => Date.parse(iso);
const iso = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z');
const hoursEast = (zone: string, instant: string): number => offsetMs(zone, at(instant)) / hourMs;

/**
 * The rules that changed in 2026, and what the set before said. Source: the release notes of the IANA time zone database,
 * https://www.iana.org/time-zones/releases/2026b and so on; `release` is the one that brought the change. Three of the five
 * change nothing on the day they are law and everything on 1 November, when the clocks would have gone back.
 */
const probes: readonly { zone: string; release: string; instant: string; hours: number; before: number }[] = [
  // 2026b: British Columbia stays on −07 for good.
  { zone: 'America/Vancouver', release: '2026b', instant: '2026-10-31T12:00:00Z', hours: -7, before: -7 },
  { zone: 'America/Vancouver', release: '2026b', instant: '2026-11-01T08:59:59Z', hours: -7, before: -7 },
  { zone: 'America/Vancouver', release: '2026b', instant: '2026-11-01T09:00:00Z', hours: -7, before: -8 },
  { zone: 'America/Vancouver', release: '2026b', instant: '2027-01-15T12:00:00Z', hours: -7, before: -8 },
  { zone: 'America/Vancouver', release: '2026b', instant: '2027-07-15T12:00:00Z', hours: -7, before: -7 },
  // 2026c: Alberta stays on −06 for good.
  { zone: 'America/Edmonton', release: '2026c', instant: '2026-11-01T07:59:59Z', hours: -6, before: -6 },
  { zone: 'America/Edmonton', release: '2026c', instant: '2026-11-01T08:00:00Z', hours: -6, before: -7 },
  { zone: 'America/Edmonton', release: '2026c', instant: '2027-02-01T12:00:00Z', hours: -6, before: -7 },
  // 2026c: Morocco goes back to +00 for good on 20 September at 02:00, and has no Ramadan change any more.
  { zone: 'Africa/Casablanca', release: '2026c', instant: '2026-09-20T00:59:59Z', hours: 1, before: 1 },
  { zone: 'Africa/Casablanca', release: '2026c', instant: '2026-09-20T01:00:00Z', hours: 0, before: 1 },
  { zone: 'Africa/Casablanca', release: '2026c', instant: '2026-12-24T12:00:00Z', hours: 0, before: 1 },
  { zone: 'Africa/Casablanca', release: '2026c', instant: '2027-02-20T12:00:00Z', hours: 0, before: 0 },
  // 2026e: Manitoba stays on −05 for good.
  { zone: 'America/Winnipeg', release: '2026e', instant: '2026-11-01T06:59:59Z', hours: -5, before: -5 },
  { zone: 'America/Winnipeg', release: '2026e', instant: '2026-11-01T07:00:00Z', hours: -5, before: -6 },
  { zone: 'America/Winnipeg', release: '2026e', instant: '2027-01-15T12:00:00Z', hours: -5, before: -6 },
  // 2026f: Cuba does not fall back on 1 November 2026, but on 7 November 2027.
  { zone: 'America/Havana', release: '2026f', instant: '2026-11-01T05:00:00Z', hours: -4, before: -5 },
  { zone: 'America/Havana', release: '2026f', instant: '2027-03-01T12:00:00Z', hours: -4, before: -5 },
  { zone: 'America/Havana', release: '2026f', instant: '2027-11-07T04:59:59Z', hours: -4, before: -4 },
  { zone: 'America/Havana', release: '2026f', instant: '2027-11-07T05:00:00Z', hours: -5, before: -5 },
];

describe('the zone rules of this year', () => {
  test.each(probes)('$zone at $instant is $hours hours from UTC ($release)', ({ zone, instant, hours }) => {
    expect(hoursEast(zone, instant)).toBe(hours);
  });

  it('come from a release that has all of these changes', () => {
    expect(zoneRules() >= '2026f').toBe(true);
  });

  it('would be an hour off by an older set: 08:00 in Vancouver on 1 December is 15:00 in UTC, not 16:00', () => {
    const eight = instantAt('America/Vancouver', dayOf('2026-12-01') ?? 0, 8 * 60);
    const byTheSetBefore = at('2026-12-01T08:00:00-08:00');
    expect(iso(eight)).toBe('2026-12-01T15:00:00Z');
    expect(byTheSetBefore - eight).toBe(hourMs);
  });

  // Node's own table is an older set wherever its release is: then it says what we must not say. Otherwise it says what we say.
  const release = process.versions['tz'] ?? 'none';
  const byNode = probes.map((probe) => ({ ...probe, said: release < probe.release ? probe.before : probe.hours }));
  test.each(byNode)("$zone at $instant: $said by Node's own table", ({ zone, instant, said }) => {
    expect(release).toMatch(/^20\d\d[a-z]$/);
    const shown = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
      .formatToParts(at(instant))
      .find((part) => part.type === 'timeZoneName')?.value;
    // 'GMT-08:00'; no offset is written 'GMT' by some versions and 'GMT+00:00' by others.
    const [, east = 'unreadable'] = /^GMT([+-]\d\d):00$/.exec(shown === 'GMT' ? 'GMT+00:00' : (shown ?? '')) ?? [];
    expect(Number(east)).toBe(said);
  });
});

describe('the instant of a wall time', () => {
  const wall = (said: string): number => Date.parse(`${said}:00Z`);
  test.each([
    ['an ordinary one', 'Europe/Berlin', '2026-11-24T08:00', '2026-11-24T07:00:00Z'],
    ['skipped in spring: right after the gap', 'Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:00:00Z'],
    ['the last before the gap', 'Europe/Berlin', '2026-03-29T01:59', '2026-03-29T00:59:00Z'],
    ['the first after the gap', 'Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00:00Z'],
    ['twice in autumn: the first', 'Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00Z'],
    ['the first after the overlap', 'Europe/Berlin', '2026-10-25T03:00', '2026-10-25T02:00:00Z'],
    ['in a zone of 45 minutes', 'Asia/Kathmandu', '2026-06-01T09:00', '2026-06-01T03:15:00Z'],
    ['in a zone of 30 minutes', 'Asia/Kolkata', '2026-06-01T09:00', '2026-06-01T03:30:00Z'],
    ['in a zone whose summer is 30 minutes', 'Australia/Lord_Howe', '2026-01-01T09:00', '2025-12-31T22:00:00Z'],
    ['in the gap of 30 minutes', 'Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:30:00Z'],
    ['on a day that was skipped', 'Pacific/Apia', '2011-12-30T12:00', '2011-12-30T10:00:00Z'],
    ['midnight that is skipped', 'America/Havana', '2026-03-08T00:00', '2026-03-08T05:00:00Z'],
    ['on a leap day', 'Europe/Berlin', '2028-02-29T12:00', '2028-02-29T11:00:00Z'],
  ])('%s', (_, zone, said, instant) => {
    expect(iso(instantOfWall(zone, wall(said)))).toBe(instant);
  });

  const zones = [
    'Europe/Berlin',
    'America/Havana',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'Africa/Casablanca',
  ];
  const instants = fc.integer({ min: at('2000-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z') });
  it('is never later than an instant that shows it, and shows it unless it is skipped', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, (zone, instant) => {
        const found = instantOfWall(zone, wallMs(zone, instant));
        expect(found).toBeLessThanOrEqual(instant);
        expect(wallMs(zone, found)).toBe(wallMs(zone, instant));
      }),
      { seed: 20261124, numRuns: 3000 },
    );
  });
  it('begins each day at the first instant that shows its date', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, (zone, instant) => {
        const start = startOfDay(zone, instant);
        const date = (when: number): string => iso(wallMs(zone, when)).slice(0, 10);
        expect(start).toBeLessThanOrEqual(instant);
        expect(date(start)).toBe(date(instant));
        expect(date(start - 1) < date(instant)).toBe(true);
      }),
      { seed: 20261124, numRuns: 3000 },
    );
  });
});

describe('the end of a day', () => {
  test.each([
    ['an ordinary one', 'Europe/Berlin', '2026-11-24', '2026-11-24T23:00:00Z'],
    ['of 23 hours', 'Europe/Berlin', '2026-03-29', '2026-03-29T22:00:00Z'],
    ['of 25 hours', 'Europe/Berlin', '2026-10-25', '2026-10-25T23:00:00Z'],
    ['before a midnight that is skipped', 'America/Havana', '2026-03-07', '2026-03-08T05:00:00Z'],
    ['before a midnight that comes twice', 'America/Havana', '2025-11-01', '2025-11-02T04:00:00Z'],
    ['into which the clock goes back from midnight', 'Asia/Beirut', '2025-10-25', '2025-10-25T22:00:00Z'],
    ['into which it goes back from 00:01', 'America/St_Johns', '2009-10-31', '2009-11-01T03:30:00Z'],
    ['before a day that was skipped', 'Pacific/Apia', '2011-12-29', '2011-12-30T10:00:00Z'],
    ['that was skipped', 'Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z'],
    ['of the first rules there are', 'Europe/Berlin', '1850-01-01', '1850-01-01T23:06:32Z'],
  ])('%s', (_, zone, date, instant) => {
    expect(iso(endOfWall(zone, ((dayOf(date) ?? 0) + 1) * dayMs))).toBe(instant);
  });
});

describe('zones and days', () => {
  it('knows zones by name, and nothing that only looks like one', () => {
    expect(['Europe/Berlin', 'UTC', 'Asia/Kathmandu'].map(isZone)).toEqual([true, true, true]);
    expect(['Europe/Berlon', '', '__proto__', 'constructor'].map(isZone)).toEqual([false, false, false, false]);
    expect(() => offsetMs('Europe/Berlon', 0)).toThrow("'Europe/Berlon' is no zone");
  });
  it('tells what the clock shows', () => {
    expect(wallClock('Asia/Kathmandu', at('2026-11-24T18:20:00Z'))).toEqual({
      year: 2026,
      month: 11,
      day: 25,
      hour: 0,
      minute: 5,
      weekday: 3,
    });
  });
  it('tells when the clock is changed next, and that it never is again', () => {
    expect(iso(nextChange('Europe/Berlin', at('2026-11-24T00:00:00Z')))).toBe('2027-03-28T01:00:00Z');
    expect(nextChange('America/Vancouver', at('2027-01-01T00:00:00Z'))).toBe(Infinity);
  });
  it('counts days both ways', () => {
    expect(dayOf('2026-11-24')).toBe(at('2026-11-24T00:00:00Z') / dayMs);
    expect(dateOf(dayOf('2028-02-29') ?? 0)).toBe('2028-02-29');
    expect(['2026-02-29', '2026-13-01', '24.11.2026'].map(dayOf)).toEqual([null, null, null]);
    expect(weekdayOf(dayOf('2026-11-24') ?? 0)).toBe(2);
    expect(weekdayOf(-1)).toBe(3);
    expect(minuteMs).toBe(60_000);
  });
});
