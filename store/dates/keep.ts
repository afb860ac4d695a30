import type { Scalar } from '../../core/run/inputs.ts';
import { journeysEnteredByDate, pinned } from '../journeys.ts';
import type { Tx } from '../open.ts';
import { dateEntryOf } from './due.ts';
import { writeDateEntries } from './write.ts';

/** In the transaction that changes a customer's record: the journeys that are entered by what changed know their new moment. */
export async function keepDateEntries(
  tx: Tx,
  changed: {
    readonly customerId: string;
    /** Names of those that were given; with another zone, every date means another moment. */
    readonly fields: readonly string[];
    readonly isZoneGiven: boolean;
  },
  now: number,
): Promise<void> {
  const { customerId, fields, isZoneGiven } = changed;
  if (fields.length === 0 && !isZoneGiven) return;
  const journeys = await journeysEnteredByDate(tx, isZoneGiven ? null : fields);
  if (journeys.length === 0) return;
  const customer: { zone: string | null; fields: Readonly<Record<string, Scalar>> } = await tx
    .selectFrom('customers')
    .select(['zone', 'fields'])
    .where('id', '=', customerId)
    .executeTakeFirstOrThrow();
  for (const journey of journeys) {
    const { words } = await pinned(tx, journey);
    const entry = dateEntryOf(journey.definition, words.data, customer, now);
    await writeDateEntries(tx, journey.name, [{ customerId, entry }], now);
  }
}
