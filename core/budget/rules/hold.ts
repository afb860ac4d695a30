import type { Asked, Shut } from '../asked.ts';

export const pause = 'a pause the customer asked for';

/** A person has the conversation, or the customer asked for a pause: what is automated and no service waits for its end. */
export function hold({ row, request }: Asked, at: number): Shut | null {
  if (request.purpose === 'service') return null;
  const { hold: task, held, own } = row.gates;
  const holds = [
    { until: task?.until ?? -Infinity, rule: `task ${task?.taskId ?? ''}` },
    { until: held?.until ?? -Infinity, rule: `held by ${held?.by ?? ''}` },
    { until: own?.pausedUntil ?? -Infinity, rule: pause },
  ].filter(({ until }) => at < until);
  const first = holds[0];
  return first ? { opensAt: Math.max(...holds.map(({ until }) => until)), rule: first.rule } : null;
}
