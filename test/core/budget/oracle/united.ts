/** What two records that are found to be one person come to, by brute force: each keeps its say. */
import type { BudgetRow, Gates } from '../../../../core/budget/row.ts';
import type { Person } from './person.ts';

export const personOf = ({ gates, ...rest }: BudgetRow): Person => ({ ...rest, records: [gates] });

/**
 * Everything that either had counts. Places that nobody has begun to send from were decided without the other's: if there is anything of
 * the other, they are given back. A wish for less that is over by then is over.
 */
export function united(kept: Person, other: Person, now: number): Person {
  const isOfBoth = kept.recent.length > 0 && other.recent.length > 0;
  const both = [...kept.recent, ...other.recent];
  const givenBack = both.filter((t) => isOfBoth && t.state === 'reserved').map((t) => t.touchId);
  const stays = ({ touchId }: { readonly touchId: string }): boolean => !givenBack.includes(touchId);
  return {
    ...kept,
    records: [...kept.records, ...other.records].map((record) => withoutOldWish(record, now)),
    recent: both.filter(stays),
    waiting: [...kept.waiting, ...other.waiting],
    ...(kept.shared ? { shared: kept.shared.map((s) => ({ ...s, recent: s.recent.filter(stays) })) } : {}),
  };
}

function withoutOldWish(gates: Gates, now: number): Gates {
  const { less, ...own } = gates.own ?? {};
  return less && less.until <= now ? { ...gates, own } : gates;
}
