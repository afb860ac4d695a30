import type { Asked, Shut } from '../asked.ts';

export const pause = 'a pause the customer asked for';

/** What a rule begins with where one of our people paused this journey for this customer. */
export const pausedByUs = 'paused for this customer';

/**
 * A person has the conversation, or the customer asked for a pause: what is automated and no service waits for its end. A journey that one of
 * our people paused for this customer waits with everything it has to say.
 */
export function hold({ row, request }: Asked, at: number): Shut | null {
  const paused = row.gates.stopped?.find(({ journey, until }) => journey === request.journey && (until ?? at) > at);
  if (paused?.until != null) return { opensAt: paused.until, rule: `${pausedByUs} by ${paused.by}: ${paused.journey}` };
  if (request.purpose === 'service') return null;
  const { hold: task, held, own } = row.gates;
  const holds = [
    ...(task ? [{ until: task.until, rule: `task ${task.taskId}` }] : []),
    ...(held ? [{ until: held.until, rule: `held by ${held.by}` }] : []),
    ...(own?.pausedUntil === undefined ? [] : [{ until: own.pausedUntil, rule: pause }]),
  ].filter(({ until }) => at < until);
  const [first] = holds;
  return first ? { opensAt: Math.max(...holds.map(({ until }) => until)), rule: first.rule } : null;
}
