/** What counts for whom: the book of one question. */
import { describe, expect, it, test } from '@jest/globals';
import { Book, type Counting } from '../../../core/budget/book.ts';
import type { Per } from '../../../core/budget/policy.ts';
import type { SharedKind } from '../../../core/budget/row.ts';
import type { Channel } from '../../../core/journey/channels.ts';
import { bare, noon, sent } from './fixtures.ts';

const counting = (channel: Channel, over: Partial<Counting> = {}): Counting => ({
  channel,
  purpose: 'marketing',
  journey: 'offer',
  own: true,
  countsIn: [],
  ...over,
});
const shared = (
  [
    ['k', 'phone'],
    ['l', 'phone'],
    ['m', 'mailbox'],
    ['c', 'account'],
  ] as const
).map(([key, kind]) => ({ key, kind, recent: [sent(noon - 1, { touchId: `in ${key}`, channel: 'sms' })] }));
const own = [sent(noon - 2, { touchId: 'text', channel: 'sms' }), sent(noon - 3, { touchId: 'mail' })];
const book = () => new Book({ own, shared, zones: ['UTC'], now: noon });
const windowPer = (per: Per, over: object = {}) =>
  bare({ windows: [{ name: 'w', atMost: 9, in: '7 days', per, ...over }] }).windows;

test.each<[Per, SharedKind | null, Counting, Counting, boolean]>([
  ['customer', null, counting('sms'), counting('email'), true],
  ['customer', null, counting('sms'), counting('sms', { own: false }), false],
  ['address', null, counting('sms'), counting('voice'), true],
  ['address', null, counting('sms'), counting('email'), false],
  ['address', null, counting('chat'), counting('chat'), true],
  ['address', null, counting('chat'), counting('push'), false],
  ['address', null, counting('sms'), counting('sms', { own: false }), false],
  ['address', 'phone', counting('sms', { countsIn: ['k'] }), counting('sms', { countsIn: ['k'], own: false }), true],
  ['address', 'phone', counting('sms', { countsIn: ['k', 'l'] }), counting('sms', { countsIn: ['l'] }), true],
  ['address', 'phone', counting('sms', { countsIn: ['k'] }), counting('sms', { countsIn: ['l'] }), false],
  ['address', 'phone', counting('sms', { countsIn: ['c'] }), counting('sms', { countsIn: ['c'] }), false],
  ['account', 'account', counting('sms', { countsIn: ['c'] }), counting('email', { countsIn: ['c'] }), true],
])('per %s, over %s: %o stands beside %o: %s', (per, kind, one, other, expected) => {
  expect(book().isBeside(per, kind, one, other)).toBe(expected);
});

describe('what a rule counts', () => {
  const counted = (kept: Book, per: Per, one: Counting) =>
    kept.tallies(windowPer(per), one).map(({ over, touches }) => [over, touches.map(({ touchId }) => touchId)]);
  it('is the same for the same, and another for each that counts elsewhere', () => {
    const kept = book();
    const [window] = [windowPer('address')];
    const of = (one: Counting) =>
      kept.tallies(window, one).map(({ over, touches }) => [over, touches.map(({ touchId }) => touchId)]);
    expect(of(counting('sms'))).toEqual([[null, ['text']]]);
    expect(of(counting('email'))).toEqual([[null, ['mail']]]);
    expect(of(counting('chat'))).toEqual([[null, []]]);
    expect(of(counting('sms', { countsIn: ['k'] }))).toEqual([['phone', ['in k']]]);
    expect(of(counting('sms', { countsIn: ['l'] }))).toEqual([['phone', ['in l']]]);
    expect(of(counting('sms', { countsIn: ['k', 'l'] }))).toEqual([['phone', ['in k', 'in l']]]);
    expect(of(counting('sms', { own: false, countsIn: ['k'] }))).toEqual([['phone', ['in k']]]);
    expect(of(counting('sms', { own: false }))).toEqual([]);
    expect(kept.tallies(window, counting('sms'))[0]).toBe(kept.tallies(window, counting('voice'))[0]);
  });
  it('of what another customer has alone is theirs', () => {
    const kept = book();
    const window = windowPer('customer');
    expect(kept.tallies(window, counting('sms', { own: false }))).toEqual([]);
    expect(kept.tallies(window, counting('sms'))).toHaveLength(1);
    expect(counted(kept, 'customer', counting('sms'))).toEqual([[null, ['mail', 'text']]]);
  });
});

test('who goes first stands for the rules that count them, whether they were asked before or after', () => {
  const kept = book();
  const mails = windowPer('customer', { channels: ['email'] });
  const all = windowPer('customer');
  const [spacing] = bare({ spacing: [{ apart: '1 day', channels: ['email'] }] }).spacing;
  const placed = { ...counting('sms'), at: noon + 1, cost: 1 };
  const before = [kept.tallies(mails, counting('email'))[0], kept.tallies(all, counting('email'))[0]];
  const apart = kept.spaced([spacing!], counting('email'))[0];
  kept.place(placed);
  expect(before.map((tally) => tally?.ahead)).toEqual([[], [placed]]);
  expect(apart?.ahead).toEqual([]);
  const after = windowPer('customer');
  expect(kept.tallies(after, counting('email'))[0]?.ahead).toEqual([placed]);
  expect(kept.tallies(windowPer('customer', { channels: ['email'] }), counting('email'))[0]?.ahead).toEqual([]);
  // Of another address, and of another customer, it is no matter.
  expect(kept.tallies(windowPer('address'), counting('email'))[0]?.ahead).toEqual([]);
  expect(kept.tallies(windowPer('address'), counting('voice'))[0]?.ahead).toEqual([placed]);
  expect(kept.tallies(windowPer('account'), counting('sms', { countsIn: ['c'] }))[0]?.ahead).toEqual([]);
  expect(kept.spaced([spacing!], counting('sms'))).toEqual([]);
});
