/** Where a customer may be and whose law may hold for them, copied into their row. */
import type { Place } from '../core/budget/area.ts';
import type { Channel } from '../core/journey/channels.ts';
import { setWhereaboutsGate } from './gates.ts';
import type { Tx } from './open.ts';

/** What of a customer says anything of where they are. */
export interface Locatable {
  readonly id: string;
  readonly zone: string | null;
  readonly locale: string;
  readonly place: Place | null;
  readonly jurisdiction: string | null;
  readonly addresses: readonly { readonly channel: Channel; readonly address: string }[];
}
/** The zones in which they may be, and whose law may hold for them. */
export type Locate = (customer: Pick<Locatable, 'place' | 'jurisdiction' | 'locale' | 'addresses'>) => {
  readonly zones: readonly string[];
  readonly jurisdictions: readonly string[];
};

/** With nobody to locate them, their law is what is on record, until somebody looks. */
export async function copyWhereabouts(
  tx: Tx,
  customer: Locatable,
  { locate, now, place: said }: { readonly locate?: Locate; readonly now: number; readonly place?: Place | null },
): Promise<void> {
  const { id, zone, place, jurisdiction } = customer;
  const onRecord = jurisdiction ?? (place && `${place.country}${place.region === undefined ? '' : `-${place.region}`}`);
  const found = locate?.(customer) ?? { zones: [], jurisdictions: onRecord === null ? [] : [onRecord] };
  const isSaidNow = said !== undefined;
  const where = { zone, plausible: found.zones, jurisdictions: found.jurisdictions, isSaidNow };
  await setWhereaboutsGate(tx, id, place ? { ...where, place } : where, now);
  const locatedAt = locate ? new Date(now) : null;
  await tx.updateTable('customers').set({ located_at: locatedAt }).where('id', '=', id).execute();
}
