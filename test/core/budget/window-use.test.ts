/** How a window is measured where a customer is, and what of it is used at an instant. */
import { describe, expect, it, test } from '@jest/globals';
import { measures, roomFor, surelyCoversMs, useAt, windowIsAbout } from '../../../core/budget/window-use.ts';
import { at, bare, day, hour, noon, sent } from './fixtures.ts';

const windowOf = (over: object) => bare({ windows: [{ name: 'w', atMost: 6, in: '7 days', ...over }] }).windows[0]!;

test('a window is about what it names, but for the purposes it leaves alone', () => {
  const touch = { channel: 'sms', purpose: 'service', journey: 'inquiry' } as const;
  expect(windowIsAbout(windowOf({}), touch)).toBe(true);
  expect(windowIsAbout(windowOf({ channels: ['email'] }), touch)).toBe(false);
  expect(windowIsAbout(windowOf({ purposes: ['marketing'] }), touch)).toBe(false);
  expect(windowIsAbout(windowOf({ journeys: ['offer'] }), touch)).toBe(false);
  expect(windowIsAbout({ ...windowOf({}), except: ['service'] }, touch)).toBe(false);
  expect(windowIsAbout({ ...windowOf({}), except: ['marketing'] }, touch)).toBe(true);
});

test('what is kept for some purposes is no room for others', () => {
  const kept = windowOf({ keep: { cost: 2, for: ['service'] } });
  expect([roomFor(kept, 'service'), roomFor(kept, 'marketing'), roomFor(windowOf({}), 'marketing')]).toEqual([6, 4, 6]);
});

test('a calendar window is measured in every zone that is plausible, and in none by a span that surely covers it', () => {
  expect(measures(windowOf({}), ['UTC', 'Asia/Tokyo'])).toEqual([{ rollingMs: 7 * day }]);
  const week = windowOf({ in: 'calendar week' });
  expect(measures(week, ['UTC', 'Asia/Tokyo'])).toEqual([
    { calendar: 'week', zone: 'UTC' },
    { calendar: 'week', zone: 'Asia/Tokyo' },
  ]);
  expect(measures(week, [])).toEqual([{ rollingMs: 7 * day + 2 * hour }]);
  expect(surelyCoversMs).toEqual({ day: 26 * hour, week: 7 * day + 2 * hour, month: 31 * day + 2 * hour });
});

describe('what is used', () => {
  const use = (measure: Parameters<typeof useAt>[0], ...touches: ReturnType<typeof sent>[]) => {
    const { used, by, end } = useAt(measure, touches, noon);
    return [used, by.map(({ touchId }) => touchId), end];
  };
  it('of a rolling span has not left it yet', () => {
    const touches = [
      sent(noon - 7 * day, { touchId: 'left' }),
      sent(noon - 7 * day + 1, { touchId: 'first', cost: 2 }),
      sent(noon + hour, { touchId: 'may yet go', state: 'reserved', reservedAt: noon + 1 }),
    ];
    expect(use({ rollingMs: 7 * day }, ...touches)).toEqual([3, ['first', 'may yet go'], Infinity]);
  });
  it('of a calendar day is in it, from its first instant to its last', () => {
    const [begins, ends] = [at('2026-11-24T00:00:00Z'), at('2026-11-25T00:00:00Z')];
    const touches = [
      sent(begins - 1, { touchId: 'yesterday' }),
      sent(begins, { touchId: 'first' }),
      sent(ends - 1, { touchId: 'last' }),
      sent(ends, { touchId: 'tomorrow' }),
      // It may be used before midnight or after.
      sent(ends + hour, { touchId: 'either', state: 'reserved', reservedAt: ends - 1 }),
      sent(ends + hour, { touchId: 'then', state: 'reserved', reservedAt: ends }),
      sent(ends + hour, { touchId: 'is being sent', state: 'sending', reservedAt: ends - 1 }),
    ];
    expect(use({ calendar: 'day', zone: 'UTC' }, ...touches)).toEqual([3, ['first', 'last', 'either'], ends]);
  });
});
