import { describe, expect, it } from '@jest/globals';
import { expire, fence, leave, prune, release, reserve, settle, wait } from '../../../core/budget/reserve.ts';
import { decodeRing, encodeRing, ringChange } from '../../../core/budget/ring.ts';
import type { BudgetRow, RecentTouch } from '../../../core/budget/row.ts';
import { at, bare, day, iso, noon, policy, request, rowWith, sent, waiting } from './fixtures.ts';

const minute = 60_000;
const one = bare({ windows: [{ name: 'one', atMost: 1, in: '7 days' }] });
const reserved = (row: BudgetRow = rowWith()): BudgetRow => reserve(row, request(), one, [], noon).row;
const sending = (): BudgetRow => fence(reserved(), 'T', noon + minute).row;

describe('a place', () => {
  it('is taken up to the latest instant it may be sent at, and raises the version', () => {
    const { row, decision } = reserve(rowWith(), request(), one, [], noon);
    expect(decision.decided).toBe('allowed');
    expect(row.version).toBe(2);
    expect(row.recent).toEqual([
      {
        touchId: 'T',
        reservedAt: noon,
        at: noon + 15 * minute,
        cost: 1,
        channel: 'email',
        purpose: 'marketing',
        journey: 'offer',
        state: 'reserved',
      },
    ]);
  });
  it('does not reach over midnight where a calendar day counts', () => {
    const aday = bare({ windows: [{ name: 'd', atMost: 1, in: 'calendar day' }] });
    const late = at('2026-11-24T22:58:00Z');
    const latest = (rules: typeof aday): string =>
      iso(reserve(rowWith(), request(), rules, [], late).row.recent[0]?.at ?? 0);
    expect(latest(aday)).toBe('2026-11-24T22:59:59.999Z');
    expect(latest(one)).toBe('2026-11-24T23:13:00Z');
  });
  it('is given once: a retry is told that it is there already', () => {
    const row = reserved();
    const again = reserve(row, request(), one, [], noon + 1);
    expect(again.decision).toMatchObject({ decided: 'allowed', already: 'reserved' });
    expect(again.row).toBe(row);
  });
  it('keeps its price and its place where a retry would be refused, and is no warning', () => {
    const again = reserve(
      fence(reserved(), 'T', noon).row,
      request(),
      one,
      [{ scope: 'all', reason: 'fire' }],
      noon + 1,
    );
    expect(again.decision).toMatchObject({ decided: 'allowed', already: 'sending', warnings: [] });
  });
  it('is held for as long as the touch says that it may be sent', () => {
    expect(reserve(rowWith(), request({ sendWithinMs: 1 }), one, [], noon).row.recent[0]?.at).toBe(noon + 1);
  });
  it('leaves the row alone when it is refused or deferred', () => {
    const row = rowWith({ recent: [sent(noon - day)] });
    expect(reserve(row, request(), one, [], noon)).toMatchObject({ row, decision: { decided: 'deferred' } });
  });
  it('of a turn is free', () => {
    const turn = request({ purpose: 'service', answersInboundAt: noon - minute });
    expect(reserve(rowWith({ recent: [sent(noon - 1)] }), turn, one, [], noon).row.recent[1]).toMatchObject({
      cost: 0,
    });
  });
  it("of a person's message is counted", () => {
    const row = reserve(rowWith({ recent: [sent(noon - 1)] }), request({ madeBy: 'human' }), one, [], noon).row;
    expect(row.recent[1]).toMatchObject({ touchId: 'T', cost: 1 });
  });
});

describe('the fence', () => {
  it('marks the touch as being sent, at that instant', () => {
    const fenced = fence(reserved(), 'T', noon + minute);
    expect(fenced).toMatchObject({ fenced: true, at: noon + minute });
    expect(fenced.row.recent[0]).toMatchObject({ state: 'sending', at: noon + minute });
  });
  it('lets the last instant pass, and nothing later', () => {
    expect(fence(reserved(), 'T', noon + 15 * minute).fenced).toBe(true);
    expect(fence(reserved(), 'T', noon + 15 * minute + 1)).toMatchObject({ fenced: false, because: 'too late' });
  });
  it('takes a clock that runs behind forward to the reservation', () => {
    expect(fence(reserved(), 'T', noon - 5)).toMatchObject({ fenced: true, at: noon });
  });
  it('lets nobody pass twice, and nobody without a place', () => {
    expect(fence(sending(), 'T', noon + minute)).toMatchObject({ fenced: false, because: 'sending' });
    expect(fence(rowWith(), 'T', noon)).toMatchObject({ fenced: false, because: 'no place' });
  });
});

describe('what came of it', () => {
  const state = (row: BudgetRow): string | undefined => row.recent[0]?.state;
  it.each([
    ['sent', 'sent', true, false],
    ['unknown', 'unknown', true, false],
    ['failed', undefined, true, true],
  ] as const)('being sent, then %s', (outcome, then, settled, refunded) => {
    const after = settle(sending(), 'T', outcome);
    expect({ ...after, row: state(after.row) }).toEqual({ row: then, settled, refunded });
  });
  it('an unknown one is settled later, either way, and told once', () => {
    const unknown = settle(sending(), 'T', 'unknown').row;
    expect(settle(unknown, 'T', 'unknown').settled).toBe(false);
    expect(state(settle(unknown, 'T', 'sent').row)).toBe('sent');
    expect(settle(unknown, 'T', 'failed')).toMatchObject({ refunded: true, row: { recent: [] } });
  });
  it('status never goes back', () => {
    const done = settle(sending(), 'T', 'sent').row;
    expect((['sent', 'failed', 'unknown'] as const).map((outcome) => settle(done, 'T', outcome).settled)).toEqual([
      false,
      false,
      false,
    ]);
    expect(settle(rowWith(), 'T', 'sent').settled).toBe(false);
  });
  it('what never passed the fence was not sent; it may have failed', () => {
    expect(settle(reserved(), 'T', 'sent').settled).toBe(false);
    expect(settle(reserved(), 'T', 'unknown').settled).toBe(false);
    expect(settle(reserved(), 'T', 'failed')).toMatchObject({ settled: true, row: { recent: [] } });
  });
  it('a certain failure frees the place at once', () => {
    const other = request({ touchId: 'U' });
    expect(reserve(sending(), other, one, [], noon + 2 * minute).decision.decided).toBe('deferred');
    expect(reserve(settle(sending(), 'T', 'failed').row, other, one, [], noon + 2 * minute).decision.decided).toBe(
      'allowed',
    );
  });
});

describe('giving up', () => {
  it('a reserved touch loses its place after its latest instant, and what was fenced never does', () => {
    expect(expire(reserved(), noon + 15 * minute).recent).toHaveLength(1);
    expect(expire(reserved(), noon + 15 * minute + 1).recent).toHaveLength(0);
    const later = noon + 80 * day;
    expect(expire(sending(), later).recent).toHaveLength(1);
    expect(expire(settle(sending(), 'T', 'unknown').row, later).recent).toHaveLength(1);
  });
  it('an expired place is there for the next one', () => {
    expect(reserve(reserved(), request({ touchId: 'U' }), one, [], noon + 15 * minute).decision.decided).toBe(
      'deferred',
    );
    const { row, decision } = reserve(reserved(), request({ touchId: 'U' }), one, [], noon + 15 * minute + 1);
    expect(decision.decided).toBe('allowed');
    expect(row.recent.map((t) => t.touchId)).toEqual(['U']);
  });
  it('what was free is given back, and nothing with it', () => {
    const turn = request({ purpose: 'service', answersInboundAt: noon });
    const free = fence(reserve(rowWith(), turn, one, [], noon).row, 'T', noon).row;
    expect(settle(free, 'T', 'failed')).toMatchObject({ settled: true, refunded: false });
    expect(settle(reserved(), 'nobody', 'failed')).toEqual({ row: reserved(), settled: false, refunded: false });
    expect(settle(reserved(), 'T', 'sent')).toMatchObject({ settled: false, refunded: false });
    const row = rowWith();
    expect(release(row, 'nobody')).toBe(row);
  });
  it('a released one is free, and one that is being sent stays', () => {
    expect(release(reserved(), 'T').recent).toEqual([]);
    expect(release(sending(), 'T').recent).toHaveLength(1);
  });
  it('what is older than the longest window is forgotten, unless nobody knows what came of it', () => {
    const old = [sent(noon - 90 * day), sent(noon - 90 * day + 1), sent(noon - 100 * day, { state: 'unknown' })];
    expect(prune(rowWith({ recent: old }), noon).recent).toEqual(old.slice(1));
  });
});

describe('waiting', () => {
  it('keeps the age of one that is asked again, and ends when it has its place', () => {
    const once = wait(rowWith(), waiting({ touchId: 'T', askedAt: noon }));
    const twice = wait(once, waiting({ touchId: 'T', askedAt: noon + day, until: noon + 2 * day }));
    expect(twice.waiting).toEqual([waiting({ touchId: 'T', askedAt: noon, until: noon + 2 * day })]);
    expect(reserve(twice, request(), one, [], noon).row.waiting).toEqual([]);
    expect(leave(twice, 'T').waiting).toEqual([]);
    expect(leave(twice, 'X')).toBe(twice);
  });
  it('has its own age, though another waits that is older', () => {
    const row = rowWith({ waiting: [waiting({ touchId: 'older', askedAt: noon - day })] });
    expect(wait(row, waiting({ touchId: 'T', askedAt: noon })).waiting[1]?.askedAt).toBe(noon);
  });
  it('is forgotten once it gives up', () => {
    const row = rowWith({ waiting: [waiting({ givesUpAt: noon })] });
    expect(prune(row, noon - 1)).toBe(row);
    expect(prune(row, noon).waiting).toEqual([]);
  });
});

describe('the stored form', () => {
  it('comes back as it was', () => {
    const recent = [
      ...reserved().recent,
      sent(noon - day),
      sent(noon, { purpose: 'service', journey: 'inquiry', channel: 'sms', state: 'unknown', cost: 0 }),
    ];
    expect(decodeRing(encodeRing(recent))).toEqual(recent);
    expect(decodeRing(encodeRing([]))).toEqual([]);
  });
  it('written by something newer is an error that says so', () => {
    const ring = encodeRing([sent(noon)]).replace('2],', '9],');
    expect(() => decodeRing(ring)).toThrow('was it written by a newer version?');
    expect(policy.version).toBe(7);
  });
  it('is ASCII, so that an offset is the same in characters and in bytes', () => {
    const recent = [sent(noon, { touchId: 'e/größe\n/1', journey: '試す 🙂' })];
    const lines = encodeRing(recent);
    expect(Buffer.byteLength(lines)).toBe(lines.length);
    expect(lines.split('\n')).toHaveLength(2);
    expect(decodeRing(lines)).toEqual(recent);
  });
  it('is changed by saying what stays and what comes behind it', () => {
    const [a, b, c, d] = ['a', 'ö', 'c', 'd'].map((touchId) => sent(noon, { touchId })) as [
      RecentTouch,
      RecentTouch,
      RecentTouch,
      RecentTouch,
    ];
    const before = [a, b, c];
    const lines = encodeRing(before);
    for (const after of [
      before,
      [a, b],
      [a],
      [a, b, c, d],
      [b, c],
      [c, d],
      [a, c],
      [c, a],
      [a, { ...b, cost: 0 }, c],
      [d],
      [],
    ]) {
      const { from, length, added } = ringChange(lines, before, after);
      expect(decodeRing(lines.slice(from, from + length) + added)).toEqual(after);
    }
    expect(ringChange(lines, before, [b, c, d])).toEqual({
      from: encodeRing([a]).length,
      length: encodeRing([b, c]).length,
      added: encodeRing([d]),
    });
    // What begins with something else begins anew.
    expect(ringChange(lines, before, [d, b])).toEqual({ from: 0, length: 0, added: encodeRing([d, b]) });
    expect(ringChange(lines, before, [])).toEqual({ from: 0, length: 0, added: '' });
    expect(ringChange(lines, before, before)).toEqual({ from: 0, length: lines.length, added: '' });
    expect(ringChange('', [], [d])).toEqual({ from: 0, length: 0, added: encodeRing([d]) });
  });
});
