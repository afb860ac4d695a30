/** A customer's row as it is stored, and as the decision reads it. */
import { decodeRing, encodeRing, type PackedRing } from '../../core/budget/ring.ts';
import type { BudgetRow, Gates, WaitingTouch } from '../../core/budget/types.ts';

export interface StoredRow {
  readonly customer_id: string;
  /** int8 comes as a string. */
  readonly version: string;
  readonly recent: PackedRing | readonly [];
  readonly waiting: readonly WaitingTouch[];
  readonly gates: Partial<Gates>;
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
  recent: 'touches' in stored.recent ? decodeRing(stored.recent) : [],
  waiting: stored.waiting,
  gates: gatesOf(stored.gates),
});

export const packed = (row: BudgetRow): { recent: PackedRing; waiting: readonly WaitingTouch[] } => ({
  recent: encodeRing(row.recent),
  waiting: row.waiting,
});
