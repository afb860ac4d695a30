/** The rules stay ours, whichever copies of the zone library a process loads. */
import { expect, test } from '@jest/globals';
import moment from 'moment-timezone';
import { isZone, rulesOf, zoneRules } from '../../../core/calendar/zone-rules.ts';
import { offsetMs } from '../../../core/calendar/zone.ts';

test('a library that brings older rules of its own changes nothing, though it takes the shared clock', async () => {
  await import('date-holidays');
  // Otherwise nothing was tried: the copy that came last has the shared object.
  expect(moment.tz.dataVersion).toBe('2025b');
  expect(zoneRules()).toBe('2026f');
  // Vancouver stays on summer time from 2026 on; by the rules of 2025 this would be eight hours.
  expect(offsetMs('America/Vancouver', Date.parse('2026-12-01T12:00:00Z'))).toBe(-7 * 3_600_000);
});

test('all zones the library knows are there by all their names, with the same rules', () => {
  // Of the shared object, whichever rules it has: names are hardly ever taken away.
  const names = moment.tz.names();
  expect(names.length).toBeGreaterThan(500);
  expect(names.filter((name) => !isZone(name) || rulesOf(name) === null)).toEqual([]);
});

test.each(['Mars/Base', '', 'Europe', '__proto__', 'constructor'])('%j is no zone', (name) => {
  expect(isZone(name)).toBe(false);
  expect(rulesOf(name)).toBeNull();
});
