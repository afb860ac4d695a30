/** The decision against one made of a few lines, written from the prose of the design and not from the code. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decide } from '../../../core/budget/decide.ts';
import { readPolicy } from '../../../core/budget/read-policy.ts';
import { expire, fence, release, reserve, settle } from '../../../core/budget/reserve.ts';
import type {
  BudgetRow,
  Gates,
  Policy,
  PolicySpacing,
  PolicyWindow,
  RecentTouch,
  TouchRequest,
} from '../../../core/budget/types.ts';
import { day, gatesWith, hour, justEnough, noon, purposes, request, rowWith } from './fixtures.ts';

const seed = 20261124;
/** The nightly run asks for more: BUDGET_CASES=1000000. */
const cases = Number(process.env['BUDGET_CASES'] ?? 13_000);
/** Everything happens on the half hour, so that the oracle can simply try one instant after the other. */
const step = hour / 2;
const zone = 'Europe/Berlin';
const spans = { '6 hours': 6 * hour, '1 day': day, '2 days': 2 * day } as const;

// ── the oracle ──────────────────────────────────────────────────────────────
/** Node's own clock, remembered: all instants are on a grid, and asking it is slow. */
function remembered<T>(ask: (t: number) => T): (t: number) => T {
  const answers = new Map<number, T>();
  return (t) => {
    const answer = answers.get(t) ?? ask(t);
    answers.set(t, answer);
    return answer;
  };
}
const local = remembered((t) => new Date(t).toLocaleString('sv', { timeZone: zone }));
const weekday = remembered((t) => new Date(t).toLocaleString('en', { timeZone: zone, weekday: 'long' }));
/** Which calendar period an instant is in, as a name that two instants share if they are in the same. */
function periodName(kind: string, t: number): string {
  if (kind === 'calendar day') return local(t).slice(0, 10);
  return kind === 'calendar month' ? local(t).slice(0, 7) : mondayOf(t);
}
const mondayOf = remembered((t) => {
  const back = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].indexOf(weekday(t));
  return new Date(Date.parse(`${local(t).slice(0, 10)}T00:00:00Z`) - back * day).toISOString().slice(0, 10);
});
const about = (
  rule: { channels?: readonly string[]; purposes?: readonly string[] },
  t: { channel: string; purpose: string },
): boolean => (rule.channels ?? [t.channel]).includes(t.channel) && (rule.purposes ?? [t.purpose]).includes(t.purpose);

function windowAllows(
  window: PolicyWindow,
  recent: readonly RecentTouch[],
  asked: TouchRequest,
  cost: number,
  t: number,
): boolean {
  const inside = (other: number): boolean =>
    window.in in spans
      ? other > t - spans[window.in as keyof typeof spans]
      : periodName(window.in, other) === periodName(window.in, t);
  const used = recent
    .filter((touch) => about(window, touch) && inside(touch.at))
    .reduce((sum, touch) => sum + touch.cost, 0);
  const kept = window.keep && !window.keep.for.includes(asked.purpose) ? window.keep.cost : 0;
  return window.over === 'alert' || !about(window, asked) || cost === 0 || used + cost <= window.atMost - kept;
}
const spacingAllows = (
  rule: PolicySpacing,
  recent: readonly RecentTouch[],
  asked: TouchRequest,
  cost: number,
  t: number,
): boolean =>
  cost === 0 ||
  !about(rule, asked) ||
  recent.every(
    (touch) => touch.cost === 0 || !about(rule, touch) || t - touch.at >= spans[rule.apart as keyof typeof spans],
  );
function isQuiet(rule: Policy['quiet'][number], asked: TouchRequest, t: number): boolean {
  const time = local(t).slice(11, 16);
  const on = (when: number): boolean => !rule.on || rule.on.includes(weekday(when));
  const over = rule.from >= rule.to;
  return (
    about(rule, asked) &&
    ((on(t) && time >= rule.from && (over || time < rule.to)) || (over && on(t - day) && time < rule.to))
  );
}
function oracle(row: BudgetRow, asked: TouchRequest, policy: Policy, now: number): string {
  const { gates, recent } = row;
  const consents = gates.consents.filter((c) => c.channel === asked.channel && c.purpose === asked.purpose);
  const open =
    asked.purpose === 'service' && gates.inboundOpen.some((i) => i.channel === asked.channel && i.until > now);
  if (gates.suppressions.some((s) => s.channel === 'all' || s.channel === asked.channel))
    return 'suppressed suppression';
  if (!open && !(consents.length > 0 && consents.every((c) => c.granted))) return 'suppressed consent';
  if (gates.guards.some((g) => g.contradicts.some((c) => asked.assumes.includes(c)))) return 'suppressed guard';
  const turn =
    asked.answersInboundAt !== undefined && asked.purpose !== 'marketing' && now - asked.answersInboundAt <= 600_000;
  const cost = turn ? 0 : Number(policy.cost[asked.channel]);
  const tests = {
    hold: (t: number) =>
      asked.purpose === 'service' || ((gates.hold?.until ?? 0) <= t && (gates.own?.pausedUntil ?? 0) <= t),
    'quiet hours': (t: number) => turn || !policy.quiet.some((rule) => isQuiet(rule, asked, t)),
    windows: (t: number) => policy.windows.every((window) => windowAllows(window, recent, asked, cost, t)),
    spacing: (t: number) => policy.spacing.every((rule) => spacingAllows(rule, recent, asked, cost, t)),
  };
  const because = Object.entries(tests).find(([, allows]) => !allows(now))?.[0];
  if (because === undefined) return 'allowed';
  // What costs more than a window has room for never fits, however long it waits.
  if (!policy.windows.every((window) => windowAllows(window, [], asked, cost, now))) return 'suppressed';
  for (let t = now; t < now + 62 * day; t += step)
    if (Object.values(tests).every((allows) => allows(t))) return `deferred ${because} ${new Date(t).toISOString()}`;
  return 'suppressed';
}

// ── what is generated ───────────────────────────────────────────────────────
const channel = fc.constantFrom('email' as const, 'sms' as const, 'chat' as const);
const purpose = fc.constantFrom(...purposes);
const rule = {
  channels: fc.uniqueArray(channel, { minLength: 1 }),
  purposes: fc.uniqueArray(purpose, { minLength: 1 }),
};
const aboutSome = fc.record(rule, { requiredKeys: [] });
const clock = fc.integer({ min: 0, max: 47 }).map((h) => `${String(h >> 1).padStart(2, '0')}:${h & 1 ? '30' : '00'}`);
const window = fc
  .record({
    said: fc.constantFrom('6 hours', '1 day', '2 days', 'calendar day', 'calendar week', 'calendar month'),
    atMost: fc.integer({ min: 2, max: 5 }),
    over: fc.constantFrom('refuse' as const, 'refuse' as const, 'alert' as const),
    keep: fc.option(fc.record({ cost: fc.integer({ min: 0, max: 2 }), for: fc.constant(['service'] as const) }), {
      nil: undefined,
    }),
    some: aboutSome,
  })
  .map(({ said, atMost, over, keep, some }): Omit<PolicyWindow, 'name'> => ({
    in: said,
    atMost,
    over,
    ...(keep ? { keep } : {}),
    ...some,
  }));
const policyOf = fc
  .record({
    windows: fc.array(window, { maxLength: 4 }),
    spacing: fc.array(fc.record({ apart: fc.constantFrom('6 hours', '1 day'), some: aboutSome }), { maxLength: 2 }),
    quiet: fc.array(
      fc.record({ from: clock, to: clock, on: fc.constantFrom(undefined, ['Sunday', 'Wednesday']), some: aboutSome }),
      { maxLength: 2 },
    ),
  })
  .map(({ windows, spacing, quiet }): Policy => ({
    ...justEnough,
    windows: windows.map((w, n) => ({ ...w, name: `w${String(n)}` })),
    spacing: spacing.map(({ apart, some }) => ({ apart, ...some })),
    // A span from a time to itself is the whole day; the oracle is asked about nights and days only.
    quiet: quiet
      .filter((q) => q.from !== q.to)
      .map(({ from, to, on, some }) => ({ from, to, ...(on ? { on } : {}), ...some })),
  }));
const touch = fc
  .record({
    ago: fc.integer({ min: -1, max: 100 }),
    channel,
    purpose,
    cost: fc.integer({ min: 0, max: 2 }),
    state: fc.constantFrom('sent' as const, 'unknown' as const, 'sending' as const),
  })
  .map(({ ago, channel: by, ...rest }): Omit<RecentTouch, 'touchId'> => ({
    ...rest,
    channel: by,
    journey: 'j',
    at: noon - ago * step,
    reservedAt: noon - ago * step,
  }));
const seldom = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const gatesOf = fc
  .record({
    noConsents: seldom(fc.constant(true)),
    declined: seldom(channel),
    stop: seldom(fc.constantFrom('email' as const, 'sms' as const, 'all' as const)),
    guarded: fc.boolean(),
    hold: seldom(fc.integer({ min: -2, max: 60 })),
    pause: seldom(fc.integer({ min: -2, max: 60 })),
    inbound: seldom(fc.record({ channel, until: fc.integer({ min: -1, max: 2 }) })),
  })
  .map((g): Gates => {
    const all = gatesWith();
    const declined = g.declined ? [{ channel: g.declined, purpose: 'marketing', granted: false }] : [];
    return {
      ...all,
      consents: g.noConsents ? [] : [...all.consents, ...declined],
      suppressions: g.stop ? [{ channel: g.stop, at: 0, reason: 'STOP' }] : [],
      guards: g.guarded ? [{ fact: 'flood-area', contradicts: ['home-is-fine'], reviewAt: 0 }] : [],
      hold: g.hold === undefined ? null : { until: noon + g.hold * step, taskId: 'K' },
      own: g.pause === undefined ? null : { pausedUntil: noon + g.pause * step },
      inboundOpen: g.inbound ? [{ channel: g.inbound.channel, until: noon + g.inbound.until * step }] : [],
    };
  });
const requestOf = fc
  .record({
    channel,
    purpose,
    assumes: fc.constantFrom([], [], ['home-is-fine']),
    inbound: seldom(fc.integer({ min: 0, max: 20 })),
  })
  .map(({ inbound, ...rest }) =>
    request({ ...rest, ...(inbound === undefined ? {} : { answersInboundAt: noon - inbound * 60_000 }) }),
  );

describe('the decision', () => {
  it('agrees with the oracle, reason and instant', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(
        policyOf,
        fc.array(touch, { maxLength: 8 }),
        gatesOf,
        requestOf,
        fc.integer({ min: 0, max: 47 }),
        (said, touches, gates, asked, later) => {
          const now = noon + later * step;
          const row = { ...rowWith({ recent: touches.map((t, n) => ({ ...t, touchId: `t${String(n)}` })) }), gates };
          const decision = decide(row, asked, readPolicy(said, 1), [], now);
          const answer =
            decision.decided === 'allowed'
              ? 'allowed'
              : decision.decided === 'suppressed'
                ? `suppressed ${decision.because}`
                : `deferred ${decision.because} ${new Date(decision.until).toISOString()}`;
          const expected = oracle(row, asked, said, now);
          const key = answer.split(' 2')[0] ?? '';
          seen.set(key, (seen.get(key) ?? 0) + 1);
          // What never opens is refused with the gate that never does; the oracle only knows that there was no instant.
          if (expected === 'suppressed') expect(decision.decided).toBe('suppressed');
          else expect(answer).toBe(expected);
        },
      ),
      { seed, numRuns: cases },
    );
    // The generator reaches every answer, not just the easy ones.
    const kinds = [
      'allowed',
      ...['suppression', 'consent', 'guard', 'windows'].map((g) => `suppressed ${g}`),
      ...['hold', 'quiet hours', 'windows', 'spacing'].map((g) => `deferred ${g}`),
    ];
    expect(kinds.filter((kind) => (seen.get(kind) ?? 0) < cases / 200)).toEqual([]);
  });
});

describe('places reserved, fenced, settled, given back and expired in any order', () => {
  const windows: PolicyWindow[] = [
    { name: 'six hours', atMost: 3, in: '6 hours' },
    { name: 'a day', atMost: 4, in: 'calendar day' },
    { name: 'marketing', atMost: 2, in: '1 day', purposes: ['marketing'] },
  ];
  const spacing: PolicySpacing[] = [{ apart: '30 minutes', channels: ['email'] }];
  const rules = readPolicy({ ...justEnough, windows, spacing, quiet: [] }, 1);
  const act = fc.record({
    kind: fc.oneof(
      { weight: 6, arbitrary: fc.constant('ask' as const) },
      { weight: 6, arbitrary: fc.constant('fence' as const) },
      { weight: 2, arbitrary: fc.constant('sent' as const) },
      {
        weight: 4,
        arbitrary: fc.constantFrom('failed' as const, 'unknown' as const, 'release' as const, 'expire' as const),
      },
    ),
    /** Minutes that pass before it; a clock may also be behind another one by a little. */
    passes: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 0, max: 6 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 400 }) },
      { weight: 1, arbitrary: fc.constant(-1) },
    ),
    which: fc.nat({ max: 9_999 }),
    channel: fc.constantFrom('email' as const, 'sms' as const),
    purpose: fc.constantFrom('service' as const, 'marketing' as const),
  });

  it('never exceed a window or a spacing at any instant, and the row says what was sent', () => {
    let sentInAll = 0;
    fc.assert(
      fc.property(fc.noBias(fc.array(act, { minLength: 5, maxLength: 40, size: 'max' })), (acts) => {
        let row = rowWith();
        let now = noon;
        const asked: string[] = [];
        /** What really left, by our own book: entered at the fence, taken out by a certain failure. */
        const book = new Map<string, { at: number; cost: number; channel: string; purpose: string }>();
        const ended = new Set<string>();
        for (const [n, { kind, passes, which, channel: by, purpose: why }] of acts.entries()) {
          now += passes * 60_000;
          // Mostly one that has a place; now and then one that was refused, or has lost it.
          const from = which % 5 === 0 ? asked : row.recent.map((t) => t.touchId);
          const touchId = from.at(-1 - (which % 3)) ?? 'nobody';
          if (kind === 'ask') {
            asked.push(`t${String(n)}`);
            row = reserve(row, request({ touchId: `t${String(n)}`, channel: by, purpose: why }), rules, [], now).row;
          } else if (kind === 'fence') {
            const place = row.recent.find((t) => t.touchId === touchId);
            const fenced = fence(row, touchId, now);
            row = fenced.row;
            if (fenced.fenced && place)
              book.set(touchId, { at: fenced.at, cost: place.cost, channel: place.channel, purpose: place.purpose });
          } else if (kind === 'expire') row = expire(row, now);
          else if (kind === 'release') row = release(row, touchId);
          else {
            const settled = settle(row, touchId, kind);
            if (settled.settled && kind === 'failed') book.delete(touchId);
            if (settled.settled && kind === 'sent') ended.add(touchId);
            row = settled.row;
          }
        }
        sentInAll += book.size;
        const left = [...book.values()];
        for (const end of left) {
          for (const w of windows) {
            const shares = (t: { at: number }): boolean =>
              w.in === 'calendar day'
                ? local(t.at).slice(0, 10) === local(end.at).slice(0, 10)
                : t.at <= end.at && t.at > end.at - spans[w.in as keyof typeof spans];
            const total = left.filter((t) => about(w, t) && shares(t)).reduce((sum, t) => sum + t.cost, 0);
            expect(total).toBeLessThanOrEqual(w.atMost);
          }
          for (const other of left)
            if (other !== end && other.channel === 'email' && end.channel === 'email')
              expect(Math.abs(other.at - end.at)).toBeGreaterThanOrEqual(30 * 60_000);
        }
        // What left is in the row, at its fence instant; what is in the row and past its fence did leave.
        expect(row.recent.filter((t) => t.state !== 'reserved').map((t) => [t.touchId, t.at])).toEqual(
          expect.arrayContaining([...book].map(([touchId, t]) => [touchId, t.at])),
        );
        expect(row.recent.filter((t) => t.state !== 'reserved')).toHaveLength(book.size);
        for (const touchId of ended) expect(row.recent.find((t) => t.touchId === touchId)?.state).toBe('sent');
      }),
      { seed, numRuns: cases / 2 },
    );
    expect(sentInAll).toBeGreaterThan(cases / 3);
  });
});
