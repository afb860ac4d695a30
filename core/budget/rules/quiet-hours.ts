import { legalSpans, quietOutside } from '../../calendar/legal-hours.ts';
import { quietUntil, type QuietSpan } from '../../calendar/quiet.ts';
import type { Asked, Shut } from '../asked.ts';
import { isAbout } from '../read-policy.ts';

/** Hours of the customer's own clock in which nothing is sent, except a turn of a conversation: the policy's, the law's, and their own. */
export function quietHours({ policy, request, zones, turn, row }: Asked, at: number): Shut | null {
  if (turn) return null;
  const spans: readonly QuietSpan[] = [
    ...policy.quiet.filter((rule) => isAbout(rule, request)),
    ...legalSpans(request, row.gates.jurisdictions ?? [], policy.legalHours, at),
    ...ownSpans(row.gates.own?.hours, request.purpose),
  ];
  const quiet = quietUntil(spans, zones, at);
  return (
    quiet && { opensAt: quiet.until, rule: zones.length === 0 ? `${quiet.said} in a zone we do not know` : quiet.said }
  );
}

/** How a rule begins that a customer's own hours make. */
export const theirHours = 'outside the hours they asked for';

/** What the customer asked for leaves services alone. */
function ownSpans(hours: Parameters<typeof quietOutside>[0] | undefined, purpose: string): QuietSpan[] {
  if (hours === undefined || purpose === 'service') return [];
  return quietOutside(hours, `${theirHours}, ${hours.map(({ from, to }) => `${from}–${to}`).join(', ')}`);
}
