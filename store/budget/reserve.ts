import { askForTouch } from '../../core/budget/ask.ts';
import type { AskAnswer, TouchAsk } from '../../core/budget/touch-ask.ts';
import type { ReadPolicy } from '../../core/budget/read-policy.ts';
import { waitingIn } from '../../core/budget/shared-rows.ts';
import type { Work } from './apply.ts';
import { made } from './made.ts';
import { withSharedKeys } from './shared-keys.ts';
import type { Loaded, Outcome, StoredTouch, TouchAbout } from './touch.ts';

/** 'withdrawn': the run went on without it before it could be asked for. */
export type ReserveAnswer = AskAnswer | { readonly is: 'withdrawn' };

export interface ReserveAsk extends TouchAsk {
  readonly policy: ReadPolicy;
  readonly about: TouchAbout;
}

/** Decides a touch and takes its place. The same ask again finds its answer and changes nothing; so does an older one. */
export const reserveWork = (ask: ReserveAsk): Work<ReserveAnswer> => ({
  touchId: ask.touchId,
  customerId: ask.customerId,
  // Only whoever asks once more, because they did not hear the answer, finds it there: looking takes a tenth of a reservation.
  isNew: ask.ask === 1,
  decide(loaded, now) {
    // Whoever it was asked for may be known by another id since: their record was merged into that one.
    const { customerId } = loaded.row;
    const asked = customerId === ask.customerId ? ask : { ...ask, customerId };
    const told = toldAlready(asked, loaded.touch);
    return told ? { answer: told } : decided(withSharedKeys(asked, loaded.row, loaded.salt), loaded, now);
  },
});

function toldAlready(ask: ReserveAsk, touch: StoredTouch | null): ReserveAnswer | null {
  if (!touch) return null;
  // A refusal that was being written while its customer was merged stands under the old id until it asks again.
  if (touch.customerId !== ask.customerId && touch.state !== 'refused')
    throw new Error(`Touch '${touch.id}' is to customer '${touch.customerId}', and was asked for '${ask.customerId}'`);
  if (touch.state === 'withdrawn' && touch.failure !== expired) return { is: 'withdrawn' };
  const isOnItsWay = touch.state === 'sending' || touch.state === 'sent' || touch.state === 'unknown';
  return isOnItsWay || ask.ask <= touch.ask ? touch.answer : null;
}

/** Kept as the failure of a touch that was never sent in its time: it may ask again, which a withdrawn one may not. */
export const expired = 'expired';

function decided(ask: ReserveAsk, { row, killed, touch: before }: Loaded, now: number): Outcome<ReserveAnswer> {
  const asking = askForTouch(row, ask, ask.policy, killed, now);
  const { answer } = asking;
  const touch = made(ask, ask.about, asking, now);
  const gaveUp =
    answer.is !== 'deferred' && answer.is !== 'reserved' && row.waiting.some((w) => w.touchId === ask.touchId);
  // Hot customers are refused far more often than they are written to: those refusals wait for no version of the row.
  const isRefusal = before === null && asking.row === row;
  return {
    answer,
    ...(isRefusal ? {} : { row: asking.row }),
    ...(before === null ? { made: touch } : { remade: touch }),
    // Whoever made way for it need not any longer.
    ...(gaveUp ? { freed: waitingIn(asking.row).map((w) => w.touchId) } : {}),
  };
}
