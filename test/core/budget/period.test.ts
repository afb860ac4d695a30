import { expect, test } from '@jest/globals';
import { periodOf } from '../../../core/budget/period.ts';
import { at, iso } from './fixtures.ts';

const said = (period: 'day' | 'week' | 'month', zone: string, instant: string): string => {
  const { start, end } = periodOf(period, zone, at(instant));
  return `${iso(start)} to ${iso(end)}`;
};

test.each([
  ['day', 'Europe/Berlin', '2026-11-24T22:59:59.999Z', '2026-11-23T23:00:00Z to 2026-11-24T23:00:00Z'],
  ['day', 'Europe/Berlin', '2026-11-24T23:00:00Z', '2026-11-24T23:00:00Z to 2026-11-25T23:00:00Z'],
  ['day', 'Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00Z to 2026-10-25T23:00:00Z'],
  ['week', 'Europe/Berlin', '2026-11-22T22:59:59.999Z', '2026-11-15T23:00:00Z to 2026-11-22T23:00:00Z'],
  ['week', 'Europe/Berlin', '2026-11-22T23:00:00Z', '2026-11-22T23:00:00Z to 2026-11-29T23:00:00Z'],
  ['week', 'Europe/Berlin', '1970-01-01T12:00:00Z', '1969-12-28T23:00:00Z to 1970-01-04T23:00:00Z'],
  ['month', 'Asia/Kathmandu', '2028-02-29T18:14:59.999Z', '2028-01-31T18:15:00Z to 2028-02-29T18:15:00Z'],
  ['month', 'Asia/Kathmandu', '2028-02-29T18:15:00Z', '2028-02-29T18:15:00Z to 2028-03-31T18:15:00Z'],
  ['month', 'Europe/Berlin', '2026-12-31T23:00:00Z', '2026-12-31T23:00:00Z to 2027-01-31T23:00:00Z'],
  ['day', 'Pacific/Apia', '2011-12-30T09:59:59Z', '2011-12-29T10:00:00Z to 2011-12-30T10:00:00Z'],
  ['day', 'Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-30T10:00:00Z to 2011-12-31T10:00:00Z'],
] as const)('the %s in %s of %s', (period, zone, instant, expected) => {
  expect(said(period, zone, instant)).toBe(expected);
});

test('where the clock goes back over midnight, a day lasts until its last hour is over again', () => {
  const saturday = '2009-10-31T02:30:00Z to 2009-11-01T03:30:00Z';
  const sunday = '2009-11-01T02:30:00Z to 2009-11-02T03:30:00Z';
  const day = (instant: string): string => said('day', 'America/St_Johns', instant);
  expect(
    ['2009-11-01T02:29:59Z', '2009-11-01T02:30:59Z', '2009-11-01T02:31:00Z', '2009-11-01T03:30:00Z'].map(day),
  ).toEqual([saturday, sunday, saturday, sunday]);
});
