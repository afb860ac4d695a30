/** A change of a customer's record is news to whoever's time hangs on it: as an event 'customer' that says which fields changed, not to what. */
import type { Scalar } from '../../core/run/inputs.ts';
import { deliver, type Numbered } from '../deliver.ts';
import type { Tx } from '../open.ts';
import { settleBeside } from './settle.ts';
import { newId } from '../ids.ts';

type Fields = Readonly<Record<string, Scalar>>;
export interface RecordChange {
  readonly customerId: string;
  readonly before: Fields;
  readonly after: Fields;
  readonly now: number;
}

/** Inside a transaction that holds the customer. Call `notifyPump` afterwards if anybody hears of it. */
export async function recordChanged(tx: Tx, { customerId, before, after, now }: RecordChange): Promise<Numbered[]> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const changed = names.filter((name) => before[name] !== after[name]);
  if (changed.length === 0) return [];
  const runs = await tx
    .selectFrom('enrolments')
    .innerJoin('journeys', (join) =>
      join.onRef('journeys.name', '=', 'enrolments.journey').onRef('journeys.version', '=', 'enrolments.version'),
    )
    .select('enrolments.id')
    .where('enrolments.customer_id', '=', customerId)
    .where('enrolments.state', '=', 'running')
    .where((eb) => eb(eb.val('customer'), '=', eb.fn.any('journeys.hears')))
    .execute();
  const data = Object.fromEntries(changed.map((name) => [name, true]));
  const body = { kind: 'event', event: 'customer', id: newId('v'), data } as const;
  const numbered = await deliver(
    tx,
    runs.map(({ id }) => ({ enrolmentId: id, body })),
    { eventId: null, at: now, now },
  );
  await settleBeside(tx, { customerId, type: 'customer', data: after, now, isOfAll: true });
  return numbered;
}
