/** When so much more fits beside what is there, against trying one instant after the other. */
import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { apartFrom, fitsFrom, place, spacedOf, talliesOf, type Ahead, type Tally } from '../../../core/budget/tally.ts';
import type { RecentTouch } from '../../../core/budget/row.ts';
import { useAt } from '../../../core/budget/window-use.ts';
import { at, bare, day, hour, noon, sent } from './fixtures.ts';

const seed = 20261124;
const numRuns = 500;
const span = 6;
const sixHours = bare({ windows: [{ name: 'w', atMost: 9, in: '6 hours' }] }).windows[0]!;
const aDay = bare({ windows: [{ name: 'd', atMost: 9, in: 'calendar day' }] }).windows[0]!;
const sixHoursApart = bare({ spacing: [{ apart: '6 hours' }] }).spacing[0]!;
const sumOf = (all: readonly { readonly cost: number }[]): number => all.reduce((sum, { cost }) => sum + cost, 0);

/** All hours are counted from noon. */
const touches = fc
  .array(fc.record({ hour: fc.integer({ min: -5, max: 1 }), cost: fc.integer({ min: 1, max: 3 }) }), { maxLength: 5 })
  .map((all) => all.toSorted((a, b) => a.hour - b.hour));
const goFirst = fc
  .array(fc.record({ hour: fc.integer({ min: 0, max: 20 }), cost: fc.integer({ min: 1, max: 3 }) }), { maxLength: 4 })
  .map((all) => all.toSorted((a, b) => a.hour - b.hour));
interface Placed {
  readonly hour: number;
  readonly cost: number;
}
const atHour = ({ hour: n, cost }: Placed): Ahead => ({ at: noon + n * hour, cost });
const sentAt = ({ hour: n, cost }: Placed): RecentTouch => sent(noon + n * hour, { cost });
const tally = (recent: readonly Placed[], ahead: readonly Placed[]): Tally => ({
  window: sixHours,
  measure: { rollingMs: span * hour },
  over: null,
  touches: recent.map(sentAt),
  used: sumOf(recent),
  ahead: ahead.map(atHour),
});

describe('the first instant at which so much more fits', () => {
  it('in a rolling span is the first at which no window that holds it has too much', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        touches,
        goFirst,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 0, max: 9 }),
        (recent, ahead, cost, room, from) => {
          const fits = (t: number): boolean =>
            [t, ...ahead.map((a) => a.hour).filter((end) => end > t && end < t + span)].every(
              (end) =>
                sumOf(recent.filter((r) => r.hour > end - span)) +
                  sumOf(ahead.filter((a) => a.hour > end - span && a.hour <= end)) +
                  cost <=
                room,
            );
          let expected = from;
          while (cost <= room && !fits(expected)) expected += 1;
          seen.add(
            expected === from ? 'at once' : ahead.length === 0 ? 'when some leave' : 'beside those that go first',
          );
          const found = fitsFrom(tally(recent, ahead), cost, room, noon + from * hour);
          expect(found).toBe(cost > room ? Infinity : noon + expected * hour);
        },
      ),
      { seed, numRuns },
    );
    expect(seen.size).toBe(3);
  });

  it('of a calendar day is this day, or the beginning of the first that has room', () => {
    const days = fc.array(
      fc.record({ hour: fc.integer({ min: -10, max: 60 }), cost: fc.integer({ min: 1, max: 3 }) }),
      {
        maxLength: 6,
      },
    );
    const dayOf = (n: number): number => Math.floor((n + 10) / 24);
    fc.assert(
      fc.property(
        days,
        days,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 5 }),
        (recent, ahead, cost, room) => {
          const fits = (n: number): boolean =>
            sumOf(recent.filter((r) => dayOf(r.hour) === n)) + sumOf(ahead.filter((a) => dayOf(a.hour) === n)) + cost <=
            room;
          let expected = 0;
          while (cost <= room && !fits(expected)) expected += 1;
          const found = fitsFrom(
            { ...tally(recent, ahead), measure: { calendar: 'day', zone: 'UTC' } },
            cost,
            room,
            noon,
          );
          const begins = expected === 0 ? noon : noon + (expected * 24 - 10) * hour;
          expect(found).toBe(cost > room ? Infinity : begins);
        },
      ),
      { seed, numRuns },
    );
  });
  it('counts a place that may be used before and after midnight in both days', () => {
    const place = sent(noon + 15 * hour, { reservedAt: noon + 13 * hour, state: 'reserved' });
    const days = { ...tally([], []), measure: { calendar: 'day' as const, zone: 'UTC' }, touches: [place], used: 1 };
    expect(fitsFrom(days, 1, 1, noon)).toBe(noon + 38 * hour);
    expect(useAt(days.measure, days.touches, noon).by).toEqual([place]);
    expect(useAt(days.measure, days.touches, noon + day).by).toEqual([place]);
    // Once it is being sent, it counts where it was sent.
    const sending = { ...days, touches: [{ ...place, state: 'sending' as const }] };
    expect(useAt(sending.measure, sending.touches, noon).by).toEqual([]);
    expect(fitsFrom(sending, 1, 1, noon)).toBe(noon);
  });
});

describe('a tally', () => {
  it('holds what its window counts and is still in it, oldest first, whatever order it is in', () => {
    const recent = [
      sent(noon - hour, { touchId: 'b', cost: 2 }),
      sent(noon - 6 * hour, { touchId: 'left' }),
      sent(noon - 6 * hour + 1, { touchId: 'a' }),
      sent(noon - 1, { touchId: 'free', cost: 0 }),
      sent(noon - 2, { touchId: 'c' }),
    ];
    const [only] = talliesOf(sixHours, recent, 'phone', ['UTC'], noon);
    expect(only).toMatchObject({
      window: sixHours,
      measure: { rollingMs: 6 * hour },
      over: 'phone',
      used: 4,
      ahead: [],
    });
    expect(only?.touches.map(({ touchId }) => touchId)).toEqual(['a', 'b', 'c']);
    const ofService = { ...sixHours, purposes: ['service'] };
    expect(talliesOf(ofService, recent, null, ['UTC'], noon)).toMatchObject([{ used: 0, touches: [] }]);
  });
  it('of a calendar day begins with it, in each zone on its own', () => {
    // Midnight in Berlin is 23:00 in UTC.
    const midnight = at('2026-11-23T23:00:00Z');
    const recent = [sent(midnight - 1, { touchId: 'yesterday' }), sent(midnight, { touchId: 'today' })];
    const counted = talliesOf(aDay, recent, null, ['Europe/Berlin', 'Europe/London'], noon).map((each) =>
      each.touches.map(({ touchId }) => touchId),
    );
    expect(counted).toEqual([['today'], []]);
  });
});

describe('spacing', () => {
  it('is counted from the last that costs something and that the rule is about', () => {
    const marketing = { ...sixHoursApart, purposes: ['marketing'] };
    const recent = [
      sent(noon - 4, { touchId: 'first' }),
      sent(noon - 2, { touchId: 'last' }),
      sent(noon - 2, { touchId: 'at the same instant' }),
      sent(noon - 3, { touchId: 'before' }),
      sent(noon - 1, { cost: 0 }),
      sent(noon - 1, { purpose: 'service' }),
    ];
    expect(spacedOf(marketing, recent, 'account')).toMatchObject({
      last: { touchId: 'last' },
      over: 'account',
      ahead: [],
    });
    expect(spacedOf(marketing, [], null)).toEqual({ rule: marketing, last: null, over: null, ahead: [] });
  });
  it('is kept from the last, and on either side of those that go first', () => {
    fc.assert(
      fc.property(
        fc.option(fc.integer({ min: -12, max: 2 })),
        goFirst,
        fc.integer({ min: 0, max: 9 }),
        (last, ahead, from) => {
          const apart = (t: number): boolean =>
            (last === null || t - last >= 6) && ahead.every((a) => Math.abs(t - a.hour) >= 6);
          let expected = from;
          while (!apart(expected)) expected += 1;
          const lastTouch = last === null ? null : sent(noon + last * hour);
          const spaced = { rule: sixHoursApart, over: null, last: lastTouch, ahead: ahead.map(atHour) };
          expect(apartFrom(spaced, noon + from * hour)).toBe(noon + expected * hour);
        },
      ),
      { seed, numRuns },
    );
  });
});

test('those that go first stand in the order of their instants, and of one instant in that of their coming', () => {
  const ahead: Ahead[] = [];
  for (const [n, cost] of [
    [3, 1],
    [1, 2],
    [2, 3],
    [3, 4],
    [0, 5],
  ] as const)
    place(ahead, { at: n, cost });
  expect(ahead.map(({ cost }) => cost)).toEqual([5, 2, 3, 1, 4]);
});
