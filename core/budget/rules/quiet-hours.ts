import { quietUntil } from '../../calendar/quiet.ts';
import type { Asked, Shut } from '../asked.ts';
import { isAbout } from '../read-policy.ts';

/** Hours of the customer's own clock in which nothing is sent, except a turn of a conversation. */
export function quietHours({ policy, request, zones, turn }: Asked, at: number): Shut | null {
  if (turn) return null;
  const rules = policy.quiet.filter((rule) => isAbout(rule, request));
  const quiet = quietUntil(rules, zones, at);
  return (
    quiet && { opensAt: quiet.until, rule: zones.length === 0 ? `${quiet.said} in a zone we do not know` : quiet.said }
  );
}
