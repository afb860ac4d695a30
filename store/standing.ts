/** Where the customers of a journey stand: what a picture of it shows, and what publishing anew has to think of. */
import type { Db } from './open.ts';

export interface Standing {
  readonly version: number;
  /** Null: its workflow has not parked yet. */
  readonly step: string | null;
  readonly customers: number;
  /** Since when the first of them has stood there, as its workflow said when it last parked. */
  readonly longestSince: number | null;
}

/** Of all versions that somebody is still on, the newest first. */
export async function standing(db: Db, journey: string): Promise<Standing[]> {
  const rows = await db
    .selectFrom('enrolments')
    .select((eb) => [
      'version',
      'step',
      eb.fn.countAll<string>().as('customers'),
      eb.fn.min('parked_at').as('longest_since'),
    ])
    .where('journey', '=', journey)
    .where('state', '=', 'running')
    .groupBy(['version', 'step'])
    .orderBy('version', 'desc')
    .orderBy('step')
    .execute();
  return rows.map(({ version, step, customers, longest_since }) => ({
    version,
    step,
    customers: Number(customers),
    longestSince: longest_since?.getTime() ?? null,
  }));
}
