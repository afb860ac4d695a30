/** Who goes first when touches wait for the same place. */
import { describe, expect, it, test } from '@jest/globals';
import { goesBefore, rankOf } from '../../../core/budget/rank.ts';
import { bare, day, noon, waiting } from './fixtures.ts';

const policy = bare({ first: ['service', 'renewal', 'marketing'], risesEvery: '3 days' });
const came = (ago: number, over: Parameters<typeof waiting>[0] = {}) =>
  waiting({ purpose: 'other', journey: 'other', askedAt: noon - ago, ...over });

test.each([
  ['its purpose', { purpose: 'service' }, 0, 0],
  ['its journey', { journey: 'renewal' }, 0, 1],
  ['the better of both', { purpose: 'marketing', journey: 'renewal' }, 0, 1],
  ['the better of both, whichever it is', { purpose: 'service', journey: 'renewal' }, 0, 0],
  ['nothing that is named, behind all', {}, 0, 3],
  ['less than its time to rise', {}, 3 * day - 1, 3],
  ['its time to rise', {}, 3 * day, 2],
  ['twice that', {}, 6 * day, 1],
  ['four times that, before the first', {}, 12 * day, -1],
  ['a clock that is ahead of ours', {}, -4 * day, 3],
])('a touch has the rank of %s', (_, over, ago, rank) => {
  expect(rankOf(policy, came(ago, over), noon)).toBe(rank);
});

describe('of two touches', () => {
  it.each([
    ['the better rank goes first, though it came later', came(0, { purpose: 'service' }), came(day)],
    ['of one rank who came first', came(2, { touchId: 'z' }), came(1, { touchId: 'a' })],
    ['of those that came at once the first by name', came(0, { touchId: 'a' }), came(0, { touchId: 'b' })],
  ])('%s', (_, first, second) => {
    expect([goesBefore(policy, first, second, noon), goesBefore(policy, second, first, noon)]).toEqual([true, false]);
  });
  it('neither goes before itself', () => {
    expect(goesBefore(policy, came(0), came(0), noon)).toBe(false);
  });
});
