/** Policies, customers and touches of every kind, small enough that the oracle can try all instants. */
import fc from 'fast-check';
import type { TouchRequest } from '../../../../core/budget/decision.ts';
import type { Policy, PolicyWindow } from '../../../../core/budget/policy.ts';
import type { BudgetRow, Gates, OwnHours, RecentTouch, WaitingTouch } from '../../../../core/budget/row.ts';
import { gatesWith, justEnough, noon, purposes, request, rowWith } from '../fixtures.ts';
import { step } from './clock.ts';
import { wayOf } from './kind.ts';
import type { Stopped } from './person.ts';

/** The nightly run asks for more, with seeds of its own: BUDGET_CASES=1000000 BUDGET_SEED=$RANDOM. */
export const seed = Number(process.env['BUDGET_SEED'] ?? 20261124);
export const cases = Number(process.env['BUDGET_CASES'] ?? 6_000);

const seldom = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
export const channel = fc.constantFrom('email' as const, 'sms' as const, 'chat' as const, 'voice' as const);
const whereTo = fc.uniqueArray(channel, { minLength: 1, maxLength: 3 });
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
const weekend = fc.constantFrom(undefined, ['Sunday', 'Wednesday'], ['Sun', 'Mon', 'Tue']);
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
    quiet: fc.array(fc.record({ from: clock, to: clock, on: weekend, some: whoever }), { maxLength: 2 }),
    first: fc.shuffledSubarray(['service', 'marketing', 'renewal', 'campaigns'], { minLength: 1 }),
    risesEvery: fc.constantFrom('6 hours', '2 days'),
    chat: fc.constantFrom(0, 1),
    sms: fc.constantFrom(2, { tech: 1, human: 2 }),
    voice: fc.constantFrom(1, 4),
    legalHours: fc.constantFrom('none' as const, 'none' as const, 'all' as const, ['US-FL', 'everywhere']),
    checked: seldom(fc.constant({ 'home-is-fine': '2 days' })),
  })
  .map(({ windows, spacing, quiet, first, risesEvery, chat, sms, voice, legalHours, checked }): Policy => ({
    ...justEnough,
    cost: { ...justEnough.cost, chat, sms, voice },
    legalHours,
    ...(checked ? { assumeOnlyIfChecked: checked } : {}),
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
const hours = fc
  .array(fc.tuple(clock, clock, weekend), { minLength: 1, maxLength: 2 })
  .map((all) => all.map(([a, b, on]): OwnHours => ({ from: a < b ? a : b, to: a < b ? b : a, ...(on ? { on } : {}) })))
  .filter((all) => all.every(({ from, to }) => from < to));
const less = fc.record({
  atMost: fc.integer({ min: 1, max: 3 }),
  in: fc.constantFrom('1 day', '2 days', 'calendar week'),
  until: fc.integer({ min: -2, max: 60 }).map((n) => noon + n * step),
});
const instant = fc.integer({ min: -2, max: 60 }).map((n) => noon + n * step);
/** Mostly in Berlin; of some we know only where they may be, or nothing at all. */
const zones = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ zone: 'Europe/Berlin', zonesPlausible: [] }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      { zone: 'America/New_York', zonesPlausible: [] },
      { zone: null, zonesPlausible: ['Europe/Berlin', 'America/New_York'] },
      { zone: null, zonesPlausible: [] },
    ),
  },
);
const places = [{ country: 'DE', region: 'NW', postal: '53501' }, { country: 'DE' }, { country: 'US', region: 'FL' }];
/** What anybody knows of somebody, or nobody does. */
const perhaps = fc.record(
  {
    place: fc.constantFrom(...places),
    jurisdictions: fc.constantFrom(['DE'], ['US'], ['US-FL', 'ES'], ['FR']),
    checks: instant.map((at) => [{ assumption: 'home-is-fine', at: at - 76 * step }]),
    held: instant.map((until) => ({ until, by: 'ana' })),
  },
  { requiredKeys: [] },
);
const wishes = fc.record({ pausedUntil: instant, less, hours, channels: whereTo }, { requiredKeys: [] });
const area = fc.constantFrom('DE', 'DE-NW', 'DE:535', 'US-FL', 'US:331', 'FR');
const flood = { fact: 'flood-area', contradicts: ['home-is-fine'], reviewAt: 0 };
export const stoppedOf = fc
  .record({
    switches: seldom(
      fc.oneof(
        fc.constantFrom('all' as const, 'journey:offer' as const, 'channel:sms' as const, 'segment:gold' as const),
        area.map((said) => `area:${said}` as const),
      ),
    ),
    guarded: seldom(fc.uniqueArray(area, { minLength: 1, maxLength: 2 })),
  })
  .map(({ switches: scope, guarded: areas }): Stopped => ({
    killed: scope ? [{ scope, reason: 'fire' }] : [],
    areaGuards: areas ? [{ ...flood, areas }] : [],
  }));
export const gatesOf = fc
  .record({
    noConsents: seldom(fc.constant(true)),
    declined: seldom(channel),
    stop: seldom(fc.constantFrom('email' as const, 'sms' as const, 'all' as const)),
    guarded: seldom(fc.constant(true)),
    hold: seldom(instant),
    own: seldom(wishes),
    perhaps: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: perhaps }),
    inbound: seldom(fc.record({ channel, until: fc.integer({ min: -1, max: 2 }) })),
    zones,
  })
  .map((g): Gates => {
    const all = gatesWith();
    const declined = g.declined ? [{ channel: g.declined, purpose: 'marketing', granted: false }] : [];
    return {
      ...all,
      ...g.zones,
      ...g.perhaps,
      consents: g.noConsents ? [] : [...all.consents, ...declined],
      suppressions: g.stop ? [{ channel: g.stop, at: 0, reason: 'STOP' }] : [],
      guards: g.guarded ? [flood] : [],
      hold: g.hold === undefined ? null : { until: g.hold, taskId: 'K' },
      own: g.own ?? null,
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
    rate: seldom(fc.integer({ min: 0, max: 60 })),
    byPerson: seldom(fc.constant(true)),
  })
  .map(({ inbound, asked, rate, byPerson, ...rest }): TouchRequest =>
    request({
      ...rest,
      madeBy: byPerson ? 'human' : 'tech',
      ...(rate === undefined ? {} : { rateOpensAt: noon + rate * step }),
      askedAt: noon - asked * step,
      ...(inbound === undefined ? {} : { answersInboundAt: noon - inbound * 60_000 }),
    }),
  );

/** In which shared rows something counts, and whose it is. Most are this customer's, and share nothing. */
const keys = ['mail', 'number', 'company'];
/** An e-mail counts in a mailbox, an SMS and a call in a phone, and all of them in the account. */
const fitting = (by: string, all: readonly string[]): readonly string[] =>
  all.filter(
    (key) => key === 'company' || (key === 'mail' && by === 'email') || (key === 'number' && wayOf(by) === 'phone'),
  );
/** Of the record that is kept, of the one that is merged into it, or of another customer. */
const owner = fc.constantFrom('kept' as const, 'merged' as const, 'stranger' as const);
const whose = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      of: fc.constantFrom('kept' as const, 'merged' as const),
      keys: fc.constant([] as string[]),
    }),
  },
  { weight: 1, arbitrary: fc.record({ of: owner, keys: fc.subarray(keys, { minLength: 1 }) }) },
);
/** What the touch asks with, beside its channel. */
export const countsIn = fc
  .oneof(fc.constant(undefined), fc.subarray(keys))
  .map((all) => (by: string) => (all === undefined ? {} : { countsIn: fitting(by, all) }));

export interface Rows {
  readonly kept: BudgetRow;
  /** A second record, which is found to be the same person's. */
  readonly merged: BudgetRow | null;
}
/** A customer's row, and the rows of the mailbox, the phone and the account that they share with others. */
export const rowsOf = fc
  .record({
    touches: fc.array(fc.tuple(touch, whose), { maxLength: 8 }),
    waits: fc.array(fc.tuple(waitingTouch, whose), { maxLength: 4 }),
    isShared: fc.boolean(),
    gates: gatesOf,
    merged: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: gatesOf }),
  })
  .map(({ touches, waits, isShared, gates, merged }): Rows => {
    const placed = <T extends { channel: string }>(
      all: readonly (readonly [T, { of: string; keys: string[] }])[],
      id: string,
    ) =>
      all.map(([t, { of, keys: all_ }], n) => ({
        touch: { ...t, touchId: `${id}${String(n)}` },
        of: of === 'merged' && merged ? of : of === 'stranger' && isShared ? of : 'kept',
        keys: fitting(t.channel, all_),
      }));
    const recent = placed(touches, 't');
    const waiting = placed(waits, 'w');
    const those = <T>(
      all: readonly { touch: T; of: string; keys: readonly string[] }[],
      is: (one: { of: string; keys: readonly string[] }) => boolean,
    ): T[] => all.filter(is).map((one) => one.touch);
    const shared = keys.map((key, n) => ({
      key,
      kind: (['mailbox', 'phone', 'account'] as const)[n] ?? 'account',
      version: 1,
      recent: those(recent, (t) => t.keys.includes(key)),
      waiting: those(waiting, (t) => t.keys.includes(key)),
    }));
    const row = (of: string, theirs: Gates): BudgetRow => ({
      ...rowWith({ recent: those(recent, (t) => t.of === of), waiting: those(waiting, (t) => t.of === of) }),
      gates: theirs,
      ...(isShared ? { shared } : {}),
    });
    return { kept: row('kept', gates), merged: merged && row('merged', merged) };
  });
