import type { Asked, Closed } from '../asked.ts';

/** Everything, a journey, or a channel, stopped by our own people. */
export function killSwitch({ killed, request }: Asked): Closed | null {
  const hit = killed.find(
    ({ scope }) => scope === 'all' || scope === `journey:${request.journey}` || scope === `channel:${request.channel}`,
  );
  return hit ? { rule: `${hit.scope}: ${hit.reason}` } : null;
}
