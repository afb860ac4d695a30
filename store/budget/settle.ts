import { release, settle, withPlace } from '../../core/budget/reserve.ts';
import { waitingIn } from '../../core/budget/shared-rows.ts';
import type { BudgetRow } from '../../core/budget/row.ts';
import type { TouchState } from '../database.ts';
import type { Work } from './apply.ts';
import { moved } from './moved.ts';
import { expired } from './reserve.ts';
import type { Loaded, Outcome, StoredTouch } from './touch.ts';

/** What came of an attempt. `at` in epoch milliseconds. */
export type SendOutcome =
  | { readonly is: 'sent'; readonly providerId: string; readonly at: number }
  /** Nobody found out in the time that a published rule gives: it counts as sent at its fence instant. */
  | { readonly is: 'assumed' }
  /** It surely did not go out and never will as it is: its place is given back. */
  | { readonly is: 'failed'; readonly code: string }
  /** It may have gone out: it keeps its place. */
  | { readonly is: 'unknown'; readonly code: string }
  /** It surely did not go out and may be tried again: it is reserved as before. */
  | { readonly is: 'later' };

export interface Settled {
  /** False: it was settled before, or is another attempt's; nothing changed. */
  readonly settled: boolean;
  readonly state: TouchState;
}
/** 'told': its run was told that it is unknown, so it has to hear what is known now. */
export type SettleAnswer = Settled | 'told';

export const settleWork = (touchId: string, attempt: string, outcome: SendOutcome): Work<SettleAnswer> => ({
  touchId,
  decide: ({ touch, row }, now) => {
    if (!touch) throw new Error(`There is no touch '${touchId}'`);
    const isOurs = touch.attempt === attempt && (touch.state === 'sending' || touch.state === 'unknown');
    if (!isOurs) return { answer: { settled: false, state: touch.state } };
    if (touch.state === 'unknown')
      return { answer: outcome.is === 'unknown' ? { settled: false, state: 'unknown' } : 'told' };
    return settled(touch, row, outcome, now);
  },
});

export function settled(touch: StoredTouch, row: BudgetRow, outcome: SendOutcome, now: number): Outcome<Settled> {
  if (outcome.is === 'later') return backToReserved(touch, row, now);
  const state = outcome.is === 'assumed' ? 'sent' : outcome.is;
  const next = settle(row, touch.id, state);
  return {
    answer: { settled: true, state },
    row: next.row,
    moved: moved(touch, { state, settled_at: new Date(now), ...noted(touch, outcome, now) }),
    ...(outcome.is === 'failed' ? { freed: waitingIn(row).map((w) => w.touchId) } : {}),
  };
}

/** What is written down of it, besides its state. */
function noted(touch: StoredTouch, outcome: SendOutcome, now: number): Parameters<typeof moved>[1] {
  switch (outcome.is) {
    case 'sent':
      return { sent_at: new Date(outcome.at), provider_id: outcome.providerId, failure: null };
    case 'assumed':
      return { sent_at: new Date(touch.sendingAt ?? now) };
    case 'failed':
    case 'unknown':
      return { failure: outcome.code };
    case 'later':
      return {};
  }
}

/** The latest instant it may be sent stays what it was; once that is over, its place is gone. */
function backToReserved(touch: StoredTouch, row: BudgetRow, now: number): Outcome<Settled> {
  const until = touch.until ?? now;
  if (until < now || touch.state === 'unknown')
    return giveUp(touch, row, touch.state === 'unknown' ? 'failed' : 'withdrawn', now);
  const place = row.recent.find((t) => t.touchId === touch.id);
  return {
    answer: { settled: true, state: 'reserved' },
    row: place ? withPlace(row, { ...place, at: until, state: 'reserved' }) : row,
    moved: moved(touch, { state: 'reserved', attempt: null, sending_at: null }),
  };
}

function giveUp(touch: StoredTouch, row: BudgetRow, state: 'failed' | 'withdrawn', now: number): Outcome<Settled> {
  return {
    answer: { settled: true, state },
    row: release(settle(row, touch.id, 'failed').row, touch.id),
    moved: moved(touch, { state, failure: expired, settled_at: new Date(now) }),
    freed: waitingIn(row).map((w) => w.touchId),
  };
}

/**
 * `sending` for this long: whoever sent it is gone, or will find it unknown. An attempt is tried again sooner (20 s), and with the time
 * between two looks (10 s) nothing is uncertain for a minute without being told so. One that reports later still is believed.
 */
export const uncertainAfterMs = 45_000;

export const uncertainWork = (touchId: string, afterMs = uncertainAfterMs): Work<boolean> => ({
  touchId,
  decide: ({ touch, row }, now) => {
    if (touch?.state !== 'sending' || (touch.sendingAt ?? now) > now - afterMs) return { answer: false };
    return { ...settled(touch, row, { is: 'unknown', code: 'worker gone' }, now), answer: true };
  },
});

/** It was never sent in its time: its place goes to others. */
export const expireWork = (touchId: string): Work<boolean> => ({
  touchId,
  decide: ({ touch, row }, now) =>
    touch?.state === 'reserved' && (touch.until ?? now) < now
      ? { ...giveUp(touch, row, 'withdrawn', now), answer: true }
      : { answer: false },
});

/** The run went on without it. What is being sent, or was, stays. */
export const withdrawWork = (touchId: string): Work<boolean> => ({
  touchId,
  decide: ({ touch, row }: Loaded, now): Outcome<boolean> => {
    if (touch?.state !== 'reserved' && touch?.state !== 'deferred') return { answer: false };
    const next = release(row, touchId);
    return {
      answer: true,
      row: next,
      moved: moved(touch, { state: 'withdrawn', failure: null, settled_at: new Date(now) }),
      freed: waitingIn(next).map((w) => w.touchId),
    };
  },
});
