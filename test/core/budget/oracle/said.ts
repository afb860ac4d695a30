import type { Decision, TouchRequest } from '../../../../core/budget/decision.ts';

/** A decision in the oracle's words. Of a person's own message, what they are warned of is no part of it. */
export function said(decision: Decision, { madeBy }: Pick<TouchRequest, 'madeBy'>): string {
  if (decision.decided === 'suppressed') return `suppressed ${decision.because}`;
  if (decision.decided === 'deferred') return `deferred ${decision.because} ${new Date(decision.until).toISOString()}`;
  return madeBy === 'human' ? 'allowed' : ['allowed', ...decision.warnings.map(({ rule }) => rule)].join(' ');
}
