import type { Scalar } from '../../core/run/types.ts';
import { isAbout } from '../about.ts';
import type { Tx } from '../open.ts';
import { callWorkflows } from '../outbox.ts';

/** What was promised and has happened now. A promise outlives its run: somebody still waits for it. */
export async function keepPromises(
  tx: Tx,
  event: {
    readonly customerId: string;
    readonly type: string;
    readonly data: Readonly<Record<string, Scalar>>;
    readonly now: number;
  },
): Promise<string[]> {
  const open = await tx
    .selectFrom('promises')
    .innerJoin('enrolments', 'enrolments.id', 'promises.enrolment_id')
    .select(['promises.id', 'enrolments.once_field', 'enrolments.once_value'])
    .where('promises.customer_id', '=', event.customerId)
    .where('promises.state', '=', 'open')
    .where((eb) => eb(eb.val(event.type), '=', eb.fn.any('promises.kept_by')))
    .execute();
  const kept = open.filter((promise) => isAbout(event.data, promise)).map((promise) => promise.id);
  if (kept.length === 0) return [];
  await tx
    .updateTable('promises')
    .set((eb) => ({
      state: 'kept',
      deadline_at: null,
      settled_at: new Date(event.now),
      version: eb('version', '+', 1),
    }))
    .where((eb) => eb('id', '=', eb.fn.any(eb.val(kept))))
    .where('state', '=', 'open')
    .execute();
  await callWorkflows(
    tx,
    kept.map((ref) => ({ kind: 'promise', ref })),
    event.now,
  );
  return kept;
}
