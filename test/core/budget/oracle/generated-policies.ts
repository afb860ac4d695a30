/** Policies of every kind, small enough that the oracle can try all instants. */
import fc from 'fast-check';
import type { Policy, PolicyWindow } from '../../../../core/budget/policy.ts';
import { justEnough } from '../fixtures.ts';
import { channel, clock, purpose, seldom, weekend } from './generated-words.ts';

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
