import type { Spans } from '../../core/promise/promise.ts';
import { renewed } from '../../core/promise/renewal.ts';
import type { Db } from '../open.ts';
import { callWorkflows } from '../outbox.ts';
import { lockPromise, type StoredPromise } from './row.ts';

export interface Renewing {
  readonly id: string;
  /** The renewal `climbPromise` asked for: a second call for the same one changes nothing. */
  readonly number: number;
  readonly dueAt: number;
  /** False: they could not be told. Then it is due when it was, and is not renewed again. */
  readonly told: boolean;
  readonly now: number;
  readonly spans: Spans;
}

/** What the customer was told becomes what holds. Call `notifyPump` afterwards. */
export const renewPromise = (db: Db, renewing: Renewing): Promise<StoredPromise> =>
  db.transaction().execute(async (tx) => {
    const { id, number, now, spans } = renewing;
    const promise = await lockPromise(tx, id);
    if (promise.state !== 'open' || promise.renewed !== number - 1) return promise;
    const next = renewed(promise, renewing, now, spans);
    await tx
      .updateTable('promises')
      .set((eb) => ({
        renewed: next.renewed,
        due_at: new Date(next.dueAt),
        deadline_at: next.deadlineAt === null ? null : new Date(next.deadlineAt),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', id)
      .execute();
    await callWorkflows(tx, [{ kind: 'promise', ref: id }], now);
    return next;
  });
