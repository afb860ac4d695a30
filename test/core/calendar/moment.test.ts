import { describe, expect, it, test } from '@jest/globals';
import { readCalendar } from '../../../core/calendar/business.ts';
import { momentAt, type MomentContext } from '../../../core/calendar/moment.ts';

const at = (iso: string): number => Date.parse(iso);
const iso = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z');
const read = readCalendar({ open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin', holidays: new Set(['2026-12-25']) });
const calendar = read.ok ? read.calendar : null;
const fields = {
  'appointment-set.startsAt': '2026-12-01T14:00:00+01:00',
  'spring.startsAt': '2026-03-29T14:00:00+02:00',
  'customer.renewsOn': '2026-04-15',
  'customer.firstName': 'Ana',
  'moved.startsAt': at('2026-12-03T09:00:00Z'),
};
const context = (over: Partial<MomentContext> = {}): MomentContext => ({
  from: at('2026-11-24T10:00:00Z'),
  zoneOfCustomer: 'Europe/Berlin',
  calendar,
  fields,
  ...over,
});
const found = (said: string, over: Partial<MomentContext> = {}): string => {
  const moment = momentAt(said, context(over));
  return moment.found ? iso(moment.at) : moment.because;
};

describe('moments', () => {
  test.each([
    ['30 minutes', '2026-11-24T10:30:00Z'],
    ['2 days', '2026-11-26T10:00:00Z'],
    ['1 week', '2026-12-01T10:00:00Z'],
    ['1.5 hours', '2026-11-24T11:30:00Z'],
    ['4 business hours', '2026-11-24T14:00:00Z'],
    ['2 business days', '2026-11-26T10:00:00Z'],
    ['next 09:00', '2026-11-25T08:00:00Z'],
    ['next 11:01', '2026-11-24T10:01:00Z'],
    ['next 11:00', '2026-11-25T10:00:00Z'],
    ['appointment-set.startsAt', '2026-12-01T13:00:00Z'],
    ['moved.startsAt', '2026-12-03T09:00:00Z'],
    ['1 day before appointment-set.startsAt', '2026-11-30T13:00:00Z'],
    ['4 hours after appointment-set.startsAt', '2026-12-01T17:00:00Z'],
    ['1 day before appointment-set.startsAt at 17:00', '2026-11-30T16:00:00Z'],
    ['appointment-set.startsAt at 08:00', '2026-12-01T07:00:00Z'],
    ['2 business hours before appointment-set.startsAt', '2026-12-01T11:00:00Z'],
    ['customer.renewsOn', '2026-04-14T22:00:00Z'],
    ['customer.renewsOn at 10:00', '2026-04-15T08:00:00Z'],
    // 60 times 86,400,000 ms before 15 April would be 13 February, 23:00: the wall is what counts here.
    ['60 days before customer.renewsOn at 10:00', '2026-02-14T09:00:00Z'],
    ['60 days before customer.renewsOn', '2026-02-13T23:00:00Z'],
    ['3 weeks before customer.renewsOn', '2026-03-24T23:00:00Z'],
    ['2 business days before customer.renewsOn at 10:00', '2026-04-13T08:00:00Z'],
    // A fixed day over the night in which Berlin loses an hour, and one along the wall.
    ['1 day before spring.startsAt', '2026-03-28T12:00:00Z'],
    ['1 day before spring.startsAt at 14:00', '2026-03-28T13:00:00Z'],
  ])('%s', (said, expected) => {
    expect(found(said)).toBe(expected);
  });

  it('a plain day is 24 hours over a change of the clock, in both directions', () => {
    expect(found('1 day', { from: at('2026-03-28T12:00:00Z') })).toBe('2026-03-29T12:00:00Z');
    expect(found('1 day', { from: at('2026-10-24T12:00:00Z') })).toBe('2026-10-25T12:00:00Z');
  });
  it('a time of day is what the clock shows then, and right after the gap where it is skipped', () => {
    expect(found('next 09:00', { from: at('2026-03-28T12:00:00Z') })).toBe('2026-03-29T07:00:00Z');
    expect(found('next 02:30', { from: at('2026-03-28T12:00:00Z') })).toBe('2026-03-29T01:00:00Z');
    expect(found('next 09:00', { from: at('2026-10-24T12:00:00Z') })).toBe('2026-10-25T08:00:00Z');
  });
  it("is on the customer's clock, and by this year's rules", () => {
    expect(found('next 09:00', { zoneOfCustomer: 'America/Vancouver', from: at('2026-11-30T20:00:00Z') })).toBe(
      '2026-12-01T16:00:00Z',
    );
    expect(found('next 09:00', { zoneOfCustomer: 'Asia/Kathmandu' })).toBe('2026-11-25T03:15:00Z');
  });
  it("takes the team's zone for somebody whose own is not known", () => {
    expect(found('next 09:00', { zoneOfCustomer: null })).toBe('2026-11-25T08:00:00Z');
    expect(found('next 09:00', { zoneOfCustomer: null, calendar: null })).toBe(
      'neither the customer nor the team has a zone',
    );
  });
  it('says what is missing', () => {
    expect(momentAt('1 day before parcel.dueAt', context())).toEqual({
      found: false,
      because: "'parcel.dueAt' is not known",
      field: 'parcel.dueAt',
    });
    expect(found('customer.firstName')).toBe(`'customer.firstName' is "Ana", which is no moment`);
    expect(found('2 business days', { calendar: null })).toBe('business time needs a team with a calendar');
    expect(found('soon')).toBe("\"soon\" is no moment such as '2 business days' or 'next 09:00'");
  });
});
