/** What several customers have in common: over whose touches a rule counts, and how a place stands in all rows that share it. */
import { describe, expect, it, test } from '@jest/globals';
import { expire, fence, leave, prune, release, reserve, settle, wait } from '../../../core/budget/reserve.ts';
import { ask } from '../../../core/budget/asked.ts';
import { addressKind, countedOver, countsIn, waitingIn } from '../../../core/budget/shared-rows.ts';
import { channels } from '../../../core/journey/channels.ts';
import type { RecentTouch, SharedKind, SharedRow, WaitingTouch } from '../../../core/budget/row.ts';
import { bare, day, noon, request, rowWith, sent, waiting } from './fixtures.ts';

const minute = 60_000;
const sharing = (
  key: string,
  kind: SharedKind = 'mailbox',
  recent: readonly RecentTouch[] = [],
  waits: readonly WaitingTouch[] = [],
): SharedRow => ({ key, kind, version: 1, recent, waiting: waits });
const ids = (all: readonly { readonly touchId: string }[] | undefined): string[] => (all ?? []).map((t) => t.touchId);

test('a kind of address is what several people can have', () => {
  expect(channels.map((channel) => [channel, addressKind(channel)])).toEqual(
    expect.arrayContaining([
      ['email', 'mailbox'],
      ['sms', 'phone'],
      ['whatsapp', 'phone'],
      ['voice', 'phone'],
      ['push', null],
      ['chat', null],
    ]),
  );
});

test('a touch counts in the shared rows that it names, and in none where it names none', () => {
  const row = rowWith({ shared: [sharing('a'), sharing('b')] });
  expect(countsIn(row, { countsIn: ['b', 'c'] }).map(({ key }) => key)).toEqual(['b']);
  expect(countsIn(row, {})).toEqual([]);
  expect(countsIn(rowWith(), { countsIn: ['b'] })).toEqual([]);
});

describe('a rule counts over', () => {
  const own = [
    sent(noon, { touchId: 'mail' }),
    sent(noon, { touchId: 'text', channel: 'sms' }),
    sent(noon, { touchId: 'call', channel: 'voice' }),
    sent(noon, { touchId: 'push', channel: 'push' }),
    sent(noon, { touchId: 'chat', channel: 'chat' }),
  ];
  const theirs = (touchId: string) => sent(noon, { touchId });
  const mailbox = sharing('m', 'mailbox', [theirs('m1'), theirs('both')]);
  const another = sharing('n', 'mailbox', [theirs('both'), theirs('n1')]);
  const account = sharing('c', 'account', [theirs('c1')]);
  const over = (
    ...[per, channel, shared]: [Parameters<typeof countedOver>[0], 'email' | 'sms' | 'chat', SharedRow[]]
  ) => {
    const counted = countedOver(per, channel, { own, shared });
    return counted && { touches: ids(counted.recent), kind: counted.kind };
  };
  const all = ids(own);
  it.each([
    ['all of a customer’s own', over('customer', 'email', [mailbox]), { touches: all, kind: null }],
    [
      'all to a shared mailbox',
      over('address', 'email', [mailbox, account]),
      { touches: ['m1', 'both'], kind: 'mailbox' },
    ],
    [
      'all to several, each once',
      over('address', 'email', [mailbox, another]),
      { touches: ['m1', 'both', 'n1'], kind: 'mailbox' },
    ],
    [
      'their own that go the same way, where that is not shared',
      over('address', 'sms', [mailbox]),
      { touches: ['text', 'call'], kind: null },
    ],
    [
      'their own by that channel, where it is nobody else’s',
      over('address', 'chat', [mailbox]),
      { touches: ['chat'], kind: null },
    ],
    ['all of an account', over('account', 'sms', [mailbox, account]), { touches: ['c1'], kind: 'account' }],
    ['nothing, without an account', over('account', 'sms', [mailbox]), null],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});

test('whoever waits in several rows waits once', () => {
  const [one, two] = [waiting({ touchId: 'one' }), waiting({ touchId: 'two' })];
  const row = rowWith({
    waiting: [one],
    shared: [sharing('a', 'phone', [], [one, two]), sharing('b', 'account', [], [two])],
  });
  expect(ids(waitingIn(row))).toEqual(['one', 'two']);
  const alone = rowWith({ waiting: [one] });
  expect(waitingIn(alone)).toBe(alone.waiting);
});

describe('a place in rows that are shared', () => {
  const free = bare({});
  const two = rowWith({ shared: [sharing('a'), sharing('b', 'account'), sharing('c', 'phone')] });
  const asked = request({ countsIn: ['a', 'b'] });
  const placed = reserve(two, asked, free, [], noon).row;
  const standing = (row: typeof two) => row.shared?.map(({ recent, version }) => [recent[0]?.state, version]);

  it('is taken in each that it counts in, and those are a version on', () => {
    expect(placed.recent).toHaveLength(1);
    expect(standing(placed)).toEqual([
      ['reserved', 2],
      ['reserved', 2],
      [undefined, 1],
    ]);
    expect(placed.shared?.[0]?.recent).toEqual(placed.recent);
    // Those that another has there stay.
    const beside = rowWith({ shared: [sharing('a', 'mailbox', [sent(noon, { touchId: 'theirs' })])] });
    const both = reserve(beside, asked, free, [], noon).row;
    expect(ids(both.shared?.[0]?.recent)).toEqual(['theirs', 'T']);
    // What comes of ours is no matter of theirs.
    const fenced = fence(both, 'T', noon, ['a']).row;
    expect(fenced.shared?.[0]?.recent.map(({ state }) => state)).toEqual(['sent', 'sending']);
    expect(ids(settle(fenced, 'T', 'failed').row.shared?.[0]?.recent)).toEqual(['theirs']);
  });
  it('of its own is not in its way when it is asked for again', () => {
    const tight = bare({ windows: [{ name: 'one', atMost: 2, in: '7 days', per: 'account' }] });
    const theirs = sent(noon - 1, { touchId: 'theirs', cost: 1 });
    const own = sent(noon - 2, { touchId: 'T', state: 'reserved' });
    const again = (recent: RecentTouch[]) =>
      ask(
        rowWith({ recent: [own], shared: [sharing('a', 'account', recent)] }),
        request({ countsIn: ['a'] }),
        tight,
        [],
        noon,
      );
    expect(ids(again([theirs, own]).shared[0]?.recent)).toEqual(['theirs']);
    expect(again([theirs]).shared[0]?.recent).toEqual([theirs]);
    expect(again([theirs, own]).recent).toEqual([]);
  });
  it('is fenced and settled in all of them at once', () => {
    const fenced = fence(placed, 'T', noon + minute, ['a', 'b']);
    expect(fenced).toMatchObject({ fenced: true, at: noon + minute });
    expect(standing(fenced.row)).toEqual([
      ['sending', 3],
      ['sending', 3],
      [undefined, 1],
    ]);
    expect(fenced.row.shared?.[1]?.recent).toEqual(fenced.row.recent);
    expect(standing(settle(fenced.row, 'T', 'sent').row)?.[0]).toEqual(['sent', 4]);
    expect(standing(settle(fenced.row, 'T', 'failed').row)).toEqual([
      [undefined, 4],
      [undefined, 4],
      [undefined, 1],
    ]);
  });
  it('is none where one of them has lost it', () => {
    const lost = { ...placed, shared: placed.shared?.map((s) => (s.key === 'b' ? { ...s, recent: [] } : s)) ?? [] };
    expect(fence(lost, 'T', noon, ['a', 'b'])).toMatchObject({ fenced: false, because: 'no place' });
    expect(fence(lost, 'T', noon, ['a'])).toMatchObject({ fenced: true });
    expect(fence(lost, 'T', noon)).toMatchObject({ fenced: true });
  });
  it('is given back, expires and is forgotten in all of them', () => {
    const empty = [
      [undefined, 3],
      [undefined, 3],
      [undefined, 1],
    ];
    expect(standing(release(placed, 'T'))).toEqual(empty);
    const later = noon + 15 * minute + 1;
    expect(standing(expire(placed, later))).toEqual(empty);
    expect(expire(placed, later - 1)).toBe(placed);
    const old = rowWith({ shared: [sharing('a', 'mailbox', [sent(noon - 91 * day)])] });
    expect(standing(prune(old, noon))).toEqual([[undefined, 2]]);
    expect(prune(placed, noon)).toBe(placed);
  });
  it('another’s that expires there leaves the customer’s own row as it was, but for its version', () => {
    const place = sent(noon - 1, { touchId: 'theirs', state: 'reserved' });
    const row = rowWith({ recent: [sent(noon - 2)], shared: [sharing('a', 'mailbox', [place]), sharing('b')] });
    const after = expire(row, noon);
    expect(after.recent).toBe(row.recent);
    expect(after.shared?.[1]).toBe(row.shared?.[1]);
    expect([after.version, after.shared?.[0]?.version]).toEqual([2, 2]);
  });
});

describe('waiting in rows that are shared', () => {
  const shared = [sharing('a'), sharing('b', 'account')];
  const us = waiting({ touchId: 'T' });
  const other = waiting({ touchId: 'other' });
  it('is in those that the touch counts in, and no longer in those it counted in before', () => {
    const first = wait(rowWith({ shared }), us, ['a', 'b']);
    expect(first.shared?.map(({ waiting: all }) => ids(all))).toEqual([['T'], ['T']]);
    const second = wait(first, us, ['b']);
    expect(second.shared?.map(({ waiting: all }) => ids(all))).toEqual([[], ['T']]);
    expect(ids(second.waiting)).toEqual(['T']);
    const third = wait(second, us);
    expect(third.shared?.map(({ version, waiting: all }) => [version, ids(all)])).toEqual([
      [3, []],
      [4, []],
    ]);
  });
  it('leaves others where they are', () => {
    const row = rowWith({ waiting: [other, us], shared: [sharing('a', 'mailbox', [], [us, other]), sharing('b')] });
    const without = wait(row, us);
    expect(ids(without.waiting)).toEqual(['other', 'T']);
    expect(ids(without.shared?.[0]?.waiting)).toEqual(['other']);
    const left = leave(row, 'T');
    expect(ids(left.waiting)).toEqual(['other']);
    expect(ids(left.shared?.[0]?.waiting)).toEqual(['other']);
    expect(left.shared?.[1]).toBe(row.shared?.[1]);
    expect(leave(row, 'nobody')).toBe(row);
  });
  it('ends there when it gives up, though the customer’s own row has nothing to forget', () => {
    const row = rowWith({ shared: [sharing('a', 'mailbox', [], [waiting({ givesUpAt: noon }), other])] });
    expect(ids(prune(row, noon).shared?.[0]?.waiting)).toEqual(['other']);
  });
});
