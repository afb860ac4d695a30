import type { Asked, Shut } from '../asked.ts';
import { apartFrom, type Spaced } from '../tally.ts';

/** At least so long between two touches that the rule is about. What is free, such as the turns of a chat, is no touch here. */
export function spacing({ spaced, cost, turn }: Asked, at: number): Shut | null {
  if (turn || cost === 0) return null;
  let by: Spaced | null = null;
  let opensAt = at;
  for (let moved = true; moved;) {
    moved = false;
    for (const each of spaced) {
      const from = apartFrom(each, opensAt);
      if (from === opensAt) continue;
      by = each;
      opensAt = from;
      moved = true;
    }
  }
  return (
    by && {
      opensAt,
      rule: by.rule.said,
      usedBy: by.last === null ? [] : [by.last.touchId],
      ...(by.over === null ? {} : { over: by.over }),
    }
  );
}
