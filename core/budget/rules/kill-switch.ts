import { mayBeIn, readArea } from '../area.ts';
import type { Asked, Closed } from '../asked.ts';

/** Everything, a journey, a channel, a segment or an area, stopped by our own people. */
export function killSwitch({ killed, request, row }: Asked): Closed | null {
  const hit = killed.find(({ scope }) => {
    if (scope.startsWith('area:')) {
      const area = readArea(scope.slice('area:'.length));
      return area !== null && mayBeIn(area, row.gates);
    }
    // Whoever loaded them has left out the segments that this customer is not in.
    if (scope === 'all' || scope.startsWith('segment:')) return true;
    return scope === `journey:${request.journey}` || scope === `channel:${request.channel}`;
  });
  return hit ? { rule: `${hit.scope}: ${hit.reason}` } : null;
}
