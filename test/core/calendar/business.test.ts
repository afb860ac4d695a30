import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addBusiness,
  isOpen,
  nextOpening,
  readCalendar,
  type BusinessCalendar,
} from '../../../core/calendar/business.ts';
import { hourMs, minuteMs } from '../../../core/calendar/zone.ts';

const at = (iso: string): number => Date.parse(iso);
const iso = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z');
function calendar(open: string, zone = 'Europe/Berlin', ...holidays: string[]): BusinessCalendar {
  const read = readCalendar({ open, zone, holidays: new Set(holidays) });
  if (!read.ok) throw new Error(read.faults.join('; '));
  return read.calendar;
}
const faults = (open: string, zone = 'Europe/Berlin'): readonly string[] => {
  const read = readCalendar({ open, zone, holidays: new Set() });
  return read.ok ? [] : read.faults;
};

/** Berlin is one hour ahead of UTC here: 09:00 is 08:00Z. 24 November 2026 is a Tuesday; the Thursday is a holiday. */
const care = calendar('Mon-Fri 09:00-17:00', 'Europe/Berlin', '2026-11-26');
const withBreak = calendar('Mon-Thu 09:00-12:00, Mon-Thu 13:00-17:00, Fri 09:00-12:00');
const nights = calendar('Mon-Sun 00:00-24:00');

describe('business time', () => {
  test.each([
    ['within a day', care, '2026-11-24T08:00:00Z', 4, 'hour', '2026-11-24T12:00:00Z'],
    ['to closing time, and it stays there', care, '2026-11-24T12:00:00Z', 4, 'hour', '2026-11-24T16:00:00Z'],
    ['a minute over closing time', care, '2026-11-24T12:01:00Z', 4, 'hour', '2026-11-25T08:01:00Z'],
    ['over a holiday', care, '2026-11-25T15:00:00Z', 4, 'hour', '2026-11-27T11:00:00Z'],
    ['over a weekend', care, '2026-11-27T15:00:00Z', 2, 'hour', '2026-11-30T09:00:00Z'],
    ['asked at night', care, '2026-11-24T20:00:00Z', 4, 'hour', '2026-11-25T12:00:00Z'],
    ['asked at closing time', care, '2026-11-24T16:00:00Z', 1, 'hour', '2026-11-25T09:00:00Z'],
    ['a part of an hour', care, '2026-11-24T08:00:00Z', 0.5, 'hour', '2026-11-24T08:30:00Z'],
    ['over a break', withBreak, '2026-11-24T10:00:00Z', 2, 'hour', '2026-11-24T13:00:00Z'],
    ['to the beginning of a break', withBreak, '2026-11-24T10:00:00Z', 1, 'hour', '2026-11-24T11:00:00Z'],
    ['no time while open', care, '2026-11-24T10:00:00Z', 0, 'hour', '2026-11-24T10:00:00Z'],
    ['no time while closed', care, '2026-11-24T20:00:00Z', 0, 'hour', '2026-11-25T08:00:00Z'],
    ['a working week of hours', care, '2026-11-30T08:00:00Z', 40, 'hour', '2026-12-04T16:00:00Z'],
    ['a day', care, '2026-11-24T10:17:00Z', 1, 'day', '2026-11-25T10:17:00Z'],
    ['a day over a holiday', care, '2026-11-25T10:00:00Z', 1, 'day', '2026-11-27T10:00:00Z'],
    ['a day over a weekend', care, '2026-11-27T15:00:00Z', 1, 'day', '2026-11-30T15:00:00Z'],
    ['a day, asked in the evening: at closing', care, '2026-11-27T19:00:00Z', 1, 'day', '2026-11-30T16:00:00Z'],
    ['a day, asked early: at opening', care, '2026-11-24T05:00:00Z', 1, 'day', '2026-11-25T08:00:00Z'],
    ['a day, asked on a Saturday', care, '2026-11-28T09:00:00Z', 1, 'day', '2026-11-30T09:00:00Z'],
    ['no day on a Saturday: the next working one', care, '2026-11-28T09:00:00Z', 0, 'day', '2026-11-30T09:00:00Z'],
    ['a day into a break: when it is over', withBreak, '2026-11-24T11:30:00Z', 1, 'day', '2026-11-25T12:00:00Z'],
    ['a day to a shorter one: at its closing', withBreak, '2026-11-26T15:00:00Z', 1, 'day', '2026-11-27T11:00:00Z'],
    ['part of a day counts as one', care, '2026-11-24T10:00:00Z', 0.5, 'day', '2026-11-25T10:00:00Z'],
    // On 29 March the clock goes from 02:00 to 03:00, on 25 October from 03:00 back to 02:00.
    ['hours in a night that loses one', nights, '2026-03-29T00:00:00Z', 2, 'hour', '2026-03-29T02:00:00Z'],
    ['a due time the morning after, in spring', care, '2026-03-27T15:00:00Z', 2, 'hour', '2026-03-30T08:00:00Z'],
    ['a due time the morning after, in autumn', care, '2026-10-23T14:00:00Z', 2, 'hour', '2026-10-26T09:00:00Z'],
    [
      'a day over a change of the clock keeps the time of day',
      care,
      '2026-10-23T10:00:00Z',
      1,
      'day',
      '2026-10-26T11:00:00Z',
    ],
    [
      'by the rules of this year',
      calendar('Mon-Fri 09:00-17:00', 'America/Vancouver'),
      '2026-10-30T23:00:00Z',
      2,
      'hour',
      '2026-11-02T17:00:00Z',
    ],
    [
      'in a zone of 45 minutes',
      calendar('Sun-Fri 10:00-17:00', 'Asia/Kathmandu'),
      '2026-11-24T11:00:00Z',
      1,
      'hour',
      '2026-11-25T05:00:00Z',
    ],
  ] as const)('%s', (_, team, from, count, unit, expected) => {
    expect(iso(addBusiness(team, at(from), { count, unit }))).toBe(expected);
  });

  test.each([
    ['hours before', care, '2026-11-25T09:00:00Z', 2, 'hour', '2026-11-24T15:00:00Z'],
    ['hours before, to opening', care, '2026-11-25T10:00:00Z', 2, 'hour', '2026-11-25T08:00:00Z'],
    ['days before, over a holiday', care, '2026-11-27T10:00:00Z', 1, 'day', '2026-11-25T10:00:00Z'],
  ] as const)('%s', (_, team, from, count, unit, expected) => {
    expect(iso(addBusiness(team, at(from), { count, unit }, -1))).toBe(expected);
  });

  const teams = fc.constantFrom(
    care,
    withBreak,
    nights,
    calendar('Mon-Sat 07:00-19:00', 'America/Havana'),
    calendar('Sat-Sun 22:00-24:00', 'Australia/Lord_Howe'),
  );
  const instants = fc
    .integer({ min: at('2026-01-01T00:00:00Z') / minuteMs, max: at('2027-12-31T00:00:00Z') / minuteMs })
    .map((m) => m * minuteMs);
  const hours = fc.integer({ min: 1, max: 240 }).map((quarters) => quarters / 4);

  it('opens so many hours, minute for minute, until it is due', () => {
    fc.assert(
      fc.property(teams, instants, fc.integer({ min: 1, max: 24 }), (team, from, quarters) => {
        const due = addBusiness(team, from, { count: quarters / 4, unit: 'hour' });
        let minutes = 0;
        for (let t = from; t < due; t += minuteMs) if (isOpen(team, t)) minutes += 1;
        expect(minutes).toBe(quarters * 15);
        expect(isOpen(team, due - 1)).toBe(true);
      }),
      { seed: 20261124, numRuns: 60 },
    );
  });
  it('is one thing in two steps or in one, and comes back the same way', () => {
    fc.assert(
      fc.property(teams, instants, hours, hours, (team, from, a, b) => {
        const first = addBusiness(team, from, { count: a, unit: 'hour' });
        const both = addBusiness(team, from, { count: a + b, unit: 'hour' });
        expect(addBusiness(team, first, { count: b, unit: 'hour' })).toBe(both);
        expect(addBusiness(team, both, { count: b, unit: 'hour' }, -1)).toBeLessThanOrEqual(nextOpening(team, first));
        expect(addBusiness(team, both, { count: b, unit: 'hour' }, -1)).toBeGreaterThanOrEqual(first - 1);
      }),
      { seed: 20261124, numRuns: 500 },
    );
  });
});

describe('opening hours', () => {
  it('are open from opening on, and closed from closing on', () => {
    expect(isOpen(care, at('2026-11-24T08:00:00Z'))).toBe(true);
    expect(isOpen(care, at('2026-11-24T07:59:59.999Z'))).toBe(false);
    expect(isOpen(care, at('2026-11-24T15:59:59.999Z'))).toBe(true);
    expect(isOpen(care, at('2026-11-24T16:00:00Z'))).toBe(false);
    expect(isOpen(care, at('2026-11-26T10:00:00Z'))).toBe(false);
  });
  it('name the next opening', () => {
    expect(iso(nextOpening(care, at('2026-11-24T10:00:00Z')))).toBe('2026-11-24T10:00:00Z');
    expect(iso(nextOpening(care, at('2026-11-25T16:00:00Z')))).toBe('2026-11-27T08:00:00Z');
    expect(nextOpening(nights, at('2026-11-24T10:00:00Z')) - at('2026-11-24T10:00:00Z')).toBe(0 * hourMs);
  });
  it.each([
    ['Mon-Fri 9-17', /'Mon-Fri 9-17' is not understood/],
    ['Mo-Fr 09:00-17:00', /not understood|names a day/],
    ['Mon-Fri 09:00-09:00', /ends when it begins/],
    ['Mon-Fri 09:00-25:00', /names a time that is none/],
    ['Mon-Fri 09:00-17:00, Fri 16:00-18:00', /overlap on Friday/],
    ['', /no working hour/],
    [' , ', /no working hour/],
  ])('refuse %p', (open, message) => {
    expect(faults(open)).toEqual([expect.stringMatching(message)]);
  });
  it('tell all faults at once', () => {
    expect(faults('Mon-Fry 09:00-17:00, Sat 12:00-12:00', 'Europe/Berlon')).toHaveLength(3);
  });
  it('go round the end of the week', () => {
    expect(isOpen(calendar('Sat-Mon 09:00-17:00'), at('2026-11-22T10:00:00Z'))).toBe(true);
    expect(isOpen(calendar('Sat-Mon 09:00-17:00'), at('2026-11-24T10:00:00Z'))).toBe(false);
  });
  it('with holidays for ever are an error, not an endless search', () => {
    const never: ReadonlySet<string> = Object.assign(new Set<string>(), { has: () => true });
    const read = readCalendar({ open: 'Mon-Fri 09:00-17:00', zone: 'UTC', holidays: never });
    expect(() => read.ok && addBusiness(read.calendar, 0, { count: 1, unit: 'hour' })).toThrow('No opening within');
    expect(() => read.ok && addBusiness(read.calendar, 0, { count: 1, unit: 'day' })).toThrow('No opening within');
  });
});
