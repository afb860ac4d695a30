/** Who read a confidential conversation, and who tried to. Written before anything is shown: what is not written down is not read. */
import type { Db } from '../open.ts';

export interface Reading {
  /** Of the log, in its order. */
  readonly number: number;
  readonly reader: string;
  readonly wasLet: boolean;
  /** The first and the last of `times` looks in a row. Epoch milliseconds. */
  readonly at: number;
  readonly until: number;
  readonly times: number;
}

/** A page that stays open looks again every few seconds: looks no further apart than this are one reading. */
const sameReadingMs = 5 * 60_000;

export async function logReading(
  db: Db,
  { customerId, reader, wasLet, now }: { customerId: string; reader: string; wasLet: boolean; now: number },
): Promise<void> {
  const went = await db
    .updateTable('readings')
    .set((eb) => ({ until_at: new Date(now), times: eb('times', '+', 1) }))
    .where('customer_id', '=', customerId)
    .where('id', '=', (eb) =>
      eb
        .selectFrom('readings')
        .select((r) => r.fn.max('id').as('id'))
        .where('customer_id', '=', customerId)
        .where('reader', '=', reader),
    )
    .where('was_let', '=', wasLet)
    .where('until_at', '>=', new Date(now - sameReadingMs))
    .executeTakeFirst();
  if (went.numUpdatedRows > 0n) return;
  const at = new Date(now);
  await db
    .insertInto('readings')
    .values({ customer_id: customerId, reader, was_let: wasLet, at, until_at: at })
    .execute();
}

/** Newest first; `after` is the last one of the page before. */
export async function readingsOf(
  db: Db,
  customerId: string,
  { after, limit }: { readonly after: number | null; readonly limit: number },
): Promise<Reading[]> {
  const rows = await db
    .selectFrom('readings')
    .select(['id', 'reader', 'was_let', 'at', 'until_at', 'times'])
    .where('customer_id', '=', customerId)
    .$if(after !== null, (query) => query.where('id', '<', String(after)))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ id, was_let, at, until_at, ...row }) => ({
    ...row,
    number: Number(id),
    wasLet: was_let,
    at: at.getTime(),
    until: until_at.getTime(),
  }));
}
