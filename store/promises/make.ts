import { deadlineOf, type Renewal, type Spans } from '../../core/promise/promise.ts';
import { lockCustomer } from '../customers.ts';
import type { Db } from '../open.ts';
import { callWorkflows } from '../outbox.ts';
import { getPromise, type StoredPromise } from './row.ts';

export interface PromiseMade {
  /** 'run/step/visit': the same again changes nothing. */
  readonly id: string;
  readonly customerId: string;
  readonly enrolmentId: string;
  readonly step: string;
  readonly team: string;
  readonly dueAt: number;
  readonly keptBy: readonly string[];
  readonly renew?: Renewal | null;
  readonly now: number;
  readonly spans: Spans;
}

/** Call `notifyPump` afterwards. */
export const makePromise = (db: Db, made: PromiseMade): Promise<StoredPromise> =>
  db.transaction().execute(async (tx) => {
    const { id, team, dueAt, now, renew = null } = made;
    await lockCustomer(tx, made.customerId);
    const row = await tx
      .insertInto('promises')
      .values({
        id,
        customer_id: made.customerId,
        enrolment_id: made.enrolmentId,
        step: made.step,
        team,
        kept_by: [...made.keptBy],
        state: 'open',
        due_at: new Date(dueAt),
        renew: renew && JSON.stringify(renew),
        deadline_at: new Date(deadlineOf({ team, dueAt, renew, renewed: 0 }, now, made.spans)),
        made_at: new Date(now),
      })
      .onConflict((c) => c.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (row) await callWorkflows(tx, [{ kind: 'promise', ref: id }], now);
    const stored = await getPromise(tx, id);
    if (!stored) throw new Error(`Promise ${id} is gone although this transaction holds its customer`);
    return stored;
  });
