/**
 * The budget once more, by brute force: written from the prose of the design and not from the code. It knows no sorted lists and no jumps:
 * to find the earliest instant it tries one after the other, and it asks each rule of all touches each time.
 */
import type { TouchRequest } from '../../../../core/budget/decision.ts';
import type { Policy, PolicySpacing, Per, PolicyWindow } from '../../../../core/budget/policy.ts';
import type { BudgetRow, RecentTouch, WaitingTouch } from '../../../../core/budget/row.ts';
import { day, hour } from '../fixtures.ts';

/** Everything happens on the half hour, but for what ends a millisecond before one. */
export const step = hour / 2;
export const zone = 'Europe/Berlin';
export const spans: Readonly<Record<string, number>> = {
  '30 minutes': step,
  '6 hours': 6 * hour,
  '1 day': day,
  '2 days': 2 * day,
};

// ── Node's own clock, remembered: asking it is slow ─────────────────────────
function remembered<T>(ask: (t: number) => T): (t: number) => T {
  const answers = new Map<number, T>();
  return (t) => {
    const bucket = Math.floor(t / step);
    const answer = answers.get(bucket) ?? ask(bucket * step);
    answers.set(bucket, answer);
    return answer;
  };
}
const formats = {
  time: new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }),
  weekday: new Intl.DateTimeFormat('en', { timeZone: zone, weekday: 'long' }),
};
const local = remembered((t) => formats.time.format(t));
const weekday = remembered((t) => formats.weekday.format(t));
const dayName = remembered((t) => local(t).slice(0, 10));
const monthName = remembered((t) => local(t).slice(0, 7));
const monday = remembered((t) => {
  const back = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].indexOf(weekday(t));
  return new Date(Date.parse(`${dayName(t)}T00:00:00Z`) - back * day).toISOString().slice(0, 10);
});
/** Two instants are in one period if it has the same name. */
export function periodName(kind: string, t: number): string {
  if (kind === 'calendar day') return dayName(t);
  return kind === 'calendar month' ? monthName(t) : monday(t);
}

// ── who counts, and where ───────────────────────────────────────────────────
interface Kind {
  readonly channel: string;
  readonly purpose: string;
  readonly journey: string;
}
type Rule = Pick<PolicyWindow, 'channels' | 'purposes' | 'journeys'>;
export function about(rule: Rule, t: Kind, { classes = {} }: Pick<Policy, 'classes'>): boolean {
  const journeys = rule.journeys?.flatMap((name) => classes[name] ?? [name]);
  return (
    (rule.channels as readonly string[] | undefined)?.includes(t.channel) !== false &&
    rule.purposes?.includes(t.purpose) !== false &&
    journeys?.includes(t.journey) !== false
  );
}
const costOf = ({ cost }: Policy, channel: keyof Policy['cost'], madeBy: 'tech' | 'human'): number => {
  const said = cost[channel];
  return typeof said === 'number' ? said : said[madeBy];
};

/** Whose touch it is: this customer's or that of somebody who shares an address or an account, and in which shared rows it counts. */
interface Whose {
  readonly own: boolean;
  readonly keys: readonly string[];
}
/** Somebody who asks: the touch itself, or one that waits. */
interface Asker extends Kind, Whose {
  readonly touchId: string;
  readonly cost: number;
  readonly askedAt: number;
  readonly turn: boolean;
}
/** A place that is taken, or would be by whoever goes first: that one stands at its instant and not before. */
interface Taken extends Kind, Whose {
  readonly at: number;
  readonly since: number;
  readonly cost: number;
  readonly isPlan: boolean;
}

/**
 * Does a rule count this place for whoever asks? Per customer: what is theirs. Per address or account: what is in the shared rows of that
 * kind in which they count; an address that nobody shares is all of the customer's own that go the same way. Null: it is no rule for them.
 */
function counted(per: Per | undefined, row: BudgetRow, asker: Asker): ((o: Taken) => boolean) | null {
  if (per === undefined || per === 'customer') return asker.own ? (o) => o.own : null;
  const kind = per === 'account' ? 'account' : wayOf(asker.channel);
  const keys = (row.shared ?? []).filter((s) => s.kind === kind && asker.keys.includes(s.key)).map((s) => s.key);
  if (keys.length > 0) return (o) => o.keys.some((key) => keys.includes(key));
  return per === 'account' || !asker.own ? null : (o) => o.own && wayOf(o.channel) === kind;
}
export const wayOf = (channel: string): string =>
  channel === 'email' ? 'mailbox' : ['sms', 'whatsapp', 'voice'].includes(channel) ? 'phone' : channel;

/** The windows: the policy's, and "less, please". */
const windowsOf = (
  row: BudgetRow,
  policy: Policy,
  now: number,
): readonly (PolicyWindow & { readonly notFor?: string })[] => {
  const less = row.gates.own?.less;
  return less && less.until > now
    ? [...policy.windows, { name: 'less', atMost: less.atMost, in: less.in, notFor: 'service' }]
    : policy.windows;
};

/** For every window and instant the cost in it is at most the maximum; what is kept for others is not for this one. */
function windowAllows(
  window: PolicyWindow & { readonly notFor?: string },
  taken: readonly Taken[],
  asker: Asker,
  policy: Policy,
  row: BudgetRow,
  t: number,
): boolean {
  const isOver = counted(window.per, row, asker);
  const counts = (k: Kind): boolean => about(window, k, policy) && k.purpose !== window.notFor;
  if (window.over === 'alert' || asker.cost === 0 || isOver === null || !counts(asker)) return true;
  const room = window.atMost - (window.keep && !window.keep.for.includes(asker.purpose) ? window.keep.cost : 0);
  const span = spans[window.in];
  const others = taken.filter((o) => o.cost > 0 && isOver(o) && counts(o));
  const sum = (inIt: (o: Taken) => boolean): number => others.filter(inIt).reduce((all, o) => all + o.cost, asker.cost);
  if (span === undefined)
    return sum((o) => [o.since, o.at].some((at) => periodName(window.in, at) === periodName(window.in, t))) <= room;
  // The windows that hold t end with it, or with somebody who comes later.
  const ends = [t, ...others.filter((o) => o.isPlan && o.at > t && o.at < t + span).map((o) => o.at)];
  return ends.every((end) => sum((o) => o.at > end - span && (!o.isPlan || o.at <= end)) <= room);
}
function spacingAllows(
  rule: PolicySpacing,
  taken: readonly Taken[],
  asker: Asker,
  policy: Policy,
  row: BudgetRow,
  t: number,
): boolean {
  const apart = spans[rule.apart] ?? NaN;
  const isOver = counted(rule.per, row, asker);
  return (
    asker.turn ||
    asker.cost === 0 ||
    isOver === null ||
    !about(rule, asker, policy) ||
    taken.every(
      (o) =>
        o.cost === 0 || !isOver(o) || !about(rule, o, policy) || t - o.at >= apart || (o.isPlan && o.at - t >= apart),
    )
  );
}
function isQuiet(rule: Policy['quiet'][number], asker: Asker, policy: Policy, t: number): boolean {
  const time = local(t).slice(11, 16);
  const on = (when: number): boolean => !rule.on || rule.on.includes(weekday(when));
  const over = rule.from >= rule.to;
  return (
    about(rule, asker, policy) &&
    ((on(t) && time >= rule.from && (over || time < rule.to)) || (over && on(t - day) && time < rule.to))
  );
}

// ── the gates ───────────────────────────────────────────────────────────────
function closed(row: BudgetRow, asked: TouchRequest, now: number): string | null {
  const { gates } = row;
  const consents = gates.consents.filter((c) => c.channel === asked.channel && c.purpose === asked.purpose);
  const open =
    asked.purpose === 'service' && gates.inboundOpen.some((i) => i.channel === asked.channel && i.until > now);
  if (gates.suppressions.some((s) => s.channel === 'all' || s.channel === asked.channel)) return 'suppression';
  if (!open && !(consents.length > 0 && consents.every((c) => c.granted))) return 'consent';
  return gates.guards.some((g) => g.contradicts.some((c) => asked.assumes.includes(c))) ? 'guard' : null;
}
function timed(row: BudgetRow, policy: Policy, asker: Asker, taken: readonly Taken[], now: number) {
  const { hold, own } = row.gates;
  const windows = windowsOf(row, policy, now);
  return {
    hold: (t: number) =>
      !asker.own || asker.purpose === 'service' || ((hold?.until ?? 0) <= t && (own?.pausedUntil ?? 0) <= t),
    'quiet hours': (t: number) =>
      !asker.own || asker.turn || !policy.quiet.some((rule) => isQuiet(rule, asker, policy, t)),
    windows: (t: number) => windows.every((window) => windowAllows(window, taken, asker, policy, row, t)),
    spacing: (t: number) => policy.spacing.every((rule) => spacingAllows(rule, taken, asker, policy, row, t)),
  };
}
/** Null: never, in any time that matters. */
function earliest(row: BudgetRow, policy: Policy, asker: Asker, taken: readonly Taken[], now: number): number | null {
  const tests = Object.values(timed(row, policy, asker, taken, now));
  const windows = windowsOf(row, policy, now);
  // What costs more than a window has room for never fits, however long it waits.
  if (!windows.every((window) => windowAllows(window, [], asker, policy, row, now))) return null;
  const horizon = now + (windows.some((w) => w.in.endsWith('month')) ? 95 : 30) * day;
  /** Off the half hour, only where somebody leaves. */
  const leave = taken
    .filter((o) => o.at % step !== 0)
    .flatMap((o) => [...Object.values(spans), 0].map((span) => o.at + span))
    .filter((t) => t > now)
    .sort((a, b) => a - b);
  let next = 0;
  for (let t = now; t < horizon;) {
    if (tests.every((allows) => allows(t))) return t;
    const grid = Math.floor(t / step) * step + step;
    while ((leave[next] ?? Infinity) <= t) next += 1;
    t = Math.min(grid, leave[next] ?? Infinity);
  }
  return null;
}

// ── who goes first ──────────────────────────────────────────────────────────
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
/** 'allowed', 'suppressed consent', 'deferred windows 2026-…'; 'suppressed' alone where there is no instant. */
export function oracle(row: BudgetRow, asked: TouchRequest, policy: Policy, now: number): string {
  const shut = closed(row, asked, now);
  if (shut !== null) return `suppressed ${shut}`;
  const ago = asked.answersInboundAt === undefined ? Infinity : now - asked.answersInboundAt;
  const recent = row.recent.filter((t) => t.touchId !== asked.touchId);
  const session =
    asked.channel === 'chat' &&
    recent.some((t) => t.channel === 'chat' && t.state !== 'reserved' && now - t.at <= 600_000);
  const turn = asked.purpose !== 'marketing' && (ago <= 600_000 || session);
  const cost = turn ? 0 : costOf(policy, asked.channel, asked.madeBy);
  const ourKeys = asked.countsIn ?? [];
  const us: Asker = { ...asked, cost, turn, own: true, keys: ourKeys };
  const taken = takenIn(row, asked).map((t): Taken => ({
    ...t,
    since: t.state === 'reserved' ? t.reservedAt : t.at,
    isPlan: false,
  }));
  const because = Object.entries(timed(row, policy, us, taken, now)).find(([, allows]) => !allows(now))?.[0];
  if (because !== undefined) {
    const until = earliest(row, policy, us, taken, now);
    return until === null ? 'suppressed' : `deferred ${because} ${new Date(until).toISOString()}`;
  }
  if (turn || cost === 0) return 'allowed';
  const goFirst = waitingWith(row, ourKeys)
    .filter((w) => w.touchId !== asked.touchId && w.givesUpAt > now && w.cost > 0 && before(policy, w, us, now))
    .sort((a, b) => (before(policy, a, b, now) ? -1 : 1));
  let isDelayed = false;
  for (const w of goFirst) {
    const isClosed = w.own && closed(row, { ...asked, ...w, assumes: [] }, now) !== null;
    const at = isClosed ? null : earliest(row, policy, w, taken, now);
    if (at === null || at >= w.givesUpAt) continue;
    const withUs = [...taken, { ...us, at: now, since: now, isPlan: true }];
    if (!Object.values(timed(row, policy, w, withUs, now)).every((allows) => allows(at))) isDelayed = true;
    taken.push({ ...w, at, since: at, isPlan: true });
  }
  if (!isDelayed) return 'allowed';
  const until = earliest(row, policy, us, taken, now);
  return `deferred priority ${new Date(until === null || until <= now ? now + day : until).toISOString()}`;
}

/** Every place that is taken, once: this customer's, and those in shared rows. The touch's own is not in its way. */
function takenIn(row: BudgetRow, asked: TouchRequest): readonly (RecentTouch & Whose)[] {
  const shared = row.shared ?? [];
  const all = [...row.recent, ...shared.flatMap((s) => s.recent)].filter((t) => t.touchId !== asked.touchId);
  return [...new Map(all.map((t) => [t.touchId, t])).values()].map((t) => ({
    ...t,
    own: row.recent.some((r) => r.touchId === t.touchId),
    keys: shared.filter((s) => s.recent.some((r) => r.touchId === t.touchId)).map((s) => s.key),
  }));
}
/** Everybody who waits here, and in the shared rows in which the touch counts. */
function waitingWith(row: BudgetRow, ourKeys: readonly string[]): readonly (WaitingTouch & Asker)[] {
  const shared = (row.shared ?? []).filter((s) => ourKeys.includes(s.key));
  const all = [...row.waiting, ...shared.flatMap((s) => s.waiting)];
  return [...new Map(all.map((w) => [w.touchId, w])).values()].map((w) => ({
    ...w,
    turn: false,
    own: row.waiting.some((r) => r.touchId === w.touchId),
    keys: shared.filter((s) => s.waiting.some((r) => r.touchId === w.touchId)).map((s) => s.key),
  }));
}
