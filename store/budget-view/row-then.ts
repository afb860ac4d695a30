/** A customer's budget as it was at an instant of the past, found from the touches, what was decided of them, and the records of gates. */
import type { AskRecord } from '../../core/budget/touch-ask.ts';
import { sendWithinMs } from '../../core/budget/asked.ts';
import { longestWindowMs } from '../../core/budget/read-policy.ts';
import type { BudgetRow, RecentTouch, WaitingTouch } from '../../core/budget/row.ts';
import type { TouchState } from '../database.ts';
import type { Db } from '../open.ts';
import { runOn } from '../budget/run.ts';
import { channelOf, gatesThen } from './gates-then.ts';
import { rowNow, type Seen } from './row-now.ts';

// The newest decision of each touch up to that instant. A touch that was asked for before the longest window may still have waited.
const statement = `
  select t.id, t.journey, t.purpose, t.channel, t.cost, t.state, t.ask as newest, t.until, t.sending_at, t.sent_at, t.settled_at, t.asked_at,
    d.ask, d.decided, d.at, d.explanation
  from touches t cross join lateral (
    select ask, decided, at, explanation from asks where touch_id = t.id and at <= $2 order by at desc, ask desc limit 1) d
  where t.customer_id = $1 and t.asked_at <= $2 and t.asked_at > $3
  order by d.at`;

interface Then {
  readonly id: string;
  readonly journey: string | null;
  readonly purpose: string;
  readonly channel: string | null;
  readonly cost: number;
  readonly state: TouchState;
  readonly newest: number;
  readonly until: Date | null;
  readonly sending_at: Date | null;
  readonly sent_at: Date | null;
  readonly settled_at: Date | null;
  readonly asked_at: Date;
  readonly ask: number;
  readonly decided: string;
  readonly at: Date;
  readonly explanation: AskRecord;
}

const rowsFor = 2 * longestWindowMs;

export async function rowThen(db: Db, customerId: string, at: number, now: number): Promise<Seen> {
  const [then, seen, gates] = await Promise.all([
    runOn(db)<Then>(statement, [customerId, new Date(at), new Date(at - rowsFor)]),
    rowNow(db, customerId, now),
    gatesThen(db, customerId, at),
  ]);
  const uncertain = new Set<string>();
  const recent = then.flatMap((touch) => placeThen(touch, at, uncertain) ?? []);
  const waiting = then.flatMap((touch) => waitingThen(touch, at) ?? []);
  const { held: _, checks: __, ...kept } = seen.row.gates;
  const row: BudgetRow = {
    customerId,
    version: 0,
    recent: recent.filter((touch) => touch.at > at - longestWindowMs),
    waiting,
    gates: { ...kept, hold: null, inboundOpen: [], ...gates },
  };
  return { row, killed: [], salt: null, notKnown: [...unknown, ...[...uncertain].map(unsure)] };
}

const unknown = [
  'Not kept of the past: which person had the conversation, open messages from them, and kill switches. They are taken not to have been there.',
  'Where they are, and the guards of areas, are taken to have been as they are now.',
  'Limits that they share with others by address or account are not shown for the past.',
];
const unsure = (id: string): string =>
  `${id} asked again later, so when its place was given back is not kept: it counts for as long as places are kept for a send.`;

/** The place it had then; null if it had none. */
function placeThen(touch: Then, at: number, uncertain: Set<string>): RecentTouch | null {
  const { decided, ask, newest } = touch;
  if (decided !== 'reserved') return null;
  const reservedAt = touch.at.getTime();
  const [allowed] = touch.explanation.tried.flatMap((each) =>
    'decision' in each && each.decision.decided === 'allowed' ? [each.decision] : [],
  );
  const channel = allowed?.explanation.channel ?? channelOf(touch.channel);
  if (channel === null) return null;
  const place = {
    touchId: touch.id,
    reservedAt,
    channel,
    purpose: touch.purpose,
    journey: touch.journey ?? '',
  };
  if (ask < newest) {
    uncertain.add(touch.id);
    const cost = allowed?.explanation.counters[0]?.cost ?? 0;
    const until = reservedAt + sendWithinMs;
    return until < at ? null : { ...place, at: until, cost, state: 'reserved' };
  }
  const isBack = touch.state === 'failed' || touch.state === 'withdrawn';
  if (isBack && touch.settled_at !== null && touch.settled_at.getTime() <= at) return null;
  // A touch keeps its cost when its place is given back.
  const cost = touch.cost;
  const sendingAt = (touch.sending_at ?? touch.sent_at)?.getTime() ?? Infinity;
  if (sendingAt <= at) {
    const settledAt = touch.settled_at?.getTime() ?? (touch.sending_at === null ? sendingAt : Infinity);
    return {
      ...place,
      at: sendingAt,
      cost,
      state: settledAt <= at ? (touch.state === 'unknown' ? 'unknown' : 'sent') : 'sending',
    };
  }
  // Whatever the fence stopped after that instant has another time now.
  const isStopped = touch.state === 'refused' || touch.state === 'deferred';
  const until = (isStopped ? null : touch.until?.getTime()) ?? reservedAt + sendWithinMs;
  return until < at ? null : { ...place, at: until, cost, state: 'reserved' };
}

function waitingThen(touch: Then, at: number): WaitingTouch | null {
  const { explanation, settled_at, ask, newest, state } = touch;
  if (touch.decided !== 'deferred' && touch.decided !== 'stopped') return null;
  // What came of the newest ask is known; an earlier one waited until it asked again.
  if (ask === newest && state !== 'deferred' && !(settled_at !== null && settled_at.getTime() > at)) return null;
  const decisions = explanation.tried.flatMap((each) => ('decision' in each ? [each.decision] : []));
  const [first] = decisions
    .flatMap((decision) => (decision.decided === 'deferred' ? [decision] : []))
    .toSorted((a, b) => a.until - b.until);
  if (!first) return null;
  const { channel, counters } = first.explanation;
  return {
    touchId: touch.id,
    journey: touch.journey ?? '',
    purpose: touch.purpose,
    channel,
    cost: counters[0]?.cost ?? 0,
    askedAt: touch.asked_at.getTime(),
    until: first.until,
    givesUpAt: Math.max(first.until, at) + sendWithinMs,
  };
}
