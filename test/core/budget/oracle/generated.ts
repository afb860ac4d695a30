/** Policies, customers and touches of every kind, small enough that the oracle can try all instants. */
import fc from 'fast-check';
import type { TouchRequest } from '../../../../core/budget/decision.ts';
import type { Policy, PolicyWindow } from '../../../../core/budget/policy.ts';
import type { BudgetRow, Gates, RecentTouch, WaitingTouch } from '../../../../core/budget/row.ts';
import { gatesWith, justEnough, noon, purposes, request, rowWith } from '../fixtures.ts';
import { step } from './oracle.ts';

/** The nightly run asks for more, with seeds of its own: BUDGET_CASES=1000000 BUDGET_SEED=$RANDOM. */
export const seed = Number(process.env['BUDGET_SEED'] ?? 20261124);
export const cases = Number(process.env['BUDGET_CASES'] ?? 6_000);

export const channel = fc.constantFrom('email' as const, 'sms' as const, 'chat' as const);
export const purpose = fc.constantFrom(...purposes);
export const journey = fc.constantFrom('offer', 'renewal', 'inquiry');
const aboutSome = fc.record(
  {
    channels: fc.uniqueArray(channel, { minLength: 1 }),
    purposes: fc.uniqueArray(purpose, { minLength: 1 }),
    journeys: fc.uniqueArray(fc.constantFrom('offer', 'renewal', 'inquiry', 'campaigns'), {
      minLength: 1,
      maxLength: 2,
    }),
  },
  { requiredKeys: [] },
);
/** Hours are the same for all journeys. */
const whoever = aboutSome.map(({ journeys: _, ...some }) => some);
const clock = fc.integer({ min: 0, max: 47 }).map((h) => `${String(h >> 1).padStart(2, '0')}:${h & 1 ? '30' : '00'}`);
const per = fc.constantFrom('customer' as const, 'customer' as const, 'address' as const, 'account' as const);
const window = fc
  .record({
    said: fc.constantFrom('6 hours', '1 day', '2 days', 'calendar day', 'calendar week', 'calendar month'),
    atMost: fc.integer({ min: 2, max: 5 }),
    over: fc.constantFrom('refuse' as const, 'refuse' as const, 'alert' as const),
    keep: fc.option(fc.record({ cost: fc.integer({ min: 0, max: 2 }), for: fc.constant(['service'] as const) }), {
      nil: undefined,
    }),
    some: aboutSome,
    per,
  })
  .map(({ said, atMost, over, keep, some, per: whose }): Omit<PolicyWindow, 'name'> => ({
    in: said,
    atMost,
    over,
    ...(keep ? { keep } : {}),
    ...(whose === 'customer' ? {} : { per: whose }),
    ...some,
  }));
export const policyOf = fc
  .record({
    windows: fc.array(window, { maxLength: 4 }),
    spacing: fc.array(fc.record({ apart: fc.constantFrom('6 hours', '1 day'), some: aboutSome, per }), {
      maxLength: 2,
    }),
    quiet: fc.array(
      fc.record({ from: clock, to: clock, on: fc.constantFrom(undefined, ['Sunday', 'Wednesday']), some: whoever }),
      { maxLength: 2 },
    ),
    first: fc.shuffledSubarray(['service', 'marketing', 'renewal', 'campaigns'], { minLength: 1 }),
    risesEvery: fc.constantFrom('6 hours', '2 days'),
    chat: fc.constantFrom(0, 1),
    sms: fc.constantFrom(2, { tech: 1, human: 2 }),
  })
  .map(({ windows, spacing, quiet, first, risesEvery, chat, sms }): Policy => ({
    ...justEnough,
    cost: { ...justEnough.cost, chat, sms },
    classes: { campaigns: ['offer', 'renewal'] },
    first,
    risesEvery,
    windows: windows.map((w, n) => ({ ...w, name: `w${String(n)}` })),
    spacing: spacing.map(({ apart, some, per: whose }) => ({ apart, per: whose, ...some })),
    // A span from a time to itself is the whole day; the oracle is asked about nights and days only.
    quiet: quiet
      .filter((q) => q.from !== q.to)
      .map(({ from, to, on, some }) => ({ from, to, ...(on ? { on } : {}), ...some })),
  }));
export const touch = fc
  .record({
    ago: fc.integer({ min: -1, max: 100 }),
    channel,
    purpose,
    journey,
    cost: fc.integer({ min: 0, max: 2 }),
    state: fc.constantFrom('sent' as const, 'unknown' as const, 'sending' as const, 'reserved' as const),
  })
  .map(({ ago, ...rest }): Omit<RecentTouch, 'touchId'> => ({
    ...rest,
    at: noon - ago * step,
    // It was given its place half an hour before the latest instant at which it may be used.
    reservedAt: noon - ago * step - (rest.state === 'reserved' ? step : 0),
  }));
export const waitingTouch = fc
  .record({
    channel,
    purpose,
    journey,
    cost: fc.integer({ min: 0, max: 2 }),
    asked: fc.integer({ min: 0, max: 200 }),
    givesUp: fc.integer({ min: 0, max: 200 }),
  })
  .map(({ asked, givesUp, ...rest }): Omit<WaitingTouch, 'touchId'> => ({
    ...rest,
    askedAt: noon - asked * step,
    until: noon,
    givesUpAt: noon + givesUp * step,
  }));
const seldom = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
export const gatesOf = fc
  .record({
    noConsents: seldom(fc.constant(true)),
    declined: seldom(channel),
    stop: seldom(fc.constantFrom('email' as const, 'sms' as const, 'all' as const)),
    guarded: fc.boolean(),
    hold: seldom(fc.integer({ min: -2, max: 60 })),
    pause: seldom(fc.integer({ min: -2, max: 60 })),
    less: seldom(
      fc.record({
        atMost: fc.integer({ min: 1, max: 3 }),
        in: fc.constantFrom('1 day', '2 days', 'calendar week'),
        until: fc.integer({ min: 0, max: 60 }),
      }),
    ),
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
      own: {
        ...(g.pause === undefined ? {} : { pausedUntil: noon + g.pause * step }),
        ...(g.less === undefined ? {} : { less: { ...g.less, until: noon + g.less.until * step } }),
      },
      inboundOpen: g.inbound ? [{ channel: g.inbound.channel, until: noon + g.inbound.until * step }] : [],
    };
  });
export const requestOf = fc
  .record({
    channel,
    purpose,
    journey,
    assumes: fc.constantFrom([], [], ['home-is-fine']),
    inbound: seldom(fc.integer({ min: 0, max: 20 })),
    asked: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ inbound, asked, ...rest }): TouchRequest =>
    request({
      ...rest,
      askedAt: noon - asked * step,
      ...(inbound === undefined ? {} : { answersInboundAt: noon - inbound * 60_000 }),
    }),
  );

/** In which shared rows something counts, and whether it is this customer's. Most are, and share nothing. */
const keys = ['mail', 'number', 'company'];
/** An e-mail counts in a mailbox, an SMS in a phone, and both in the account. */
const fitting = (by: string, all: readonly string[]): readonly string[] =>
  all.filter((key) => key === 'company' || (key === 'mail' && by === 'email') || (key === 'number' && by === 'sms'));
const whose = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ own: true, keys: [] as string[] }) },
  { weight: 1, arbitrary: fc.record({ own: fc.boolean(), keys: fc.subarray(keys, { minLength: 1 }) }) },
);
/** What the touch asks with, beside its channel. */
export const countsIn = fc
  .oneof(fc.constant(undefined), fc.subarray(keys))
  .map((all) => (by: string) => (all === undefined ? {} : { countsIn: fitting(by, all) }));

/** A customer's row, and the rows of the mailbox, the phone and the account that they share with others. */
export const rowOf = fc
  .record({
    touches: fc.array(fc.tuple(touch, whose), { maxLength: 8 }),
    waits: fc.array(fc.tuple(waitingTouch, whose), { maxLength: 4 }),
    isShared: fc.boolean(),
    gates: gatesOf,
  })
  .map(({ touches, waits, isShared, gates }): BudgetRow => {
    const recent = touches.map(([t, w], n) => ({
      ...t,
      touchId: `t${String(n)}`,
      own: w.own,
      keys: fitting(t.channel, w.keys),
    }));
    const waiting = waits.map(([t, w], n) => ({
      ...t,
      touchId: `w${String(n)}`,
      own: w.own,
      keys: fitting(t.channel, w.keys),
    }));
    const mine = <T extends { own: boolean; keys: readonly string[] }>(all: readonly T[]): readonly T[] =>
      isShared ? all.filter(({ own }) => own) : all;
    const shared = keys.map((key, n) => ({
      key,
      kind: (['mailbox', 'phone', 'account'] as const)[n] ?? 'account',
      version: 1,
      recent: recent.filter((t) => t.keys.includes(key)),
      waiting: waiting.filter((t) => t.keys.includes(key)),
    }));
    const row = { ...rowWith({ recent: mine(recent), waiting: mine(waiting) }), gates };
    return isShared ? { ...row, shared } : row;
  });
