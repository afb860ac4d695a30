import type { Promised } from '../../core/promise/promise.ts';
import { lockCustomer } from '../lock-customer.ts';
import type { Db, Tx } from '../open.ts';

export interface StoredPromise extends Promised {
  readonly id: string;
  readonly customerId: string;
  readonly enrolmentId: string;
  readonly step: string;
  readonly keptBy: readonly string[];
  readonly state: 'open' | 'kept' | 'broken' | 'obsolete';
  readonly version: number;
  readonly madeAt: number;
  readonly settledAt: number | null;
}

export const promiseRows = (db: Db) =>
  db
    .selectFrom('promises')
    .select(['id', 'customer_id', 'enrolment_id', 'step', 'team', 'kept_by', 'state', 'version', 'due_at', 'renew'])
    .select(['renewed', 'deadline_at', 'made_at', 'settled_at']);
type Row = Awaited<ReturnType<ReturnType<typeof promiseRows>['executeTakeFirstOrThrow']>>;

export const readPromise = (row: Row): StoredPromise => ({
  id: row.id,
  customerId: row.customer_id,
  enrolmentId: row.enrolment_id,
  step: row.step,
  team: row.team,
  keptBy: row.kept_by,
  state: row.state,
  version: row.version,
  dueAt: row.due_at.getTime(),
  renew: row.renew,
  renewed: row.renewed,
  deadlineAt: row.deadline_at?.getTime() ?? null,
  madeAt: row.made_at.getTime(),
  settledAt: row.settled_at?.getTime() ?? null,
});

export async function getPromise(db: Db, id: string): Promise<StoredPromise | null> {
  const row = await promiseRows(db).where('id', '=', id).executeTakeFirst();
  return row ? readPromise(row) : null;
}

/** Of one customer, the newest first. */
export async function promisesOf(db: Db, customerId: string): Promise<StoredPromise[]> {
  return (await promiseRows(db).where('customer_id', '=', customerId).orderBy('made_at', 'desc').execute()).map(
    readPromise,
  );
}

/** Takes its customer first, as everybody does. */
export async function lockPromise(tx: Tx, id: string): Promise<StoredPromise> {
  const { customer_id } = await tx
    .selectFrom('promises')
    .select('customer_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => new Error(`There is no promise ${id}`));
  await lockCustomer(tx, customer_id);
  return readPromise(await promiseRows(tx).where('id', '=', id).executeTakeFirstOrThrow());
}
