import type { Asked, Shut } from '../asked.ts';
import { isAbout } from '../read-policy.ts';
import { countedOver } from '../shared.ts';

/** At least so long between two touches that the rule is about. What is free, such as the turns of a chat, is no touch here. */
export function spacing({ policy, request, recent, shared, cost, turn }: Asked, at: number): Shut | null {
  if (turn || cost === 0) return null;
  let shut: (Shut & { readonly opensAt: number }) | null = null;
  for (const rule of policy.spacing) {
    if (!isAbout(rule, request)) continue;
    const counted = countedOver(rule.per, request.channel, { own: recent, shared });
    for (const touch of counted?.recent ?? []) {
      if (touch.cost === 0 || !isAbout(rule, touch)) continue;
      const opensAt = touch.at + rule.apartMs;
      if (opensAt > at && opensAt > (shut?.opensAt ?? -Infinity))
        shut = {
          opensAt,
          rule: rule.said,
          usedBy: [touch.touchId],
          ...(counted?.kind ? { over: counted.kind } : {}),
        };
    }
  }
  return shut;
}
