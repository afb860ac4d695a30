import { expect, test } from '@jest/globals';
import { comparePrices, type Price } from '../../../core/explore/price.ts';

const price = (of: Partial<Price>): Price => ({
  steps: 4,
  touchesWorst: 1,
  touchesRepeat: false,
  touchesTypical: 1,
  humanMinutesTypical: 4,
  hoursToPerson: 20,
  perStep: {},
  ...of,
});

test.each([
  [
    'a touch more and a person sooner',
    { touchesTypical: 2.2, hoursToPerson: 17 },
    '+1.2 touches, 3 h sooner to a person',
  ],
  [
    'fewer touches and a person later',
    { touchesTypical: 0.5, hoursToPerson: 21.5 },
    '-0.5 touches, 1.5 h later to a person',
  ],
  ['more work for people', { humanMinutesTypical: 7.25 }, '+3.25 human minutes'],
  ['no person any more', { hoursToPerson: null }, 'the same price'],
  ['a step that costs nobody anything', { steps: 9 }, 'the same price'],
])('%s', (_, change, says) => {
  expect(comparePrices(price({}), price(change))).toBe(says);
});
