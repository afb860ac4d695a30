/** The decision against one made of a few lines, written from the prose of the design and not from the code. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { underAreas } from '../../../core/budget/area-guards.ts';
import { decide, stopsNow } from '../../../core/budget/decide.ts';
import { mergeRows } from '../../../core/budget/merge.ts';
import { readPolicy } from '../../../core/budget/read-policy.ts';
import type { Decision, TouchRequest } from '../../../core/budget/decision.ts';
import { noon } from './fixtures.ts';
import { countsIn, requestOf, rowsOf } from './oracle/generated.ts';
import { stoppedOf } from './oracle/generated-gates.ts';
import { policyOf } from './oracle/generated-policies.ts';
import { cases, seed } from './oracle/generated-words.ts';
import { step } from './oracle/clock.ts';
import { oracle } from './oracle/oracle.ts';
import { said } from './oracle/said.ts';
import { personOf, united } from './oracle/united.ts';

const asked = fc.tuple(requestOf, countsIn).map(([request, keys]) => ({ ...request, ...keys(request.channel) }));

/** What never opens is refused with the gate that never does; the oracle only knows that there was no instant. */
function expectSame(decision: Decision, request: TouchRequest, expected: string): void {
  const is = said(decision, request);
  if (is !== expected && !(expected === 'suppressed' && decision.decided === 'suppressed')) expect(is).toBe(expected);
}

describe('the decision', () => {
  it('agrees with the oracle, reason and instant, and so does what is asked right before the send', () => {
    const seen = new Map<string, number>();
    const see = (what: string): unknown => seen.set(what, (seen.get(what) ?? 0) + 1);
    fc.assert(
      fc.property(
        policyOf,
        rowsOf,
        asked,
        stoppedOf,
        fc.integer({ min: 0, max: 47 }),
        (policy, { kept, merged }, request, stopped, later) => {
          const now = noon + later * step;
          const { killed, areaGuards } = stopped;
          const merging = merged ? mergeRows(kept, merged, () => false, now).row : kept;
          const row = { ...merging, gates: underAreas(merging.gates, areaGuards) };
          const person = merged ? united(personOf(kept), personOf(merged), now) : personOf(kept);

          const read = readPolicy(policy, 1);
          const decision = decide(row, request, read, killed, now);
          expectSame(decision, request, oracle(person, request, policy, now, stopped));
          see(
            `${merged ? 'merged ' : ''}${said(decision, request).split(' 2')[0] ?? ''}`.replace(
              /allowed w.*/,
              'alerts',
            ),
          );

          // The place was given: the budget's own rules and who goes first are no question any more.
          const stops = stopsNow(row, request, read, killed, now);
          const asWasGiven = {
            ...person,
            waiting: [],
            records: person.records.map((r) => ({ ...r, own: withoutLess(r.own) })),
          };
          const free = { ...policy, windows: [], spacing: [] };
          const expected = oracle(asWasGiven, request, free, now, stopped);
          if (stops !== null) expectSame(stops, request, expected);
          else if (expected !== 'allowed') expect('allowed').toBe(expected);
        },
      ),
      { seed, numRuns: cases },
    );
    // The generator reaches every answer, not just the easy ones.
    const kinds = [
      ...['allowed', 'alerts', 'merged allowed', 'merged deferred quiet hours'],
      ...['kill switch', 'suppression', 'consent', 'guard', 'windows', 'quiet hours'].map((g) => `suppressed ${g}`),
      ...['hold', 'quiet hours', 'windows', 'spacing', 'priority', 'channel rate'].map((g) => `deferred ${g}`),
    ];
    expect(kinds.filter((kind) => (seen.get(kind) ?? 0) < cases / 400)).toEqual([]);
  });
});

function withoutLess<T extends { readonly less?: unknown }>(own: T | null): Omit<T, 'less'> | null {
  if (own === null) return null;
  const { less: _, ...rest } = own;
  return rest;
}
