/** What generated policies, people and touches have in common, and how many of them there are. */
import fc from 'fast-check';
import { noon, purposes } from '../fixtures.ts';
import { step } from './clock.ts';

/** The nightly run asks for more, with seeds of its own: BUDGET_CASES=1000000 BUDGET_SEED=$RANDOM. */
export const seed = Number(process.env['BUDGET_SEED'] ?? 20261124);
export const cases = Number(process.env['BUDGET_CASES'] ?? 6_000);

export const seldom = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
export const channel = fc.constantFrom('email' as const, 'sms' as const, 'chat' as const, 'voice' as const);
export const whereTo = fc.uniqueArray(channel, { minLength: 1, maxLength: 3 });
export const purpose = fc.constantFrom(...purposes);
export const journey = fc.constantFrom('offer', 'renewal', 'inquiry');
export const weekend = fc.constantFrom(undefined, ['Sunday', 'Wednesday'], ['Sun', 'Mon', 'Tue']);
export const clock = fc
  .integer({ min: 0, max: 47 })
  .map((h) => `${String(h >> 1).padStart(2, '0')}:${h & 1 ? '30' : '00'}`);
export const instant = fc.integer({ min: -2, max: 60 }).map((n) => noon + n * step);
