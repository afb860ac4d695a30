/** Touches, those who wait, and the rows of customers and of what they share. */
import fc from 'fast-check';
import type { TouchRequest } from '../../../../core/budget/decision.ts';
import type { BudgetRow, Gates, RecentTouch, WaitingTouch } from '../../../../core/budget/row.ts';
import { noon, request, rowWith } from '../fixtures.ts';
import { step } from './clock.ts';
import { gatesOf } from './generated-gates.ts';
import { channel, journey, purpose, seldom } from './generated-words.ts';
import { wayOf } from './kind.ts';

const touch = fc
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
const waitingTouch = fc
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

interface Rows {
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
