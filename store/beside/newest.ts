import type { Scalar } from '../../core/run/inputs.ts';
import type { Tx } from '../open.ts';

/**
 * The newest values of what a time hangs on, for what has just been written down: whoever tells a date anew holds the customer,
 * as we do, so it either finds our row or is found here. Null: nothing was told since the run began.
 */
export async function newestValues(
  tx: Tx,
  { enrolmentId, customerId, follows }: { enrolmentId: string; customerId: string; follows: string },
): Promise<Readonly<Record<string, Scalar>> | null> {
  if (follows === 'customer') {
    const row = await tx.selectFrom('customers').select('fields').where('id', '=', customerId).executeTakeFirst();
    return row?.fields ?? null;
  }
  const row = await tx
    .selectFrom('deliveries')
    .select('body')
    .where('enrolment_id', '=', enrolmentId)
    .where('kind', '=', 'event')
    .where((eb) => eb(eb.ref('body', '->>').key('event'), '=', follows))
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.body.kind === 'event' ? row.body.data : null;
}
