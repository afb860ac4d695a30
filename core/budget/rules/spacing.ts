import type { Asked, Shut } from '../asked.ts';
import { apartFrom, type Spaced } from '../tally.ts';

/** At least so long between two touches that the rule is about. What is free, such as the turns of a chat, is no touch here. */
export function spacing(asked: Asked, at: number): Shut | null {
  if (asked.cost === 0) return null;
  const { by, opensAt } = heldApart(asked, at);
  return (
    by && {
      opensAt,
      rule: by.rule.said,
      usedBy: by.last === null ? [] : [by.last.touchId],
      ...(by.over === null ? {} : { over: by.over }),
    }
  );
}

/** The same without its reasons, for what costs something: whoever plans asks it often, and wants the instant alone. */
export const spacingOpenFrom = (asked: Asked, at: number): number => heldApart(asked, at).opensAt;

function heldApart({ spaced }: Asked, at: number): { readonly by: Spaced | null; readonly opensAt: number } {
  let by: Spaced | null = null;
  let opensAt = at;
  for (const each of spaced) {
    const from = apartFrom(each, opensAt);
    if (from === opensAt) continue;
    by = each;
    opensAt = from;
  }
  return { by, opensAt };
}
