/** What really left, held against the policy: for every window and every instant at which something left. */
import { expect } from '@jest/globals';
import type { Per, Policy } from '../../../../core/budget/policy.ts';
import type { RecentTouch } from '../../../../core/budget/row.ts';
import { clockIn } from './clock.ts';
import { about, wayOf } from './kind.ts';
import { spans } from './spans.ts';

/** `of`: whose it was when it left. What left before two records were found to be one person counts for each alone. */
export interface Left extends RecentTouch {
  readonly of: string;
}

/** Without anything shared, a limit per address is one on what goes the same way, and one per account is none. */
const isOver = (per: Per | undefined, a: RecentTouch, b: RecentTouch): boolean =>
  per !== 'account' && (per !== 'address' || wayOf(a.channel) === wayOf(b.channel));

export function expectWithin(policy: Policy, all: readonly Left[], zones: readonly string[]): void {
  for (const end of all) {
    const left = all.filter((t) => end.of === 'both' || t.of === end.of);
    for (const w of policy.windows) {
      if (w.over === 'alert') continue;
      const inside = left.filter((t) => about(w, t, policy) && isOver(w.per, t, end));
      const costIn = (isIn: (t: RecentTouch) => boolean): number =>
        inside.filter(isIn).reduce((sum, t) => sum + t.cost, 0);
      if (!w.in.startsWith('calendar'))
        expect(costIn((t) => t.at <= end.at && t.at > end.at - (spans[w.in] ?? NaN))).toBeLessThanOrEqual(w.atMost);
      else
        for (const { period } of zones.map(clockIn))
          expect(costIn((t) => period(w.in, t.at) === period(w.in, end.at))).toBeLessThanOrEqual(w.atMost);
    }
    for (const rule of policy.spacing) {
      const beside = left.filter((t) => t !== end && isOver(rule.per, t, end) && t.cost > 0 && about(rule, t, policy));
      if (end.cost > 0 && about(rule, end, policy))
        for (const other of beside)
          expect(Math.abs(other.at - end.at)).toBeGreaterThanOrEqual(spans[rule.apart] ?? NaN);
    }
  }
}
