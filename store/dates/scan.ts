/** A journey by date was published: everybody whose date is known already gets a row, in pages. */
import { latestJourney, pinned } from '../journeys.ts';
import type { Db, Tx } from '../open.ts';
import { dateEntryOf } from './due.ts';
import { writeDateEntries } from './write.ts';

/** In the transaction that publishes. Another entry than by date leaves nobody waiting for one. */
export async function planDateScan(tx: Tx, journey: string, field: string | null, now: number): Promise<void> {
  await tx.deleteFrom('date_scans').where('journey', '=', journey).execute();
  if (field === null) await tx.deleteFrom('date_entries').where('journey', '=', journey).execute();
  else
    await tx
      .insertInto('date_scans')
      .values({ journey, published_at: new Date(now) })
      .execute();
}

/** One page of the oldest scan that nobody else is at; how many customers it looked at, 0 if there is nothing to scan. */
export const scanForDates = (db: Db, { limit }: { readonly limit: number }): Promise<number> =>
  db.transaction().execute(async (tx) => {
    const scan = await tx
      .selectFrom('date_scans')
      .selectAll()
      .orderBy('published_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (!scan) return 0;
    // Held, so that nobody's date changes between reading it here and writing its row.
    const customers = await tx
      .selectFrom('customers')
      .select(['id', 'zone', 'fields'])
      .where('id', '>', scan.after_id)
      .where('merged_into', 'is', null)
      .orderBy('id')
      .limit(limit)
      .forNoKeyUpdate()
      .execute();
    const journey = await latestJourney(tx, scan.journey);
    const last = customers.at(-1);
    if (!journey || !last) {
      await tx.deleteFrom('date_scans').where('journey', '=', scan.journey).execute();
      return 0;
    }
    const { words } = await pinned(tx, journey);
    const publishedAt = scan.published_at.getTime();
    const dated = customers.map((customer) => ({
      customerId: customer.id,
      entry: dateEntryOf(journey.definition, words.data, customer, publishedAt),
    }));
    await writeDateEntries(tx, journey.name, dated, publishedAt);
    await tx.updateTable('date_scans').set({ after_id: last.id }).where('journey', '=', scan.journey).execute();
    return customers.length;
  });
