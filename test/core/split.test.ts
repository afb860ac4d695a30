import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { wilson } from '../../core/split.ts';

const rounded = ({ rate, low, high }: ReturnType<typeof wilson>) => [rate, low, high].map((n) => n && +n.toFixed(4));

/** Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3: 95 %. */
test.each([
  [81, 263, [0.308, 0.2553, 0.3662]],
  [15, 148, [0.1014, 0.0624, 0.1605]],
  [0, 20, [0, 0, 0.1611]],
  [1, 29, [0.0345, 0.0061, 0.1718]],
])('%d of %d', (met, of, expected) => {
  expect(rounded(wilson(met, of))).toEqual(expected);
});

test('of nobody nothing is known', () => {
  expect(wilson(0, 0)).toEqual({ rate: null, low: 0, high: 1 });
});

test('the rate lies in its interval, which lies between nothing and all, and narrows with more customers', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (of, part) => {
      const met = Math.floor(of * part);
      const { rate, low, high } = wilson(met, of);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low - 1e-12).toBeLessThanOrEqual(rate ?? NaN);
      expect(high + 1e-12).toBeGreaterThanOrEqual(rate ?? NaN);
      const more = wilson(met * 4, of * 4);
      expect(more.high - more.low).toBeLessThan(high - low);
    }),
  );
});
