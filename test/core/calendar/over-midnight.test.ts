import { describe, expect, it } from '@jest/globals';
import {
  addBusiness,
  isOpen,
  nextOpening,
  readCalendar,
  type BusinessCalendar,
} from '../../../core/calendar/business.ts';

function calendar(open: string, ...holidays: string[]): BusinessCalendar {
  const read = readCalendar({ open, zone: 'Europe/Berlin', holidays: new Set(holidays) });
  if (!read.ok) throw new Error(read.faults.join('; '));
  return read.calendar;
}

describe('a team that works over midnight', () => {
  const night = calendar('Mon-Fri 22:00-06:00', '2026-03-04');
  const at = (said: string): number => Date.parse(`${said}+01:00`);

  it('is there until the morning, and not in the evening of the last day', () => {
    const there = (said: string): boolean => isOpen(night, at(said));
    expect(there('2026-03-02T21:59')).toBe(false);
    expect(there('2026-03-02T22:00')).toBe(true);
    expect(there('2026-03-03T05:59')).toBe(true);
    expect(there('2026-03-03T06:00')).toBe(false);
    // Friday's night ends on Saturday morning; Monday before six belongs to nobody.
    expect(there('2026-03-07T05:59')).toBe(true);
    expect(there('2026-03-09T05:59')).toBe(false);
  });

  it('works to the end what it began before a holiday, and begins nothing on it', () => {
    expect(isOpen(night, at('2026-03-04T05:00'))).toBe(true);
    expect(isOpen(night, at('2026-03-04T23:00'))).toBe(false);
    expect(isOpen(night, at('2026-03-05T05:00'))).toBe(false);
    expect(nextOpening(night, at('2026-03-04T07:00'))).toBe(at('2026-03-05T22:00'));
  });

  it('counts its hours through the night, forwards and back', () => {
    const hours = (count: number) => ({ count, unit: 'hour' }) as const;
    expect(addBusiness(night, at('2026-03-02T23:00'), hours(4))).toBe(at('2026-03-03T03:00'));
    expect(addBusiness(night, at('2026-03-03T04:00'), hours(4))).toBe(at('2026-03-04T00:00'));
    expect(addBusiness(night, at('2026-03-04T00:00'), hours(4), -1)).toBe(at('2026-03-03T04:00'));
    expect(addBusiness(night, at('2026-03-07T05:00'), hours(2))).toBe(at('2026-03-09T23:00'));
  });

  it('has working days that end in the morning', () => {
    const day = { count: 1, unit: 'day' } as const;
    expect(addBusiness(night, at('2026-03-03T02:00'), day)).toBe(at('2026-03-04T02:00'));
    expect(addBusiness(night, at('2026-03-03T23:00'), day)).toBe(at('2026-03-05T23:00'));
    expect(addBusiness(night, at('2026-03-05T23:00'), day)).toBe(at('2026-03-06T23:00'));
    expect(addBusiness(night, at('2026-03-06T02:00'), day)).toBe(at('2026-03-07T02:00'));
  });

  it('keeps the wall through a change of the clock', () => {
    const nights = calendar('Sat 22:00-06:00');
    // At 02:00 the clock goes to 03:00: the night has seven hours.
    expect(addBusiness(nights, at('2026-03-28T22:00'), { count: 7, unit: 'hour' })).toBe(
      Date.parse('2026-03-29T06:00+02:00'),
    );
  });

  it('does not overlap with the next morning', () => {
    expect(readCalendar({ open: 'Mon 22:00-06:00, Tue 05:00-13:00', zone: 'UTC', holidays: new Set() })).toEqual({
      ok: false,
      faults: ["open: 'Mon 22:00-06:00, Tue 05:00-13:00' has hours that overlap on Tuesday"],
    });
    expect(readCalendar({ open: 'Mon 22:00-06:00, Tue 06:00-13:00', zone: 'UTC', holidays: new Set() }).ok).toBe(true);
  });
});
