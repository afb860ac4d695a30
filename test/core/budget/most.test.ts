/** The most that one rule lets through in the span of another, where clocks are changed as well. */
import { expect, test } from '@jest/globals';
import { kindsOf } from '../../../core/budget/policy-check/kinds.ts';
import { longestOf, mostBy, mostByAll, mostBySpacing, spansIn } from '../../../core/budget/policy-check/most.ts';
import type { WindowSpan } from '../../../core/budget/read-policy.ts';
import type { Policy } from '../../../core/budget/policy.ts';
import { bare, day, hour, purposes } from './fixtures.ts';

const rolling = (ms: number): WindowSpan => ({ rollingMs: ms });
const calendar = (period: 'day' | 'week' | 'month'): WindowSpan => ({ calendar: period });

test('a calendar period is at most two hours longer than its days, where the clock is changed', () => {
  expect([rolling(7 * day), calendar('day'), calendar('week'), calendar('month')].map(longestOf)).toEqual([
    7 * day,
    26 * hour,
    7 * day + 2 * hour,
    31 * day + 2 * hour,
  ]);
});

test.each<[string, WindowSpan, WindowSpan, number]>([
  ['a week is seven days', rolling(7 * day), rolling(day), 7],
  ['a part of a span is one more', rolling(7 * day), rolling(2 * day), 4],
  ['a shorter one is in one', rolling(hour), rolling(day), 1],
  ['a calendar day may hold two spans of a day', calendar('day'), rolling(day), 2],
  ['a calendar week eight', calendar('week'), rolling(day), 8],
  ['a calendar month thirty-two', calendar('month'), rolling(day), 32],
  ['a calendar day one of itself', calendar('day'), calendar('day'), 1],
  ['a calendar day lies in one week', calendar('day'), calendar('week'), 1],
  ['and in one month', calendar('day'), calendar('month'), 1],
  ['a calendar week has seven days', calendar('week'), calendar('day'), 7],
  ['and is one week', calendar('week'), calendar('week'), 1],
  ['and may lie in two months', calendar('week'), calendar('month'), 2],
  ['a calendar month has thirty-one days', calendar('month'), calendar('day'), 31],
  ['and lies in six weeks', calendar('month'), calendar('week'), 6],
  ['and is one month', calendar('month'), calendar('month'), 1],
  // The shortest day has 22 hours, and a span begins and ends within one.
  ['44 hours lie in three calendar days', rolling(44 * hour), calendar('day'), 3],
  ['more than that in four', rolling(44 * hour + 1), calendar('day'), 4],
  ['a week but two hours in two calendar weeks', rolling(7 * day - 2 * hour), calendar('week'), 2],
  ['a week in three', rolling(7 * day), calendar('week'), 3],
  ['28 days but two hours in two calendar months', rolling(28 * day - 2 * hour), calendar('month'), 2],
  ['28 days in three', rolling(28 * day), calendar('month'), 3],
])('%s', (_, outer, inner, spans) => {
  expect(spansIn(outer, inner)).toBe(spans);
});

const week = rolling(7 * day);
const read = (over: Partial<Policy>) => bare({ ...over });
const kinds = kindsOf(bare({}), purposes);
const marketing = kinds.filter(({ purpose }) => purpose === 'marketing');
const rules = read({
  windows: [
    { name: 'all', atMost: 20, in: '7 days', keep: { cost: 4, for: ['service'] } },
    { name: 'marketing', atMost: 3, in: '7 days', purposes: ['marketing'] },
    { name: 'relationship', atMost: 2, in: '7 days', purposes: ['relationship'] },
    { name: 'service', atMost: 5, in: '1 day', purposes: ['service'] },
    { name: 'soft', atMost: 1, in: '7 days', over: 'alert' },
  ],
  spacing: [{ apart: '1 day', purposes: ['marketing'] }, { apart: '0 days' }],
});
const [all, advertising, , , soft] = rules.windows;

test('a window lets through what those may use who may use most, and says nothing of what it does not count', () => {
  expect(mostBy(all!, kinds, week)).toBe(20);
  expect(mostBy(all!, marketing, week)).toBe(16);
  expect(mostBy(all!, marketing, rolling(8 * day))).toBe(32);
  expect(mostBy(advertising!, marketing, week)).toBe(3);
  expect([mostBy(advertising!, kinds, week), mostBy(soft!, kinds, week), mostBy(all!, [], week)]).toEqual([
    null,
    null,
    null,
  ]);
});
test('spacing lets through so many of the dearest, and says nothing where it holds nothing apart', () => {
  const [apart, none] = rules.spacing;
  expect(mostBySpacing(apart!, marketing, week)).toBe(28);
  expect(mostBySpacing(apart!, marketing, rolling(7 * day + 1))).toBe(32);
  expect(mostBySpacing(apart!, kinds, week)).toBeNull();
  expect(mostBySpacing(none!, marketing, week)).toBeNull();
  expect(mostBySpacing(apart!, [], week)).toBeNull();
});
test('several windows let through what the tightest does, or what they do purpose by purpose', () => {
  const [, ...byPurpose] = rules.windows;
  expect(mostByAll(rules.windows, kinds, week)).toBe(20);
  // Three, two, and five each day.
  expect(mostByAll(byPurpose, kinds, week)).toBe(40);
  expect(mostByAll(byPurpose, marketing, week)).toBe(3);
  expect(mostByAll([], kinds, week)).toBe(Infinity);
});
