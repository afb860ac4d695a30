import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { holds, valuesRead } from '../../../core/journey/holds.ts';
import type { ConditionData, Scalar } from '../../../core/journey/table.ts';

const known: Readonly<Record<string, Scalar>> = {
  'customer.plan': 'gold',
  'run.failures': 2,
  'inquiry-received.urgent': false,
};
const told = (condition: ConditionData): boolean => holds(condition, (path) => known[path]);

test.each<[string, ConditionData, boolean]>([
  ['is one of the values', { path: 'customer.plan', is: ['plus', 'gold'] }, true],
  ['is none of the values', { path: 'customer.plan', is: ['plus'] }, false],
  ['a text is not the number it spells', { path: 'run.failures', is: ['2'] }, false],
  ['false is a value', { path: 'inquiry-received.urgent', is: [false] }, true],
  ['at least, at the boundary', { path: 'run.failures', atLeast: 2 }, true],
  ['at least, past it', { path: 'run.failures', atLeast: 3 }, false],
  ['at most, at the boundary', { path: 'run.failures', atMost: 2 }, true],
  ['at most, past it', { path: 'run.failures', atMost: 1 }, false],
  ['a text has no size', { path: 'customer.plan', atLeast: 0 }, false],
  ['known', { path: 'inquiry-received.urgent', isKnown: true }, true],
  ['an unknown field is not known', { path: 'customer.serial', isKnown: true }, false],
  ['an unknown field is nothing', { path: 'customer.serial', is: ['x'] }, false],
  ['an unknown field is not at most anything', { path: 'customer.serial', atMost: 9 }, false],
  ['not turns the outcome of an unknown field round', { not: { path: 'customer.serial', is: ['x'] } }, true],
  [
    'all',
    {
      all: [
        { path: 'customer.plan', is: ['gold'] },
        { path: 'run.failures', atLeast: 3 },
      ],
    },
    false,
  ],
  [
    'any',
    {
      any: [
        { path: 'customer.plan', is: ['gold'] },
        { path: 'run.failures', atLeast: 3 },
      ],
    },
    true,
  ],
])('%s', (_, condition, expected) => {
  expect(told(condition)).toBe(expected);
});

const leaf = fc.record({
  path: fc.constantFrom(...Object.keys(known), 'customer.serial'),
  is: fc.constant(['gold', 2]),
});
const { condition } = fc.letrec<{ condition: ConditionData }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ),
}));

test('a condition asks for no value that it does not say it reads, and not turns it round', () => {
  fc.assert(
    fc.property(condition, (c) => {
      const asked = new Set<string>();
      const outcome = holds(c, (path) => {
        asked.add(path);
        return known[path];
      });
      expect(valuesRead(c)).toEqual(expect.arrayContaining([...asked]));
      expect(told({ not: c })).toBe(!outcome);
    }),
  );
});
