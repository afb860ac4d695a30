/** The decision against one made of a few lines, written from the prose of the design and not from the code. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decide } from '../../../core/budget/decide.ts';
import { readPolicy } from '../../../core/budget/read-policy.ts';
import type { Decision } from '../../../core/budget/decision.ts';
import { noon } from './fixtures.ts';
import { cases, countsIn, policyOf, requestOf, rowOf, seed } from './oracle/generated.ts';
import { oracle, step } from './oracle/oracle.ts';

const said = (decision: Decision): string =>
  decision.decided === 'allowed'
    ? 'allowed'
    : decision.decided === 'suppressed'
      ? `suppressed ${decision.because}`
      : `deferred ${decision.because} ${new Date(decision.until).toISOString()}`;

describe('the decision', () => {
  it('agrees with the oracle, reason and instant', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(
        policyOf,
        rowOf,
        requestOf,
        countsIn,
        fc.integer({ min: 0, max: 47 }),
        (policy, row, request, keys, later) => {
          const now = noon + later * step;
          const asked = { ...request, ...keys(request.channel) };
          const decision = decide(row, asked, readPolicy(policy, 1), [], now);
          const expected = oracle(row, asked, policy, now);
          const key = said(decision).split(' 2')[0] ?? '';
          seen.set(key, (seen.get(key) ?? 0) + 1);
          // What never opens is refused with the gate that never does; the oracle only knows that there was no instant.
          if (expected === 'suppressed') expect(decision.decided).toBe('suppressed');
          else expect(said(decision)).toBe(expected);
        },
      ),
      { seed, numRuns: cases },
    );
    // The generator reaches every answer, not just the easy ones.
    const kinds = [
      'allowed',
      ...['suppression', 'consent', 'guard', 'windows'].map((g) => `suppressed ${g}`),
      ...['hold', 'quiet hours', 'windows', 'spacing', 'priority'].map((g) => `deferred ${g}`),
    ];
    expect(kinds.filter((kind) => (seen.get(kind) ?? 0) < cases / 300)).toEqual([]);
  });
});
