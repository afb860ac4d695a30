import { lookAt, type Spans } from '../../core/promise/promise.ts';
import { renewalId } from '../../core/promise/renewal.ts';
import { openDefaultTask, type Desk } from '../default-task.ts';
import type { Db, Tx } from '../open.ts';
import { getPromise, lockPromise, type StoredPromise } from './row.ts';

/** For its workflow: null once it is settled. */
export async function nextPromiseDeadline(
  db: Db,
  id: string,
): Promise<{ readonly at: number | null; readonly state: string }> {
  const promise = await getPromise(db, id);
  return { at: promise?.deadlineAt ?? null, state: promise?.state ?? 'gone' };
}

export type PromiseClimbed =
  | { readonly what: 'settled' }
  | { readonly what: 'waits'; readonly until: number }
  /**
   * The customer must hear, before it is due, that it takes longer. Nothing has changed yet: send touch `touchId`, then
   * call `renewPromise`. Who dies in between comes here again and gets the same touch.
   */
  | {
      readonly what: 'renew';
      readonly say: string;
      readonly dueAt: number;
      readonly number: number;
      readonly touchId: string;
      readonly promise: StoredPromise;
    }
  /** Its team has the customer as a task now. */
  | { readonly what: 'broken'; readonly taskId: string };

/** Called at its deadline, by its workflow. No promise ends silently: a broken one opens a task in the same transaction. */
export const climbPromise = (
  db: Db,
  id: string,
  now: number,
  { spans, desk }: { readonly spans: Spans; readonly desk: Desk },
): Promise<PromiseClimbed> =>
  db.transaction().execute(async (tx) => {
    const promise = await lockPromise(tx, id);
    const look = lookAt(promise, now, spans);
    if (look.what === 'renew') return { ...look, touchId: renewalId(id, look.number), promise };
    if (look.what !== 'broken') return look;
    return { what: 'broken', taskId: await breakPromise(tx, promise, now, desk) };
  });

async function breakPromise(tx: Tx, promise: StoredPromise, now: number, desk: Desk): Promise<string> {
  await tx
    .updateTable('promises')
    .set((eb) => ({ state: 'broken', deadline_at: null, settled_at: new Date(now), version: eb('version', '+', 1) }))
    .where('id', '=', promise.id)
    .execute();
  const opened = await openDefaultTask(tx, desk, {
    customerId: promise.customerId,
    team: promise.team,
    reasonId: `${promise.id}/broken`,
    journey: null,
    step: promise.step,
    because: `They were to hear from us by ${new Date(promise.dueAt).toISOString()}, and did not`,
    outcomes: ['made good'],
    now,
  });
  if (opened.is !== 'opened') throw new Error(`Promise ${promise.id} follows no silence and can't be overtaken`);
  return opened.taskId;
}
