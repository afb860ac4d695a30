/**
 * The budget once more, by brute force: written from the prose of the design and not from the code. It knows no sorted lists and no jumps:
 * to find the earliest instant it tries one after the other, and it asks each rule of all touches each time.
 */
import type { TouchRequest } from '../../../../core/budget/decision.ts';
import type { Policy } from '../../../../core/budget/policy.ts';
import type { RecentTouch, WaitingTouch } from '../../../../core/budget/row.ts';
import { day } from '../fixtures.ts';
import { apartBy, roomIn, windowsOf, type Allows, type Asker, type Taken } from './budget.ts';
import { step } from './clock.ts';
import { closed, held, hoursFor } from './gates.ts';
import { costOf } from './kind.ts';
import { nothingStopped, type Person, type Stopped } from './person.ts';
import { spans } from './spans.ts';

/**
 * 'allowed', with the soft caps that are passed: 'allowed w2'; 'suppressed consent', 'deferred windows 2026-…'; 'suppressed' alone where
 * there is no instant.
 */
export function oracle(
  person: Person,
  asked: TouchRequest,
  policy: Policy,
  now: number,
  stopped: Stopped = nothingStopped,
): string {
  if (asked.madeBy === 'human') return 'allowed';
  const shut = closed(person, stopped, asked, policy, now);
  if (shut !== null) return `suppressed ${shut}`;
  const turn = isTurn(person, asked, now);
  const cost = turn ? 0 : costOf(policy, asked.channel, 'tech');
  const us: Asker = { ...asked, cost, turn, own: true, keys: asked.countsIn ?? [] };
  const taken = takenBy(person, asked.touchId);
  const gates = timed(person, policy, us, taken, now, asked.rateOpensAt);
  const because = Object.entries(gates).find(([, isOpen]) => !isOpen(now))?.[0];
  if (because !== undefined) {
    const until = earliest(person, policy, us, taken, now, asked.rateOpensAt);
    return until === null ? 'suppressed' : `deferred ${because} ${new Date(until).toISOString()}`;
  }
  const yields = cost === 0 ? null : yieldsUntil(person, stopped, us, taken, policy, now);
  if (yields !== null) return `deferred priority ${new Date(yields).toISOString()}`;
  const passed = policy.windows.filter((w) => w.over === 'alert' && !roomIn(w, taken, us, policy, person)(now));
  return ['allowed', ...passed.map(({ name }) => name)].join(' ');
}

/** An answer to somebody who wrote in the last ten minutes, or a further message of a chat that is no older than that. */
export function isTurn(
  { recent }: Person,
  { touchId, channel, purpose, answersInboundAt }: TouchRequest,
  now: number,
): boolean {
  const isAnswer = answersInboundAt !== undefined && now - answersInboundAt <= 600_000;
  const isSession = recent.some(
    (t) => t.touchId !== touchId && t.channel === 'chat' && t.state !== 'reserved' && now - t.at <= 600_000,
  );
  return purpose !== 'marketing' && (isAnswer || (channel === 'chat' && isSession));
}

/** The gates that open by themselves, in the printed order, each a test of instants. Of others' touches only shared limits are known. */
function timed(
  person: Person,
  policy: Policy,
  asker: Asker,
  taken: readonly Taken[],
  now: number,
  rateOpensAt = -Infinity,
): Readonly<Record<string, Allows>> {
  const windows = windowsOf(person, policy, now)
    .filter(({ over }) => over !== 'alert')
    .map((window) => roomIn(window, taken, asker, policy, person));
  const spacing = policy.spacing.map((rule) => apartBy(rule, taken, asker, policy, person));
  return {
    hold: (t) => !asker.own || !held(person, asker, t),
    'quiet hours': asker.own && !asker.turn ? hoursFor(person, policy, asker) : () => true,
    windows: (t) => windows.every((hasRoom) => hasRoom(t)),
    spacing: (t) => spacing.every((isApart) => isApart(t)),
    'channel rate': (t) => t >= rateOpensAt,
  };
}

/** Null: never, in any time that matters. */
function earliest(
  person: Person,
  policy: Policy,
  asker: Asker,
  taken: readonly Taken[],
  now: number,
  rateOpensAt?: number,
): number | null {
  const gates = timed(person, policy, asker, taken, now, rateOpensAt);
  if (!anyHourOfAWeek(gates['quiet hours'], now)) return null;
  // What costs more than a window has room for never fits, however long it waits.
  if (timed(person, policy, asker, [], now)['windows']?.(now) === false) return null;
  // Each of those that go first may fill a period of its own.
  const isLong = windowsOf(person, policy, now).some((w) => w.in.endsWith('month'));
  const goFirst = taken.filter(({ isPlan }) => isPlan).length;
  const horizon = now + (isLong ? 95 + 31 * goFirst : 45 + 7 * goFirst) * day;
  /** Off the half hour, only where somebody leaves. */
  const leave = taken
    .filter((o) => o.at % step !== 0)
    .flatMap((o) => [...Object.values(spans), 0].map((span) => o.at + span))
    .filter((t) => t > now)
    .sort((a, b) => a - b);
  const tests = Object.values(gates);
  let next = 0;
  for (let t = now; t < horizon;) {
    if (tests.every((isOpen) => isOpen(t))) return t;
    const grid = Math.floor(t / step) * step + step;
    while ((leave[next] ?? Infinity) <= t) next += 1;
    t = Math.min(grid, leave[next] ?? Infinity);
  }
  return null;
}

function anyHourOfAWeek(allows: Allows | undefined, from: number): boolean {
  for (let t = Math.floor(from / step) * step; t < from + 7 * day; t += step) if (allows?.(t)) return true;
  return false;
}

/** The best place that its purpose, its journey or a class of it has; each `risesEvery` of waiting moves it up by one. */
function rank({ first, classes = {}, risesEvery }: Policy, t: Asker | WaitingTouch, now: number): number {
  const place = first.findIndex(
    (name) => name === t.purpose || name === t.journey || (classes[name] ?? []).includes(t.journey),
  );
  return (place < 0 ? first.length : place) - Math.floor(Math.max(0, now - t.askedAt) / (spans[risesEvery] ?? NaN));
}
function before(policy: Policy, a: WaitingTouch, b: Asker | WaitingTouch, now: number): boolean {
  const better = rank(policy, a, now) - rank(policy, b, now);
  return better !== 0 ? better < 0 : a.askedAt !== b.askedAt ? a.askedAt < b.askedAt : a.touchId < b.touchId;
}

/** Until when it makes way for those that wait and go before it; null: it delays none of them. */
function yieldsUntil(
  person: Person,
  stopped: Stopped,
  us: Asker,
  taken: readonly Taken[],
  policy: Policy,
  now: number,
): number | null {
  const goFirst = waitingWith(person, us.keys)
    .filter((w) => w.touchId !== us.touchId && w.givesUpAt > now && w.cost > 0 && before(policy, w, us, now))
    .sort((a, b) => (before(policy, a, b, now) ? -1 : 1));
  const planned = [...taken];
  let isDelayed = false;
  for (const w of goFirst) {
    const isClosed = w.own && closed(person, stopped, { ...w, assumes: [] }, policy, now) !== null;
    const at = isClosed ? null : earliest(person, policy, w, planned, now);
    if (at === null || at >= w.givesUpAt) continue;
    const withUs = [...planned, { ...us, at: now, since: now, isPlan: true }];
    if (!Object.values(timed(person, policy, w, withUs, now)).every((isOpen) => isOpen(at))) isDelayed = true;
    planned.push({ ...w, at, since: at, isPlan: true });
  }
  if (!isDelayed) return null;
  const until = earliest(person, policy, us, planned, now);
  return until === null || until <= now ? now + day : until;
}

/** Every place that is taken, once: this customer's, and those in shared rows. The touch's own is not in its way. */
function takenBy({ recent, shared = [] }: Person, touchId: string): readonly Taken[] {
  const isIn = (all: readonly RecentTouch[], t: RecentTouch): boolean => all.some((r) => r.touchId === t.touchId);
  const all = [...recent, ...shared.flatMap((s) => s.recent)].filter((t) => t.touchId !== touchId);
  return [...new Map(all.map((t) => [t.touchId, t])).values()].map((t) => ({
    ...t,
    own: isIn(recent, t),
    keys: shared.filter((s) => isIn(s.recent, t)).map((s) => s.key),
    since: t.state === 'reserved' ? t.reservedAt : t.at,
    isPlan: false,
  }));
}
/** Everybody who waits here, and in the shared rows in which the touch counts. */
function waitingWith({ waiting, shared = [] }: Person, ourKeys: readonly string[]): readonly (WaitingTouch & Asker)[] {
  const isIn = (all: readonly WaitingTouch[], t: WaitingTouch): boolean => all.some((w) => w.touchId === t.touchId);
  const ours = shared.filter((s) => ourKeys.includes(s.key));
  const all = [...waiting, ...ours.flatMap((s) => s.waiting)];
  return [...new Map(all.map((w) => [w.touchId, w])).values()].map((w) => ({
    ...w,
    turn: false,
    own: isIn(waiting, w),
    keys: ours.filter((s) => isIn(s.waiting, w)).map((s) => s.key),
  }));
}
