/** Whom publishing would leave where the new version does not go. */
import { mapFaults, type MapFault } from '../../core/journey/diff/leads.ts';
import type { Journey } from '../../core/journey/table.ts';
import type { StepMap } from '../../core/run/move-state.ts';
import { journeyAt } from '../journeys.ts';
import type { Db } from '../open.ts';
import { countOf, stuck, whereTheyWouldGo } from './lead.ts';

/** What becomes of those whose step the new version does not have: they stay on theirs, or go on in the new one as mapped. */
export interface Others {
  readonly keep?: true;
  readonly move?: StepMap;
}

/** Customers stand at steps that the new version does not have, and nobody has said what becomes of them. */
export interface WouldOrphan {
  readonly refused: 'would-orphan';
  readonly journey: string;
  /** The version they are on. */
  readonly version: number;
  readonly customers: number;
  readonly steps: readonly { readonly step: string; readonly customers: number; readonly because: string }[];
  /** Steps that were mapped and are not there. */
  readonly faults: readonly MapFault[];
  readonly because: string;
}
/** Asked once, of the version that is replaced: whoever is on an older one was kept there when that was. */
export async function wouldOrphan(
  tx: Db,
  to: Journey,
  version: number,
  others: Others | undefined,
): Promise<WouldOrphan | null> {
  const from = await journeyAt(tx, to.name, version);
  if (!from) throw new Error(`There is no version ${String(version)} of journey '${to.name}'`);
  const map = others?.move ?? {};
  const faults = mapFaults(from.definition, to, map);
  const led = others?.keep ? [] : stuck(await whereTheyWouldGo(tx, { from: from.definition, version, to, map }));
  if (led.length === 0 && faults.length === 0) return null;
  const steps = led.flatMap(({ step, customers, lead }) =>
    step !== null && lead?.is === 'stays' ? [{ step, customers, because: lead.because }] : [],
  );
  const customers = countOf(led);
  const where = steps.map((at) => `${String(at.customers)} at '${at.step}' (${at.because})`).join(', ');
  const because =
    faults[0] && steps.length === 0
      ? faults[0].problem
      : `${String(customers)} ${customers === 1 ? 'customer of' : 'customers of'} '${to.name}' ${String(version)} ` +
        `would be left where the new version does not go: ${where}`;
  return { refused: 'would-orphan', journey: to.name, version, customers, steps, faults, because };
}
