/** Who stands where on a version, and where each would go on in another one. */
import { leadOf, type Lead } from '../../core/journey/diff/leads.ts';
import type { Journey } from '../../core/journey/table.ts';
import type { StepMap } from '../../core/run/move-state.ts';
import type { Db } from '../open.ts';
import { standing } from '../standing.ts';

export interface Led {
  /** Null: it has not waited yet. */
  readonly step: string | null;
  readonly customers: number;
  readonly lead: Lead | null;
}

export async function whereTheyWouldGo(
  db: Db,
  {
    from,
    version,
    to,
    map,
  }: { readonly from: Journey; readonly version: number; readonly to: Journey; readonly map: StepMap },
): Promise<Led[]> {
  const there = (await standing(db, from.name)).filter((row) => row.version === version);
  return there.map(({ step, customers }) => ({
    step,
    customers,
    lead: step === null ? null : leadOf(from, to, map, step),
  }));
}

export const stuck = (led: readonly Led[]): readonly Led[] => led.filter(({ lead }) => lead?.is === 'stays');
export const countOf = (led: readonly Led[]): number => led.reduce((sum, { customers }) => sum + customers, 0);
