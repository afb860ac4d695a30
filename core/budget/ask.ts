/**
 * One touch asks for its place: its channels are tried in order, and if none may go now its manner for quiet hours and its
 * fate say what becomes of it. Pure; the store makes it true.
 *
 * - The first channel that is allowed now is taken. A closed gate, a full window or a hold passes on to the next channel;
 *   quiet hours do so only where the touch says 'next-channel', because its default is to wait for the channel it wants.
 * - If none may go, whichever channel opens first is waited for, provided that the quiet manner or the fate waits that long.
 * - If nothing is worth waiting for, the fate holds as the first channel's refusal meets it. A substitute is decided like
 *   any channel, at its own price. While it is waited for, the fate that is handed back still has the substitute in front.
 */
import type { Channel } from '../journey/channels.ts';
import type { Fate, Quiet } from '../journey/table.ts';
import { explain } from './explain.ts';
import { applyFate, waitsUntil, type Met, type Refusal } from './fate.ts';
import { costOf, type ReadPolicy } from './read-policy.ts';
import { expire, leave, reserve, wait } from './reserve.ts';
import { sendWithinMs } from './asked.ts';
import { sharedOf } from './shared-rows.ts';
import type { TouchRequest } from './decision.ts';
import type { AskAnswer, AskRecord, Candidate, Tried, TouchAsk } from './touch-ask.ts';
import type { BudgetRow, Killed, RecentTouch } from './row.ts';

export interface Asking {
  readonly row: BudgetRow;
  readonly answer: AskAnswer;
  readonly record: AskRecord;
  /** What the place was asked with, or would have been: the fence asks again with it. */
  readonly request: TouchRequest | null;
  /** Of the channel that is reserved. No part of the answer, which is told to Temporal. */
  readonly address?: string;
}

interface Refused {
  readonly channel: Channel;
  readonly countsIn: readonly string[] | undefined;
  readonly decision: Refusal;
}

/** `now` in epoch milliseconds. */
export function askForTouch(row: BudgetRow, ask: TouchAsk, policy: ReadPolicy, killed: Killed, now: number): Asking {
  // Whoever has a place keeps it, on its channel: nothing is added.
  const had = expire(row, now).recent.find((touch) => touch.touchId === ask.touchId);
  const candidates = had
    ? [ask.candidates.find((c) => c.channel === had.channel && c.skipped === undefined) ?? keptBy(row, had)]
    : ask.candidates;
  const walk: Walk = { row, ask, policy, killed, now, tried: [] };
  const quiet = ask.quiet ?? 'wait';
  const refused: Refused[] = [];
  for (const candidate of candidates) {
    const outcome = tryChannel(walk, candidate);
    if (outcome === null) continue;
    if ('answer' in outcome) return outcome;
    refused.push(outcome);
    if (inQuietHours(outcome.decision) && quiet !== 'next-channel') break;
  }
  return meetFate(walk, refused, ask.fate, quiet === 'next-channel' ? 'fate' : quiet, (fate) => fate);
}

/** Its address is gone meanwhile. */
const keptBy = (row: BudgetRow, { touchId, channel }: RecentTouch): Candidate => ({
  channel,
  countsIn: sharedOf(row).flatMap(({ key, recent }) => (recent.some((t) => t.touchId === touchId) ? [key] : [])),
});

/** One ask on its way through the channels. */
interface Walk {
  readonly row: BudgetRow;
  readonly ask: TouchAsk;
  readonly policy: ReadPolicy;
  readonly killed: Killed;
  readonly now: number;
  readonly tried: Tried[];
}

const inQuietHours = (decision: Refusal): boolean =>
  decision.decided === 'deferred' && decision.because === 'quiet hours';

/** Null: it is no way to them. */
function tryChannel(walk: Walk, { channel, address, skipped, countsIn }: Candidate): Refused | Asking | null {
  const { row, ask, policy, killed, now, tried } = walk;
  if (skipped !== undefined) {
    tried.push({ channel, skipped });
    return null;
  }
  const request = requestOf(ask, channel, countsIn);
  const reserved = reserve(row, request, policy, killed, now);
  const { decision } = reserved;
  tried.push({ channel, decision });
  if (decision.decided !== 'allowed') return { channel, decision, countsIn };
  const place = reserved.row.recent.find((touch) => touch.touchId === ask.touchId);
  if (!place) throw new Error(`Touch '${ask.touchId}' was allowed by ${channel}, but has no place in the row`);
  const says = explain(decision);
  return {
    row: reserved.row,
    request,
    ...(address === undefined ? {} : { address }),
    record: { tried, says },
    answer: {
      is: 'reserved',
      channel,
      cost: place.cost,
      until: place.at,
      warnings: decision.warnings,
      says,
    },
  };
}

/** `within` puts what is left of a fate back into what it was part of. */
function meetFate(
  walk: Walk,
  refused: readonly Refused[],
  fate: Fate,
  quiet: Quiet,
  within: (left: Fate) => Fate,
): Asking {
  const { ask, now } = walk;
  const met = refused.map((r) => ({
    ...r,
    met: applyFate({ decision: r.decision, fate, quiet, firstAskedAt: ask.firstAskedAt, now }),
  }));
  let soonest: (Refused & { met: Extract<Met, { then: 'wait' }> }) | null = null;
  for (const each of met)
    if (each.met.then === 'wait' && (soonest === null || each.met.until < soonest.met.until))
      soonest = { ...each, met: each.met };
  if (soonest) return deferred(walk, soonest, soonest.met.until, within(soonest.met.fate));

  const first = met[0];
  const holds =
    first?.met ?? applyFate({ decision: 'failed', fate, quiet: 'fate', firstAskedAt: ask.firstAskedAt, now });
  if (holds.then !== 'substitute') return given(walk, first?.decision, holds);
  // What it is part of comes first when it asks again; whatever it was tried with already is not tried twice.
  const { channel } = holds;
  const rest = (left: Fate): Fate => within({ fate: 'substitute', channel, then: left });
  if (walk.tried.some((t) => t.channel === channel)) return meetFate(walk, refused, holds.fate, quiet, rest);
  const substitute = ask.substitutes?.find((s) => s.channel === channel);
  const outcome = tryChannel(walk, substitute ?? { channel, skipped: `${channel}: no way to them` });
  if (outcome === null) return meetFate(walk, refused, holds.fate, quiet, rest);
  return 'answer' in outcome ? outcome : meetFate(walk, [outcome], holds.fate, quiet, rest);
}

function deferred(walk: Walk, { channel, decision, countsIn }: Refused, until: number, fate: Fate): Asking {
  const { ask, policy, row, tried } = walk;
  const { touchId, journey, purpose, firstAskedAt } = ask;
  const says = explain(decision);
  // Whoever is told to come back keeps their turn for as long as coming back may take.
  const givesUpAt = Math.max(waitsUntil(fate, firstAskedAt), until + sendWithinMs);
  const cost = costOf(policy, channel, ask.madeBy);
  return {
    row: wait(row, { touchId, journey, purpose, channel, cost, askedAt: firstAskedAt, until, givesUpAt }, countsIn),
    request: requestOf(ask, channel, countsIn),
    record: { tried, says },
    answer: {
      is: 'deferred',
      channel,
      until,
      because: decision.because,
      fate,
      says,
    },
  };
}

/** What stands in place of a gate where no channel leads to them. */
export const noWay = 'no way to reach them';

function given({ ask, row, tried }: Walk, decision: Refusal | undefined, met: Met): Asking {
  const because = decision?.because ?? noWay;
  const says = decision
    ? explain({ decided: 'suppressed', because: decision.because, explanation: decision.explanation })
    : `Not sent: no way to reach them${tried.length === 0 ? '' : ` (${tried.map((t) => ('skipped' in t ? t.skipped : t.channel)).join('; ')})`}.`;
  const told = { because, says };
  const answer: AskAnswer =
    met.then === 'toHuman'
      ? { is: 'to-human', ...(met.team === undefined ? {} : { team: met.team }), ...told }
      : { is: 'dropped', ...told };
  return { row: leave(row, ask.touchId), request: null, record: { tried, says }, answer };
}

function requestOf(ask: TouchAsk, channel: Channel, countsIn: readonly string[] | undefined): TouchRequest {
  const { touchId, customerId, journey, purpose, madeBy, cause, assumes, answersInboundAt, firstAskedAt } = ask;
  const rateOpensAt = ask.rateOpensAt?.[channel];
  return {
    touchId,
    customerId,
    journey,
    purpose,
    channel,
    madeBy,
    assumes,
    askedAt: firstAskedAt,
    ...(cause === undefined ? {} : { cause }),
    ...(answersInboundAt === undefined ? {} : { answersInboundAt }),
    ...(ask.sendWithinMs === undefined ? {} : { sendWithinMs: ask.sendWithinMs }),
    ...(rateOpensAt === undefined ? {} : { rateOpensAt }),
    ...(countsIn === undefined ? {} : { countsIn }),
  };
}
