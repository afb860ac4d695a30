import type { Db } from '../open.ts';
import type { PromiseFigures } from './figures.ts';

/** `figures.promises` of a day. */
export async function countPromises(db: Db, from: number, to: number): Promise<PromiseFigures> {
  const rows = await db
    .selectFrom('promises')
    .select(['state', (eb) => eb.fn.countAll<string>().as('count')])
    .where('settled_at', '>=', new Date(from))
    .where('settled_at', '<', new Date(to))
    .groupBy('state')
    .execute();
  const of = (state: 'kept' | 'broken'): number => Number(rows.find((row) => row.state === state)?.count ?? 0);
  return { kept: of('kept'), broken: of('broken') };
}
