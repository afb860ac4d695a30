/** Where a touch counts beside its customer's own row: known once it is known which rows they share. */
import { createHash } from 'node:crypto';
import type { Candidate, TouchAsk } from '../../core/budget/touch-ask.ts';
import { addressKind, sharedOf } from '../../core/budget/shared-rows.ts';
import type { BudgetRow, SharedKind } from '../../core/budget/row.ts';

/**
 * Opaque, and the same wherever it is made: with this, migration 0005 made those of everybody who shared an address by then. `salt` is
 * this installation's, in hexadecimal.
 */
export const sharedKey = (salt: string, kind: SharedKind, value: string): string =>
  `${kind}:${createHash('sha256').update(Buffer.from(salt, 'hex')).update(`${kind}:${value}`).digest('hex').slice(0, 32)}`;

/** The ask, with what each of its ways counts in. It stays as it is for a customer who shares nothing. */
export function withSharedKeys<A extends TouchAsk>(ask: A, row: BudgetRow, salt: string | null): A {
  const shared = sharedOf(row);
  if (salt === null || shared.length === 0) return ask;
  const marked = (candidate: Candidate): Candidate => {
    const kind = addressKind(candidate.channel);
    const at = kind === null || candidate.address === undefined ? null : sharedKey(salt, kind, candidate.address);
    // Without an address it may go to any of theirs.
    const counts = shared.filter((one) => one.kind === 'account' || (one.kind === kind && (at ?? one.key) === one.key));
    return { ...candidate, countsIn: counts.map(({ key }) => key) };
  };
  return {
    ...ask,
    candidates: ask.candidates.map(marked),
    ...(ask.substitutes === undefined ? {} : { substitutes: ask.substitutes.map(marked) }),
  };
}
