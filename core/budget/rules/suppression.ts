import type { Asked, Closed } from '../asked.ts';

/** They said STOP, or the address is dead. */
export function suppression({ row, request }: Asked): Closed | null {
  const hit = row.gates.suppressions.find(({ channel }) => channel === 'all' || channel === request.channel);
  return hit ? { rule: `${hit.channel}: ${hit.reason}` } : null;
}
