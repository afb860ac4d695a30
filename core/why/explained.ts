/** A stored decision as designers see it: each counter before and after, and what stood behind it. */
import { explain } from '../budget/explain.ts';
import type { Decision, GateName } from '../budget/decision.ts';

/** Instants in epoch milliseconds. */
export interface Explained {
  readonly decided: Decision['decided'];
  readonly says: string;
  readonly gate: GateName | null;
  readonly rule: string | null;
  readonly policy: string;
  readonly policyVersion: number;
  /** `after` is what `before` is where nothing was taken. */
  readonly counters: readonly {
    readonly window: string;
    readonly span: string;
    readonly before: number;
    readonly after: number;
    readonly atMost: number;
  }[];
  readonly usedBy: readonly string[];
  readonly wonBy: readonly string[];
  /** When that gate alone opens; null: not by itself. */
  readonly opensAt: number | null;
  /** The earliest instant at which all would let it go; null: not by waiting. */
  readonly earliest: number | null;
  readonly heldLastBy: GateName | null;
}

export function explained(decision: Decision): Explained {
  const { gate, rule, policy, policyVersion, counters, usedBy, wonBy, opensAt, earliest, heldLastBy } =
    decision.explanation;
  const takes = decision.decided === 'allowed' && decision.already === undefined;
  return {
    decided: decision.decided,
    says: explain(decision),
    gate,
    rule: rule ?? null,
    policy,
    policyVersion,
    counters: counters.map(({ window, span, used, cost, atMost }) => ({
      window,
      span,
      before: used,
      after: takes ? used + cost : used,
      atMost,
    })),
    usedBy,
    wonBy: wonBy ?? [],
    opensAt,
    earliest,
    heldLastBy: heldLastBy ?? null,
  };
}
