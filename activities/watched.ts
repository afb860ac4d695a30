/** What the watch over a task or a promise asks: when it is due next, what has to be sent from there, and what happens when its time is up. */
import { climbTask } from '../store/tasks/climb.ts';
import { getTask } from '../store/tasks/get.ts';
import { deskOf } from '../store/desk.ts';
import { notifyPump } from '../store/outbox.ts';
import { nextPromiseDeadline } from '../store/promises/climb.ts';
import { answersToSend } from '../store/touch-to-send.ts';
import { climbPromise } from './climb-promise.ts';
import type { Deps } from './deps.ts';
import { placeIntroductions } from './introduction/place.ts';

export interface Watched {
  readonly kind: 'task' | 'promise';
  readonly id: string;
}
export interface NextDeadline {
  /** Epoch milliseconds; null: there is nothing left to watch. */
  readonly at: number | null;
  /** For eyes. */
  readonly state: string;
  /** An agent's answers and introductions that wait to be sent from here. */
  readonly toSend: readonly string[];
}

export async function nextDeadline(deps: Deps, { kind, id }: Watched): Promise<NextDeadline> {
  const { db } = deps;
  if (kind === 'promise') return { ...(await nextPromiseDeadline(db, id)), toSend: [] };
  const task = await getTask(db, id);
  const introductionAt = task && (await placeIntroductions(deps, task));
  const at = task?.deadlineAt ?? null;
  return {
    at: at === null ? null : Math.min(at, introductionAt ?? at),
    state: task?.state ?? 'gone',
    toSend: await answersToSend(db, id),
  };
}

export async function climb(deps: Deps, { kind, id }: Watched): Promise<void> {
  if (kind === 'promise') await climbPromise(deps, id);
  else {
    const climbed = await climbTask(deps.db, id, deps.clock.now(), await deskOf(deps.db, deps.defaultTeam));
    if (climbed.what === 'expired')
      deps.log.warn({ task: id, held: climbed.held }, 'a task was held too long, and is offered again');
  }
  await notifyPump(deps.db).catch(() => undefined);
}
