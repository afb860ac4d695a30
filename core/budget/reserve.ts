/** The life of a touch's place: reserve → fence → settle. Each takes a row and gives the next one; writing it is the store's work. */
import { ask, sendWithinMs } from './asked.ts';
import { allowed, decideAsked } from './decide.ts';
import { longestWindowMs, type ReadPolicy } from './read-policy.ts';
import { latestSend } from './rules/windows.ts';
import { countsIn, sharedOf } from './shared-rows.ts';
import type { Decision, TouchRequest } from './decision.ts';
import type { BudgetRow, Killed, RecentTouch, SharedRow, TouchState, WaitingTouch } from './row.ts';

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
  const decision = decideAsked(asked);
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
  const kept = leave(swept, request.touchId);
  const placed = next(kept, { recent: [...kept.recent, place] });
  const keys = countsIn(placed, request).map(({ key }) => key);
  const everywhere = overShared(placed, ({ key, recent }) =>
    keys.includes(key) ? { recent: [...recent, place] } : null,
  );
  return { row: everywhere, decision };
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
  /** Keys of the shared rows in which it has a place, too: somebody whose clock is ahead may have given that to others. */
  countedIn: readonly string[] = [],
):
  | { readonly row: BudgetRow; readonly fenced: true; readonly at: number }
  | { readonly row: BudgetRow; readonly fenced: false; readonly because: NotFenced } {
  const place = placeOf(row, touchId);
  const lacks = sharedOf(row).some(({ key, recent }) => countedIn.includes(key) && !has(recent, touchId));
  if (!place || lacks) return { row, fenced: false, because: 'no place' };
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
  const unexpired = (all: readonly RecentTouch[]): Kept => {
    const recent = all.filter((touch) => touch.state !== 'reserved' || touch.at >= now);
    return recent.length === all.length ? null : { recent };
  };
  const kept = unexpired(row.recent);
  return overShared(kept === null ? row : next(row, kept), (shared) => unexpired(shared.recent));
}

/** Forgets what is older than the longest window, and who no longer waits. Unknown ones are kept: somebody still asks. */
export function prune(row: BudgetRow, now: number): BudgetRow {
  const young = (all: Pick<BudgetRow, 'recent' | 'waiting'>): Kept => {
    const recent = all.recent.filter((touch) => touch.state !== 'sent' || touch.at > now - longestWindowMs);
    const waiting = all.waiting.filter((w) => w.givesUpAt > now);
    const same = recent.length === all.recent.length && waiting.length === all.waiting.length;
    return same ? null : { recent, waiting };
  };
  const kept = young(row);
  return overShared(kept === null ? row : next(row, kept), young);
}

/** Puts a deferred touch among those that wait; asked again, it keeps its age. */
export function wait(row: BudgetRow, touch: WaitingTouch, keys: readonly string[] = []): BudgetRow {
  const before = row.waiting.find((w) => w.touchId === touch.touchId);
  const askedAt = Math.min(touch.askedAt, before?.askedAt ?? Infinity);
  const aged = { ...touch, askedAt };
  const waits = (all: readonly WaitingTouch[]) => [...all.filter((w) => w.touchId !== touch.touchId), aged];
  return overShared(next(row, { waiting: waits(row.waiting) }), ({ key, waiting }) => {
    if (keys.includes(key)) return { waiting: waits(waiting) };
    return has(waiting, touch.touchId) ? { waiting: waiting.filter((w) => w.touchId !== touch.touchId) } : null;
  });
}

/** It waits no longer: its fate held, or the run is over. */
export function leave(row: BudgetRow, touchId: string): BudgetRow {
  const left = (all: readonly WaitingTouch[]): Kept =>
    has(all, touchId) ? { waiting: all.filter((w) => w.touchId !== touchId) } : null;
  const own = left(row.waiting);
  return overShared(own === null ? row : next(row, own), ({ waiting }) => left(waiting));
}

const placeOf = (row: BudgetRow, touchId: string): RecentTouch | undefined =>
  row.recent.find((t) => t.touchId === touchId);
const next = (row: BudgetRow, change: Partial<Pick<BudgetRow, 'recent' | 'waiting'>>): BudgetRow => ({
  ...row,
  ...change,
  version: row.version + 1,
});
/** Wherever it has its place: in the customer's row, and in whatever it shares. */
export const withPlace = (row: BudgetRow, place: RecentTouch): BudgetRow =>
  inAll(row, place.touchId, (recent) => recent.map((t) => (t.touchId === place.touchId ? place : t)));
const withoutPlace = (row: BudgetRow, touchId: string): BudgetRow =>
  inAll(row, touchId, (recent) => recent.filter((t) => t.touchId !== touchId));

const inAll = (
  row: BudgetRow,
  touchId: string,
  change: (recent: readonly RecentTouch[]) => readonly RecentTouch[],
): BudgetRow =>
  overShared(next(row, { recent: change(row.recent) }), ({ recent }) =>
    has(recent, touchId) ? { recent: change(recent) } : null,
  );

const has = (all: readonly { readonly touchId: string }[], touchId: string): boolean =>
  all.some((t) => t.touchId === touchId);

/** What of a row changes; null: nothing. */
type Kept = Partial<Pick<BudgetRow, 'recent' | 'waiting'>> | null;

/** A shared row that changes is a new version of itself; those that do not stay as they were read. */
function overShared(row: BudgetRow, change: (shared: SharedRow) => Kept): BudgetRow {
  const before = sharedOf(row);
  const after = before.map((shared) => {
    const changed = change(shared);
    return changed === null ? shared : { ...shared, ...changed, version: shared.version + 1 };
  });
  return after.every((shared, n) => shared === before[n]) ? row : next({ ...row, shared: after }, {});
}
