import type { Refusal } from '../../core/budget/fate.ts';
import { sendWithinMs } from '../../core/budget/asked.ts';
import type { BudgetRow } from '../../core/budget/row.ts';
import type { ReadPolicy } from '../../core/budget/read-policy.ts';
import { stopsNow } from '../../core/budget/decide.ts';
import { explain } from '../../core/budget/explain.ts';
import { fence, release, settle, wait, withPlace } from '../../core/budget/reserve.ts';
import { waitingIn } from '../../core/budget/shared-rows.ts';
import type { TouchState } from '../database.ts';
import type { Work } from './apply.ts';
import { moved } from './moved.ts';
import { expired } from './reserve.ts';
import type { Loaded, MadeDecision, Outcome, StoredTouch } from './touch.ts';

export interface FenceAsk {
  /** This attempt's token: unique, and the same when the same attempt asks again. */
  readonly attempt: string;
  /** The newest delivery its run had taken when it asked for the touch. */
  readonly seen: number;
  readonly enrolmentId?: string;
  /** Of the touch's journey. */
  readonly policy: ReadPolicy;
  /** The provider makes a repeated touch one message: what an attempt that was lost left uncertain is sent again under the same key. */
  readonly keyed?: boolean;
}

export type Fenced =
  /** `again`: an attempt before this one may have sent it, and only its provider knows that both are one. */
  | { readonly fenced: true; readonly at: number; readonly again?: true }
  /** Something arrived that the run had not heard. It keeps its place meanwhile. */
  | { readonly fenced: false; readonly because: 'overtaken'; readonly upTo: number }
  | { readonly fenced: false; readonly because: 'withdrawn' }
  /** It was not sent in time, and its place is gone: it may ask again. */
  | { readonly fenced: false; readonly because: 'expired' }
  /** A gate closed since it was reserved. The place is given back: it may ask again, and meets its fate there. */
  | { readonly fenced: false; readonly because: 'gate'; readonly decision: Refusal }
  /** Another attempt was here: it is not sent again, unless its provider knows it by its key. One that died on the way left it unknown. */
  | {
      readonly fenced: false;
      readonly because: 'already';
      readonly state: TouchState;
      readonly channel: string | null;
      readonly providerId: string | null;
    };

/** Right before the provider is called: asks once more what may have closed meanwhile, and marks the touch as being sent. */
export const fenceWork = (touchId: string, ask: FenceAsk): Work<Fenced> => ({
  touchId,
  ...(ask.enrolmentId === undefined ? {} : { enrolmentId: ask.enrolmentId }),
  decide: (loaded, now) => decideFence(touchId, ask, loaded, now),
});

function decideFence(touchId: string, ask: FenceAsk, loaded: Loaded, now: number): Outcome<Fenced> {
  const { touch, row } = loaded;
  if (!touch) throw new Error(`There is no touch '${touchId}'`);
  switch (touch.state) {
    case 'reserved':
      return fenceReserved(touch, ask, loaded, now);
    case 'sending': {
      // The first answer was lost on its way to this very attempt: nothing has been sent yet.
      if (touch.attempt === ask.attempt)
        return {
          answer: { fenced: true, at: touch.sendingAt ?? now, ...(touch.failure === lost ? { again: true } : {}) },
        };
      const again = fenceAgain(touch, ask, loaded, now);
      if (again) return again;
      const unknown = settle(row, touchId, 'unknown');
      const change = moved(touch, { state: 'unknown', settled_at: new Date(now), failure: lost });
      return { answer: already({ ...touch, state: 'unknown' }), row: unknown.row, moved: change };
    }
    case 'unknown':
      return fenceAgain(touch, ask, loaded, now) ?? { answer: already(touch) };
    case 'sent':
    case 'failed':
      return { answer: already(touch) };
    case 'withdrawn':
      return { answer: { fenced: false, because: touch.failure === expired ? 'expired' : 'withdrawn' } };
    case 'deferred':
    case 'refused':
    case 'with-person':
      return { answer: { fenced: false, because: 'expired' } };
  }
}

/**
 * The same send once more, where the provider makes one message of both: it keeps the instant of its first fence, from which it has been
 * counted, and so it ends with the time for which its place was kept. Null: it stays as uncertain as it is, because that time is over, or
 * because a gate has closed since and the first attempt may not have come so far.
 */
function fenceAgain(touch: StoredTouch, ask: FenceAsk, { row, killed }: Loaded, now: number): Outcome<Fenced> | null {
  const place = row.recent.find(({ touchId }) => touchId === touch.id);
  if (!ask.keyed || !place || !touch.request || now > (touch.until ?? 0)) return null;
  if (stopsNow(row, touch.request, ask.policy, killed, now)) return null;
  return {
    answer: { fenced: true, at: place.at, again: true },
    row: withPlace(row, { ...place, state: 'sending' }),
    moved: moved(touch, { state: 'sending', attempt: ask.attempt, failure: lost }),
  };
}

/** Kept as the failure of a touch that an attempt was at which never told what came of it. */
const lost = 'attempt lost';

const already = ({ state, channel, providerId }: StoredTouch): Fenced => ({
  fenced: false,
  because: 'already',
  state,
  channel,
  providerId,
});

function fenceReserved(
  touch: StoredTouch,
  ask: FenceAsk,
  { row, killed, delivered }: Loaded,
  now: number,
): Outcome<Fenced> {
  if (delivered !== null && delivered > ask.seen)
    return { answer: { fenced: false, because: 'overtaken', upTo: delivered } };
  const waiting = waitingIn(row).map((w) => w.touchId);
  const stops = touch.request && stopsNow(row, touch.request, ask.policy, killed, now);
  if (stops) return { ...giveBack(touch, row, stops), decision: stopped(touch, stops, now), freed: waiting };
  const fenced = fence(row, touch.id, now, touch.request?.countsIn);
  if (!fenced.fenced)
    return {
      answer: { fenced: false, because: 'expired' },
      row: release(row, touch.id),
      moved: moved(touch, { state: 'withdrawn', failure: expired, settled_at: new Date(now) }),
      freed: waiting,
    };
  return {
    answer: { fenced: true, at: fenced.at },
    row: fenced.row,
    moved: moved(touch, { state: 'sending', attempt: ask.attempt, sending_at: new Date(fenced.at) }),
  };
}

/** A second decision of the same ask, kept for `why`. */
const stopped = ({ id, customerId, ask }: StoredTouch, decision: Refusal, now: number): MadeDecision => ({
  touch_id: id,
  ask,
  customer_id: customerId,
  decided: 'stopped',
  because: decision.because,
  explanation: { tried: [{ channel: decision.explanation.channel, decision }], says: explain(decision) },
  at: new Date(now),
});

/** What opens by itself is waited for like any deferral; what does not has still to meet its fate, when it asks again. */
function giveBack(touch: StoredTouch, row: BudgetRow, decision: Refusal): Outcome<Fenced> {
  const answer = { fenced: false, because: 'gate', decision } as const;
  const given = release(row, touch.id);
  const place = row.recent.find((t) => t.touchId === touch.id);
  if (decision.decided === 'suppressed' || !place || !touch.request)
    return { answer, row: given, moved: moved(touch, { state: 'refused', until: null, failure: decision.because }) };
  const { until } = decision;
  const { touchId, journey, purpose, channel, cost } = place;
  const waits = { touchId, journey, purpose, channel, cost, askedAt: touch.request.askedAt, until };
  return {
    answer,
    row: wait(given, { ...waits, givesUpAt: until + sendWithinMs }, touch.request.countsIn),
    moved: moved(touch, { state: 'deferred', until: new Date(until), failure: decision.because }),
  };
}
