/**
 * Places asked for, fenced, settled, given back, expired and waited for, in any order and by clocks that are not quite alike, while what stops a
 * touch changes and a second record is found to be the same person's.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { policyOf } from './oracle/generated-policies.ts';
import { cases, seed } from './oracle/generated-words.ts';
import { act, Life } from './oracle/life.ts';

const acts = (most: number) => fc.noBias(fc.array(act, { minLength: 5, maxLength: most, size: 'max' }));

describe('in any order', () => {
  it('each answer is that of the oracle, no window or spacing is exceeded at any instant, and the row says what was sent', () => {
    let sentInAll = 0;
    const answers = new Map<string, number>();
    fc.assert(
      fc.property(policyOf, acts(30), fc.option(fc.tuple(acts(10), acts(15))), (policy, first, merged) => {
        const life = new Life(policy, 'a');
        life.live(first);
        if (merged) {
          const other = new Life(policy, 'b');
          other.live(merged[0]);
          life.merge(other);
          life.live(merged[1]);
        }
        sentInAll += life.expectTrue();
        for (const answer of life.answers) answers.set(answer, (answers.get(answer) ?? 0) + 1);
      }),
      { seed, numRuns: Math.ceil(cases / 15) },
    );
    expect(sentInAll).toBeGreaterThan(cases / 30);
    // A small share, as mutation testing runs it, does not come by everything.
    const often = cases < 5_000 ? ['allowed'] : ['allowed', 'deferred windows', 'deferred priority', 'deferred hold'];
    expect([...answers.keys()]).toEqual(expect.arrayContaining(often));
  });
});
