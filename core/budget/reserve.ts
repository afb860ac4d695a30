/** The life of a touch's place: reserve → fence → settle. Each takes a row and gives the next one; writing it is the store's work. */
import { ask, sendWithinMs } from './asked.ts';
import { allowed, decide } from './decide.ts';
import { longestWindowMs, type ReadPolicy } from './read-policy.ts';
import { latestSend } from './rules/windows.ts';
import type { BudgetRow, Decision, Killed, RecentTouch, TouchRequest, TouchState, WaitingTouch } from './types.ts';

/**
 * Decides, and takes the place if it is given. A touch that has its place already is told so, and nothing is added. Only
 * an allowed touch changes the row: a refusal or deferral needs no write.
 */
export function reserve(
  row: BudgetRow,
  request: TouchRequest,
  policy: ReadPolicy,
  killed: Killed,
  now: number,
): { readonly row: BudgetRow; readonly decision: Decision } {
  const swept = prune(expire(row, now), now);
  const asked = ask(swept, request, policy, killed, now);
  const has = placeOf(swept, request.touchId);
  if (has) return { row, decision: { ...allowed(asked, []), already: has.state } };
  const decision = decide(swept, request, policy, killed, now);
  if (decision.decided !== 'allowed') return { row, decision };
  const place: RecentTouch = {
    touchId: request.touchId,
    reservedAt: now,
    at: latestSend(asked, request.sendWithinMs ?? sendWithinMs),
    cost: asked.cost,
    channel: request.channel,
    purpose: request.purpose,
    journey: request.journey,
    state: 'reserved',
  };
  const waiting = swept.waiting.filter((w) => w.touchId !== request.touchId);
  return { row: next(swept, { recent: [...swept.recent, place], waiting }), decision };
}

/** Why a touch may not be sent although it was reserved: its place is gone, its time is over, or somebody is at it. */
export type NotFenced = 'no place' | 'too late' | TouchState;

/**
 * The instant after which it counts as sent. A clock that runs behind the one that reserved it is taken forward to the
 * reservation: the windows were measured from there.
 */
export function fence(
  row: BudgetRow,
  touchId: string,
  now: number,
):
  | { readonly row: BudgetRow; readonly fenced: true; readonly at: number }
  | { readonly row: BudgetRow; readonly fenced: false; readonly because: NotFenced } {
  const place = placeOf(row, touchId);
  if (!place) return { row, fenced: false, because: 'no place' };
  if (place.state !== 'reserved') return { row, fenced: false, because: place.state };
  if (now > place.at) return { row, fenced: false, because: 'too late' };
  const at = Math.max(now, place.reservedAt);
  return { row: withPlace(row, { ...place, at, state: 'sending' }), fenced: true, at };
}

/** `failed`: the provider surely did not send it. */
export type Outcome = 'sent' | 'failed' | 'unknown';

/**
 * What came of it. A certain failure gives the place back; an unknown outcome keeps it until somebody finds out. Status
 * never goes back: what is sent stays sent, and a place that is gone stays gone. `settled` is false if nothing changed.
 */
export function settle(
  row: BudgetRow,
  touchId: string,
  outcome: Outcome,
): { readonly row: BudgetRow; readonly settled: boolean; readonly refunded: boolean } {
  const place = placeOf(row, touchId);
  const open = place?.state === 'sending' || place?.state === 'unknown';
  const givesUpBeforeSending = place?.state === 'reserved' && outcome === 'failed';
  if (!place || !(open || givesUpBeforeSending) || place.state === outcome)
    return { row, settled: false, refunded: false };
  if (outcome === 'failed') return { row: withoutPlace(row, touchId), settled: true, refunded: place.cost > 0 };
  return { row: withPlace(row, { ...place, state: outcome }), settled: true, refunded: false };
}

/** Gives back a place that was never sent from: the run went on without it. What is being sent stays. */
export function release(row: BudgetRow, touchId: string): BudgetRow {
  const unsent = placeOf(row, touchId)?.state === 'reserved' ? withoutPlace(row, touchId) : row;
  return leave(unsent, touchId);
}

/** Reserved touches whose latest instant is past lose their place. An unknown one never does. */
export function expire(row: BudgetRow, now: number): BudgetRow {
  const recent = row.recent.filter((touch) => touch.state !== 'reserved' || touch.at >= now);
  return recent.length === row.recent.length ? row : next(row, { recent });
}

/** Forgets what is older than the longest window, and who no longer waits. Unknown ones are kept: somebody still asks. */
export function prune(row: BudgetRow, now: number): BudgetRow {
  const recent = row.recent.filter((touch) => touch.state !== 'sent' || touch.at > now - longestWindowMs);
  const waiting = row.waiting.filter((w) => w.givesUpAt > now);
  const same = recent.length === row.recent.length && waiting.length === row.waiting.length;
  return same ? row : next(row, { recent, waiting });
}

/** Puts a deferred touch among those that wait; asked again, it keeps its age. */
export function wait(row: BudgetRow, touch: WaitingTouch): BudgetRow {
  const before = row.waiting.find((w) => w.touchId === touch.touchId);
  const askedAt = Math.min(touch.askedAt, before?.askedAt ?? Infinity);
  return next(row, { waiting: [...row.waiting.filter((w) => w !== before), { ...touch, askedAt }] });
}

/** It waits no longer: its fate held, or the run is over. */
export function leave(row: BudgetRow, touchId: string): BudgetRow {
  const waiting = row.waiting.filter((w) => w.touchId !== touchId);
  return waiting.length === row.waiting.length ? row : next(row, { waiting });
}

const placeOf = (row: BudgetRow, touchId: string): RecentTouch | undefined =>
  row.recent.find((t) => t.touchId === touchId);
const next = (row: BudgetRow, change: Partial<Pick<BudgetRow, 'recent' | 'waiting'>>): BudgetRow => ({
  ...row,
  ...change,
  version: row.version + 1,
});
const withPlace = (row: BudgetRow, place: RecentTouch): BudgetRow =>
  next(row, { recent: row.recent.map((t) => (t.touchId === place.touchId ? place : t)) });
const withoutPlace = (row: BudgetRow, touchId: string): BudgetRow =>
  next(row, { recent: row.recent.filter((t) => t.touchId !== touchId) });
