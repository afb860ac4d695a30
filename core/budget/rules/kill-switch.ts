import { mayBeIn, readArea } from '../area.ts';
import type { Asked, Closed } from '../asked.ts';

/** Everything, a journey, a channel, a segment or an area, stopped by our own people; or a journey for this customer. */
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
  const stopped = row.gates.stopped?.find(({ journey, until }) => until === null && journey === request.journey);
  if (!hit && stopped) return { rule: `journey:${stopped.journey} for this customer, by ${stopped.by}` };
  return hit ? { rule: `${hit.scope}: ${hit.reason}` } : null;
}
