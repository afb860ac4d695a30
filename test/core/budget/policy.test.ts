import { describe, expect, it } from '@jest/globals';
import { policyFaults, readPolicy } from '../../../core/budget/read-policy.ts';
import { justEnough } from './fixtures.ts';

describe('a stored policy', () => {
  it('without fault is read', () => {
    expect(policyFaults(justEnough)).toEqual([]);
    expect(readPolicy(justEnough, 3)).toMatchObject({ name: 'just-enough', version: 3, risesEveryMs: 3 * 86_400_000 });
  });
  it('tells all its faults, each with its place, what was expected and what is there', () => {
    const faults = policyFaults({
      ...justEnough,
      cost: { ...justEnough.cost, sms: -1 },
      windows: [
        { name: 'a', atMost: 2, in: '91 days' },
        { name: 'a', atMost: -1, in: 'calendar year' },
        { name: 'b', atMost: 2, in: '2 business days', keep: { cost: 3, for: ['service'] } },
        { name: 'c', atMost: 2, in: '90 days' },
        { name: 'd', atMost: 2, in: '0 days' },
      ],
      spacing: [{ apart: 'a while' }],
      quiet: [{ from: '9pm', to: '08:00' }],
      risesEvery: '3 business days',
      maxSilence: 'long',
      holdAtMost: '2 business days',
      less: { atMost: 1, in: '1 year', for: 'ever' },
    });
    expect(faults).toEqual([
      'cost.sms: expected a number of 0 or more, found -1',
      `window 'a'.in: expected a plain time up to 90 days, or 'calendar day', 'week' or 'month', found "91 days"`,
      `window 'a': expected a name that is there once, found "a"`,
      `window 'a'.in: expected a plain time up to 90 days, or 'calendar day', 'week' or 'month', found "calendar year"`,
      `window 'a'.atMost: expected a number of 0 or more, found -1`,
      `window 'b'.in: expected a plain time up to 90 days, or 'calendar day', 'week' or 'month', found "2 business days"`,
      `window 'b'.keep.cost: expected a number from 0 to 2, found 3`,
      `window 'd'.in: expected a plain time up to 90 days, or 'calendar day', 'week' or 'month', found "0 days"`,
      `spacing.apart: expected a plain time such as '1 hour', found "a while"`,
      `quiet.from is '9pm', and should be a time such as '21:00'`,
      `risesEvery: expected a plain time such as '3 days', found "3 business days"`,
      `maxSilence: expected a time such as '4 business hours', found "long"`,
      `less.in: expected a plain time up to 90 days, found "1 year"`,
      `less.for: expected a plain time such as '90 days', found "ever"`,
    ]);
    expect(() => readPolicy({ ...justEnough, risesEvery: 'x' }, 3)).toThrow(
      "Policy 'just-enough' version 3: risesEvery",
    );
  });
});
