/** Whoever waits goes in the end, whatever keeps coming; and equals go in the order in which they came. */
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { reserve, wait } from '../../../core/budget/reserve.ts';
import type { TouchRequest } from '../../../core/budget/decision.ts';
import type { BudgetRow } from '../../../core/budget/row.ts';
import { bare, day, hour, noon, request, rowWith } from './fixtures.ts';

/** One place every six hours, and a better-ranked touch that wants it every two hours: three times as many as there is room for. */
const rules = bare({
  windows: [{ name: 'one', atMost: 1, in: '6 hours' }],
  first: ['service', 'relationship'],
  risesEvery: '12 hours',
});

/** Each hour the newcomer and all that wait ask, in whichever order; who got a place, and when. */
function live(
  hours: number,
  newcomer: (n: number) => TouchRequest | null,
  order: (n: number) => number,
): Map<string, number> {
  let row: BudgetRow = rowWith();
  const waiting: TouchRequest[] = [];
  const placed = new Map<string, number>();
  for (let n = 0; n < hours; n += 1) {
    const now = noon + n * hour;
    const came = newcomer(n);
    if (came) waiting.push(came);
    const from = waiting.length === 0 ? 0 : order(n) % waiting.length;
    for (const asked of [...waiting.slice(from), ...waiting.slice(0, from)]) {
      const { row: next, decision } = reserve(row, asked, rules, [], now);
      if (decision.decided === 'allowed') {
        placed.set(asked.touchId, now);
        // Its latest send is when it leaves: nothing here depends on the fifteen minutes before.
        row = {
          ...next,
          recent: next.recent.map((t) => (t.touchId === asked.touchId ? { ...t, at: now, state: 'sent' } : t)),
        };
        waiting.splice(waiting.indexOf(asked), 1);
      } else if (decision.decided === 'deferred') {
        const { touchId, journey, purpose, channel, askedAt } = asked;
        const until = decision.until;
        row = wait(row, { touchId, journey, purpose, channel, cost: 1, askedAt, until, givesUpAt: now + 90 * day });
      }
    }
  }
  return placed;
}

it('a touch that ranks last has its place once it has risen past those that keep coming, within a bound', () => {
  const last = request({ touchId: 'last', purpose: 'marketing', askedAt: noon });
  const service = (n: number): TouchRequest =>
    request({ touchId: `s${String(n).padStart(3, '0')}`, purpose: 'service', askedAt: noon + n * hour });
  // Two ranks to rise take 24 hours; who came by then goes before it, one every six hours.
  const atTheLatest = noon + 24 * hour + 13 * 6 * hour;
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 100 }), { minLength: 110, maxLength: 110 }), (orders) => {
      const placed = live(
        110,
        (n) => (n === 0 ? last : n % 2 === 0 ? service(n) : null),
        (n) => orders[n] ?? 0,
      );
      expect(placed.get('last')).toBeLessThanOrEqual(atTheLatest);
      // Nobody who came after it had risen was before it.
      const before = [...placed].filter(([, at]) => at < (placed.get('last') ?? 0)).map(([id]) => id);
      expect(before.filter((id) => id > 's024')).toEqual([]);
    }),
    { seed: 20261124, numRuns: 2 },
  );
});

it('equals are served in the order in which they came, in whichever order they ask', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 100 }), { minLength: 60, maxLength: 60 }), (orders) => {
      const equal = (n: number): TouchRequest | null =>
        n < 8 ? request({ touchId: `e${String(9 - n)}`, purpose: 'service', askedAt: noon + n * hour }) : null;
      const placed = [...live(60, equal, (n) => orders[n] ?? 0)].sort((a, b) => a[1] - b[1]).map(([id]) => id);
      expect(placed).toEqual(['e9', 'e8', 'e7', 'e6', 'e5', 'e4', 'e3', 'e2']);
    }),
    { seed: 20261124, numRuns: 10 },
  );
});
