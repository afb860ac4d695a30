import type { Asked, Shut } from '../asked.ts';

export const pause = 'a pause the customer asked for';

/** A person has the conversation, or the customer asked for a pause: what is automated and no service waits for its end. */
export function hold({ row, request }: Asked, at: number): Shut | null {
  if (request.purpose === 'service') return null;
  const held = row.gates.hold;
  const pausedUntil = row.gates.own?.pausedUntil ?? -Infinity;
  const heldUntil = held?.until ?? -Infinity;
  const opensAt = Math.max(heldUntil, pausedUntil);
  if (at >= opensAt) return null;
  return held && at < heldUntil ? { opensAt, rule: `task ${held.taskId}` } : { opensAt, rule: pause };
}
