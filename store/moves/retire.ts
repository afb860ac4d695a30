/** A version that is over: nobody is on it, and nobody enters it any more. */
import { countOf } from './lead.ts';
import type { Db } from '../open.ts';
import { standing, type Standing } from '../standing.ts';

export type Retired =
  | { readonly retired: true; readonly isNew: boolean }
  | { readonly refused: 'unknown' }
  | { readonly refused: 'somebody-is-on-it'; readonly customers: number; readonly where: readonly Standing[] }
  /** It is to be said to an audience, or just is. */
  | { readonly refused: 'has-a-broadcast' };

export const retire = (
  db: Db,
  {
    journey,
    version,
    by,
    now,
  }: { readonly journey: string; readonly version: number; readonly by: string; readonly now: number },
): Promise<Retired> =>
  db.transaction().execute(async (tx) => {
    // Whoever is just entering refers to this row: they come first, and are counted.
    const row = await tx
      .selectFrom('journeys')
      .select('retired_at')
      .where('name', '=', journey)
      .where('version', '=', version)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return { refused: 'unknown' };
    if (row.retired_at) return { retired: true, isNew: false };
    const where = (await standing(tx, journey)).filter((at) => at.version === version);
    if (where.length > 0)
      return { refused: 'somebody-is-on-it', customers: countOf(where.map((at) => ({ ...at, lead: null }))), where };
    const broadcast = await tx
      .selectFrom('broadcasts')
      .select('id')
      .where('journey', '=', journey)
      .where('version', '=', version)
      .where('state', 'in', ['planned', 'running'])
      .executeTakeFirst();
    if (broadcast) return { refused: 'has-a-broadcast' };
    await tx
      .updateTable('journeys')
      .set({ retired_at: new Date(now), retired_by: by })
      .where('name', '=', journey)
      .where('version', '=', version)
      .execute();
    return { retired: true, isNew: true };
  });
