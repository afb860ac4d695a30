import type { Asked } from './asked.ts';
import { goesBefore } from './rank.ts';
import type { GateName } from './decision.ts';

/**
 * Who has the place that this touch wanted: of those that use the budget, whoever got in after it had asked, the newest
 * last; where touches wait for one place, the one that goes first.
 */
export function winners(asked: Asked, gate: GateName | null, usedBy: readonly string[]): readonly string[] {
  const { recent, request, row, policy, now } = asked;
  if (gate === 'priority') {
    const [first] = row.waiting
      .filter((w) => usedBy.includes(w.touchId))
      .sort((a, b) => (goesBefore(policy, a, b, now) ? -1 : 1));
    return first ? [first.touchId] : [];
  }
  return recent
    .filter((t) => t.reservedAt >= request.askedAt && usedBy.includes(t.touchId))
    .sort((a, b) => a.reservedAt - b.reservedAt)
    .map((t) => t.touchId);
}
