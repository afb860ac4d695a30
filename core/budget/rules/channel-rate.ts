import type { Asked, Shut } from '../asked.ts';

/** The channel has no token to send with; whoever leases them knows when the next one comes. */
export function channelRate({ request }: Asked, at: number): Shut | null {
  const opensAt = request.rateOpensAt ?? -Infinity;
  return at < opensAt ? { opensAt, rule: request.channel } : null;
}
