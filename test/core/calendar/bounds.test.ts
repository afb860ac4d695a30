import { expect, it } from '@jest/globals';
import { isStorable, withinReach } from '../../../core/calendar/bounds.ts';
import { momentAt } from '../../../core/calendar/moment.ts';

const now = Date.parse('2026-03-02T12:00:00Z');
const at = (value: string | number): number | null => {
  const found = momentAt('customer.due', {
    from: now,
    zoneOfCustomer: 'Europe/Berlin',
    calendar: null,
    fields: { 'customer.due': value },
  });
  return found.found ? found.at : null;
};

it('keeps an instant that a database takes, and brings any other within reach', () => {
  expect(withinReach(at('2026-05-02') ?? 0, now)).toBe(Date.parse('2026-05-01T22:00:00Z'));
  for (const [far, nearest] of [
    ['0001-01-01', '1970-01-01'],
    ['9999-12-31', '2126-02-06T12:00:00Z'],
  ] as const) {
    const found = at(far) ?? NaN;
    expect(isStorable(found)).toBe(false);
    expect(withinReach(found, now)).toBe(Date.parse(nearest));
  }
  expect([0, Date.UTC(9998, 11, 31)].map(isStorable)).toEqual([true, true]);
  expect([-1, Date.UTC(9999, 0, 1), NaN].map(isStorable)).toEqual([false, false, false]);
});

it('takes no number for a moment that no calendar reaches', () => {
  expect([1e300, -1e300, Infinity, NaN, 8.64e15].map(at)).toEqual([null, null, null, null, null]);
});
