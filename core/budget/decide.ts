/**
 * May this touch go out now? The one place that decides; pure, so that a process can decide anywhere and a
 * compare-and-swap on the row's version makes it true.
 */
import { ask, type Asked, type Closed, type Shut } from './asked.ts';
import { earliest } from './earliest.ts';
import { closedGates, timedGates } from './gates.ts';
import { priority } from './priority.ts';
import type { ReadPolicy } from './read-policy.ts';
import { counters, overSoftCap } from './rules/windows.ts';
import { winners } from './winners.ts';
import type { Counter, Decision, Explanation, GateName, TouchRequest, Warning } from './decision.ts';
import type { BudgetRow, Killed } from './row.ts';

/** `now`: epoch milliseconds. A person's own message is always allowed, with warnings. */
export function decide(
  row: BudgetRow,
  request: TouchRequest,
  policy: ReadPolicy,
  killed: Killed,
  now: number,
): Decision {
  return decideAsked(ask(row, request, policy, killed, now));
}

/** The same, where the question has been put already. */
export function decideAsked(asked: Asked): Decision {
  const { request, now } = asked;
  if (request.madeBy === 'human') return allowed(asked, warningsOf(asked));
  for (const [because, gate] of closedGates) {
    const closed = gate(asked);
    if (closed) return { decided: 'suppressed', because, explanation: explanationOf(asked, because, closed, null) };
  }
  const held = earliest(asked, now);
  if (held) {
    const { because, shut, heldLastBy } = held;
    if (held.at === 'never')
      return { decided: 'suppressed', because, explanation: explanationOf(asked, because, shut, null) };
    const explanation = explanationOf(asked, because, shut, held.at, heldLastBy);
    return { decided: 'deferred', until: held.at, because, explanation };
  }
  const yields = priority(asked);
  if (yields) {
    // With no instant of its own it is asked again when whoever goes first has gone; a day is the longest it is left alone.
    const until = yields.opensAt === 'never' ? now + dayLongMs : yields.opensAt;
    return {
      decided: 'deferred',
      until,
      because: 'priority',
      explanation: explanationOf(asked, 'priority', yields, until),
    };
  }
  const explanation = explanationOf(asked, null, null, now);
  return { decided: 'allowed', turn: asked.turn, warnings: softWarnings(asked, explanation.counters), explanation };
}

const dayLongMs = 86_400_000;

/** What a person should know before they send; nothing of it stops them. */
export function weigh(
  row: BudgetRow,
  request: TouchRequest,
  policy: ReadPolicy,
  killed: Killed,
  now: number,
): readonly Warning[] {
  return warningsOf(ask(row, request, policy, killed, now));
}

/**
 * Asked again right before the provider is called, for a touch that has its place: every gate but the budget's, which the
 * reservation answered. Null: it may go.
 */
export function stopsNow(
  row: BudgetRow,
  request: TouchRequest,
  policy: ReadPolicy,
  killed: Killed,
  now: number,
): Extract<Decision, { decided: 'deferred' | 'suppressed' }> | null {
  const withoutBudget = { ...policy, windows: [], spacing: [] };
  // What went before stays: it tells whether this is a further message of a chat.
  const decision = decide({ ...row, gates: withoutLess(row) }, request, withoutBudget, killed, now);
  return decision.decided === 'allowed' ? null : decision;
}

function withoutLess({ gates }: BudgetRow): BudgetRow['gates'] {
  if (!gates.own?.less) return gates;
  const { less: _, ...own } = gates.own;
  return { ...gates, own };
}

function warningsOf(asked: Asked): Warning[] {
  const closed = closedGates.flatMap(([gate, rule]) => toWarning(gate, rule(asked)));
  const shut = timedGates.flatMap(([gate, rule]) =>
    gate === 'channel rate' || gate === 'hold' ? [] : toWarning(gate, rule(asked, asked.now)),
  );
  return [...closed, ...shut, ...softWarnings(asked)];
}
const toWarning = (gate: GateName, closed: Closed | null): Warning[] => (closed ? [{ gate, rule: closed.rule }] : []);
const softWarnings = (asked: Asked, all: readonly Counter[] = counters(asked)): Warning[] =>
  overSoftCap(asked, all).map((counter) => ({ gate: 'windows', rule: counter.window }));

export function allowed(asked: Asked, warnings: readonly Warning[]): Extract<Decision, { decided: 'allowed' }> {
  return { decided: 'allowed', turn: asked.turn, warnings, explanation: explanationOf(asked, null, null, asked.now) };
}

function explanationOf(
  asked: Asked,
  gate: GateName | null,
  closed: Closed | Shut | null,
  earliestAt: number | null,
  heldLastBy?: GateName,
): Explanation {
  const opensAt = closed && 'opensAt' in closed && closed.opensAt !== 'never' ? closed.opensAt : null;
  const usedBy = closed?.usedBy ?? [];
  const wonBy = usedBy.length === 0 ? [] : winners(asked, gate, usedBy);
  return {
    gate,
    ...(closed ? { rule: closed.rule } : {}),
    ...(closed?.over === undefined ? {} : { over: closed.over }),
    policy: asked.policy.name,
    policyVersion: asked.policy.version,
    channel: asked.request.channel,
    purpose: asked.request.purpose,
    counters: counters(asked),
    usedBy,
    ...(wonBy.length === 0 ? {} : { wonBy }),
    opensAt: gate === null ? asked.now : opensAt,
    earliest: earliestAt,
    ...(heldLastBy && heldLastBy !== gate ? { heldLastBy } : {}),
    zone: asked.row.gates.zone,
    at: asked.now,
  };
}
