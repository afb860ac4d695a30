/** A customer's row as it is stored, and as the decision reads it. */
import { decodeRing } from '../../core/budget/ring.ts';
import type { BudgetRow, Gates, SharedKind, SharedRow, WaitingTouch } from '../../core/budget/row.ts';

export interface StoredRow {
  readonly customer_id: string;
  /** int8 comes as a string. */
  readonly version: string;
  /** Lines of `core/budget/ring`. */
  readonly recent: Buffer | string;
  readonly waiting: readonly WaitingTouch[];
  readonly gates: Partial<Gates>;
}

export interface StoredShared extends Pick<StoredRow, 'recent' | 'waiting'> {
  readonly key: string;
  readonly kind: SharedKind;
  readonly version: number;
}

/** Nobody has said anything yet: no consent, no zone. */
const unsaid: Gates = {
  consents: [],
  suppressions: [],
  guards: [],
  hold: null,
  zone: null,
  zonesPlausible: [],
  own: null,
  inboundOpen: [],
};

export const gatesOf = (stored: Partial<Gates>): Gates => ({ ...unsaid, ...stored });

export const rowOf = (stored: StoredRow): BudgetRow => ({
  customerId: stored.customer_id,
  version: Number(stored.version),
  recent: decodeRing(stored.recent.toString()),
  waiting: stored.waiting,
  gates: gatesOf(stored.gates),
});

export const sharedRowOf = ({ recent, ...stored }: StoredShared): SharedRow => ({
  ...stored,
  recent: decodeRing(recent.toString()),
});
