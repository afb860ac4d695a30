import { describe, expect, it, test } from '@jest/globals';
import { askForTouch } from '../../../core/budget/ask.ts';
import type { TouchAsk } from '../../../core/budget/touch-ask.ts';
import { readPolicy } from '../../../core/budget/read-policy.ts';
import type { Policy } from '../../../core/budget/policy.ts';
import type { BudgetRow, Gates, RecentTouch } from '../../../core/budget/row.ts';

const minute = 60_000;
const hour = 60 * minute;
/** Berlin is an hour ahead of UTC in November. */
const noon = Date.UTC(2026, 10, 24, 11);
const night = Date.UTC(2026, 10, 24, 22);
const eight = Date.UTC(2026, 10, 25, 7);

const policyOf = (change: Partial<Policy> = {}) =>
  readPolicy(
    {
      format: 1,
      name: 'test',
      team: 'care',
      cost: { email: 1, sms: 2, whatsapp: 2, voice: 4, push: 1, chat: 1 },
      windows: [
        { name: 'SMS in a day', atMost: 2, in: '1 day', channels: ['sms'] },
        { name: 'all in a week', atMost: 6, in: '7 days' },
      ],
      spacing: [],
      quiet: [{ from: '21:00', to: '08:00', channels: ['sms'] }],
      first: ['service', 'marketing'],
      risesEvery: '3 days',
      maxSilence: '4 business hours',
      holdAtMost: '2 business days',
      less: { atMost: 1, in: '30 days', for: '90 days' },
      ...change,
    },
    1,
  );
const rowOf = (change: Partial<BudgetRow> = {}, gates: Partial<Gates> = {}): BudgetRow => ({
  customerId: 'c1',
  version: 1,
  recent: [],
  waiting: [],
  ...change,
  gates: {
    consents: (['email', 'sms'] as const).map((channel) => ({ channel, purpose: 'marketing', granted: true })),
    suppressions: [],
    guards: [],
    hold: null,
    zone: 'Europe/Berlin',
    zonesPlausible: [],
    own: null,
    inboundOpen: [],
    ...gates,
  },
});
const sent = (channel: 'email' | 'sms', cost: number, at: number, touchId = `other-${channel}-${at}`): RecentTouch => ({
  touchId,
  reservedAt: at,
  at,
  cost,
  channel,
  purpose: 'marketing',
  journey: 'offer',
  state: 'sent',
});
const askOf = (change: Partial<TouchAsk> = {}): TouchAsk => ({
  touchId: 'run/hint/1',
  ask: 1,
  customerId: 'c1',
  journey: 'offer',
  purpose: 'marketing',
  madeBy: 'tech',
  assumes: [],
  candidates: [{ channel: 'sms' }, { channel: 'email' }],
  fate: 'drop',
  firstAskedAt: noon,
  ...change,
});
const ask = (row: BudgetRow, change: Partial<TouchAsk> = {}, now = noon) =>
  askForTouch(row, askOf(change), policyOf(), [], now);
const noSms = { consents: [{ channel: 'email', purpose: 'marketing', granted: true }] } as const;

test('the first channel that may go now is taken, and what it costs is its own', () => {
  const { answer, row, record } = ask(rowOf());
  expect(answer).toMatchObject({ is: 'reserved', channel: 'sms', cost: 2, until: noon + 15 * minute });
  expect(row.recent).toMatchObject([{ touchId: 'run/hint/1', channel: 'sms', cost: 2, state: 'reserved' }]);
  expect(record.tried).toHaveLength(1);
});

test('a channel that is no way to them, or is closed, or is full passes on to the next, and is remembered', () => {
  const skipped = ask(rowOf(), { candidates: [{ channel: 'sms', skipped: 'sms: no number' }, { channel: 'email' }] });
  expect(skipped.answer).toMatchObject({ is: 'reserved', channel: 'email', cost: 1 });
  expect(skipped.record.tried[0]).toEqual({ channel: 'sms', skipped: 'sms: no number' });
  expect(ask(rowOf({}, noSms)).answer).toMatchObject({ is: 'reserved', channel: 'email' });
  const full = ask(rowOf({ recent: [sent('sms', 2, noon - hour)] }));
  expect(full.answer).toMatchObject({ is: 'reserved', channel: 'email' });
  expect(full.record.tried).toMatchObject([{ channel: 'sms', decision: { because: 'windows' } }, { channel: 'email' }]);
});

test('in quiet hours it waits for the channel it wants, whatever its fate', () => {
  const { answer, row } = ask(rowOf(), { firstAskedAt: night }, night);
  expect(answer).toMatchObject({ is: 'deferred', channel: 'sms', because: 'quiet hours', until: eight, fate: 'drop' });
  expect(row.waiting).toMatchObject([
    { touchId: 'run/hint/1', channel: 'sms', until: eight, givesUpAt: eight + 15 * minute },
  ]);
  expect(row.recent).toEqual([]);
});

test("with quiet 'next-channel' quiet hours pass on like any gate; with 'fate' they are a refusal", () => {
  expect(ask(rowOf(), { quiet: 'next-channel' }, night).answer).toMatchObject({ is: 'reserved', channel: 'email' });
  expect(ask(rowOf(), { quiet: 'next-channel', candidates: [{ channel: 'sms' }] }, night).answer).toMatchObject({
    is: 'dropped',
    because: 'quiet hours',
  });
  expect(ask(rowOf(), { quiet: 'fate', fate: 'toHuman' }, night).answer).toMatchObject({
    is: 'to-human',
    because: 'quiet hours',
  });
});

test('of several channels that open by themselves, the one that opens first is waited for', () => {
  const day = 24 * hour;
  const recent = [sent('email', 1, noon - 6 * day), sent('email', 1, noon - 5 * day), sent('email', 4, noon - hour)];
  const fate = { fate: 'wait', atMost: '2 days', then: 'drop' } as const;
  // The week has room for an e-mail in a day, for an SMS, which costs two, in two.
  expect(ask(rowOf({ recent }), { fate }).answer).toMatchObject({
    is: 'deferred',
    channel: 'email',
    until: noon + day,
    fate,
  });
});

test('what opens too late for its fate meets the next one; so does what does not open by waiting', () => {
  const full = rowOf({ recent: [sent('email', 6, noon - hour)] });
  expect(ask(full, { fate: { fate: 'wait', atMost: '2 days', then: 'drop' } }).answer).toMatchObject({
    is: 'dropped',
    because: 'windows',
  });
  expect(ask(full, { fate: { fate: 'wait', atMost: '7 days', then: 'drop' } }).answer).toMatchObject({
    is: 'deferred',
  });
  const stopped = rowOf({}, { suppressions: [{ channel: 'all', at: noon, reason: 'STOP' }] });
  const person = { fate: 'wait', atMost: '7 days', then: { fate: 'toHuman', team: 'leads' } } as const;
  expect(ask(stopped, { fate: person }).answer).toMatchObject({
    is: 'to-human',
    team: 'leads',
    because: 'suppression',
  });
});

test('a substitute is decided like any channel, at its own price, and only if it is a way to them', () => {
  const fate = { fate: 'substitute', channel: 'email', then: 'toHuman' } as const;
  const only = { candidates: [{ channel: 'sms' }], fate } as const;
  const row = rowOf({ recent: [sent('sms', 2, noon - hour)] });
  expect(ask(row, { ...only, substitutes: [{ channel: 'email', address: 'a@example.com' }] })).toMatchObject({
    answer: { is: 'reserved', channel: 'email', cost: 1 },
    address: 'a@example.com',
  });
  expect(ask(row, only).answer).toMatchObject({ is: 'to-human', because: 'windows' });
  const fuller = rowOf({ recent: [sent('sms', 2, noon - hour), sent('email', 4, noon - hour)] });
  expect(ask(fuller, { ...only, substitutes: [{ channel: 'email' }] })).toMatchObject({
    answer: { is: 'to-human', because: 'windows' },
    record: { tried: [{ channel: 'sms' }, { channel: 'email' }] },
  });
});

test('a substitute that waits is still a substitute when it asks again', () => {
  const fate = {
    fate: 'substitute',
    channel: 'email',
    then: { fate: 'wait', atMost: '7 days', then: 'drop' },
  } as const;
  const row = rowOf({ recent: [sent('email', 6, noon - hour)] }, noSms);
  const change = { candidates: [{ channel: 'sms' }], substitutes: [{ channel: 'email' }], fate } as const;
  const first = ask(row, change);
  expect(first.answer).toMatchObject({ is: 'deferred', channel: 'email', until: noon - hour + 7 * 24 * hour, fate });
  const again = askForTouch(first.row, askOf({ ...change, ask: 2 }), policyOf(), [], noon - hour + 7 * 24 * hour);
  expect(again.answer).toMatchObject({ is: 'reserved', channel: 'email' });
  expect(again.row.waiting).toEqual([]);
});

test('without any way to them the fate holds, and a wait is not waited for', () => {
  const { answer } = ask(rowOf(), {
    candidates: [{ channel: 'sms', skipped: 'sms: no number' }],
    fate: { fate: 'wait', atMost: '1 day', then: 'toHuman' },
  });
  expect(answer).toEqual({
    is: 'to-human',
    because: 'no way to reach them',
    says: 'Not sent: no way to reach them (sms: no number).',
  });
});

test('whoever has a place keeps it, and its channel, whatever may come first now', () => {
  const first = ask(rowOf({}, noSms));
  expect(first.answer).toMatchObject({ is: 'reserved', channel: 'email' });
  const again = askForTouch({ ...first.row, gates: rowOf().gates }, askOf({ ask: 2 }), policyOf(), [], noon + minute);
  expect(again.answer).toMatchObject({ is: 'reserved', channel: 'email', cost: 1, until: noon + 15 * minute });
  expect(again.row.recent).toHaveLength(1);
});

test('a refusal says what stands against it, not that it waits', () => {
  const full = rowOf({ recent: [sent('email', 6, noon - hour, 'x')] });
  expect(ask(full, { candidates: [{ channel: 'email' }] }).answer.says).toBe(
    "Not sent: budget 'all in a week' is used up (6 of 6 in 7 days by x).",
  );
});

test('what it is asked with is what the touch says, and nothing where it says nothing', () => {
  const plain = {
    touchId: 'run/hint/1',
    customerId: 'c1',
    journey: 'offer',
    purpose: 'marketing',
    channel: 'sms',
    madeBy: 'tech',
    assumes: [],
    askedAt: noon,
  };
  const silent = ask(rowOf());
  expect(silent.request).toStrictEqual(plain);
  expect(silent).not.toHaveProperty('address');
  const full = ask(rowOf(), {
    cause: 'order-placed',
    answersInboundAt: noon - hour,
    sendWithinMs: minute,
    rateOpensAt: { sms: noon - 1, email: noon + hour },
    assumes: ['alive'],
    candidates: [{ channel: 'sms', countsIn: ['k'] }],
  });
  expect(full.request).toStrictEqual({
    ...plain,
    cause: 'order-placed',
    answersInboundAt: noon - hour,
    sendWithinMs: minute,
    rateOpensAt: noon - 1,
    countsIn: ['k'],
    assumes: ['alive'],
  });
  expect(full.answer).toMatchObject({ is: 'reserved', until: noon + minute });
  // A channel without a token is waited for like one that is full.
  expect(ask(rowOf(), { rateOpensAt: { sms: noon + hour } }).answer).toMatchObject({ channel: 'email' });
});

test('what is deferred says so, keeps what was tried, and is asked again with the same', () => {
  const { answer, record, request } = ask(rowOf(), {}, night);
  expect(record).toEqual({ tried: [{ channel: 'sms', decision: expect.anything() }], says: answer.says });
  expect(answer.says).toMatch(/^Deferred until Wed 25 Nov 2026 08:00/);
  expect(request).toMatchObject({ touchId: 'run/hint/1', channel: 'sms' });
});

test('whoever waits keeps their turn until their fate holds, and for as long as coming back takes', () => {
  const full = rowOf({ recent: [sent('email', 6, noon - hour)] });
  const opens = noon - hour + 7 * 24 * hour;
  const waits = (atMost: string) => ask(full, { fate: { fate: 'wait', atMost, then: 'drop' } }).row.waiting[0];
  expect(waits('10 days')).toMatchObject({ cost: 2, askedAt: noon, until: opens, givesUpAt: noon + 240 * hour });
  expect(waits('167 hours')).toMatchObject({ until: opens, givesUpAt: opens + 15 * minute });
});

test('quiet hours that never end pass on to the next channel', () => {
  expect(ask(rowOf({}, { zone: null })).answer).toMatchObject({ is: 'reserved', channel: 'email' });
});

test("with quiet 'next-channel' and no channel left the fate holds, whatever it is", () => {
  const only = { quiet: 'next-channel', candidates: [{ channel: 'sms' }] } as const;
  const answer = ask(rowOf(), { ...only, fate: 'toHuman' }, night).answer;
  expect(answer).toMatchObject({ is: 'to-human', because: 'quiet hours' });
  expect(answer).not.toHaveProperty('team');
  expect(ask(rowOf(), { ...only, fate: { fate: 'wait', atMost: '1 day', then: 'drop' } }, night).answer).toMatchObject({
    is: 'deferred',
    until: eight,
  });
});

test('of channels that open at one instant the first is waited for, and of others the soonest, wherever it stands', () => {
  const fate = { fate: 'wait', atMost: '9 days', then: 'drop' } as const;
  const both = [{ channel: 'email' }, { channel: 'sms' }] as const;
  const held = rowOf({}, { hold: { until: noon + hour, taskId: 'K' } });
  for (const candidates of [both, both.toReversed()])
    expect(ask(held, { fate, candidates }).answer).toMatchObject({
      channel: candidates[0].channel,
      until: noon + hour,
    });
  // Of five, one e-mail has room when one of them leaves.
  const recent = [sent('email', 1, noon - 144 * hour), sent('email', 5, noon - hour)];
  for (const candidates of [both, both.toReversed()])
    expect(ask(rowOf({ recent }), { fate, candidates }).answer).toMatchObject({
      channel: 'email',
      until: noon + 24 * hour,
    });
});

describe('a substitute', () => {
  const full = rowOf({ recent: [sent('email', 6, noon - hour)] });
  const fate = { fate: 'substitute', channel: 'email', then: 'toHuman' } as const;
  it('that was tried already is not tried again', () => {
    const { answer, record } = ask(full, { fate, substitutes: [{ channel: 'email' }] });
    expect(answer).toMatchObject({ is: 'to-human', because: 'windows' });
    expect(record.tried).toHaveLength(2);
    const one = ask(full, { fate, substitutes: [{ channel: 'email' }], candidates: [{ channel: 'email' }] });
    expect(one.record.tried).toHaveLength(1);
  });
  it('is the one that is named, of those that are ways to them', () => {
    const row = rowOf({ recent: [sent('sms', 2, noon - hour)] });
    const substitutes = [{ channel: 'push' }, { channel: 'email', address: 'a@example.com' }] as const;
    expect(ask(row, { fate, substitutes, candidates: [{ channel: 'sms' }] })).toMatchObject({
      answer: { is: 'reserved', channel: 'email' },
      address: 'a@example.com',
    });
  });
  it('that is no way to them is told as such', () => {
    const { record } = ask(full, { fate, candidates: [{ channel: 'sms' }] });
    expect(record.tried[1]).toEqual({ channel: 'email', skipped: 'email: no way to them' });
  });
});

test('without any way to them every way is told', () => {
  const says = (...skipped: string[]) =>
    ask(rowOf(), { candidates: skipped.map((each) => ({ channel: 'sms', skipped: each })) }).answer.says;
  expect(says()).toBe('Not sent: no way to reach them.');
  expect(says('sms: no number', 'email: no address')).toBe(
    'Not sent: no way to reach them (sms: no number; email: no address).',
  );
});

test('whoever has a place keeps it though its address is gone, in all rows where it counts', () => {
  const place = { ...sent('email', 1, noon, 'run/hint/1'), state: 'reserved' } as const;
  const theirs = sent('email', 1, noon - hour, 'theirs');
  const shared = ['k', 'l', 'm'].map((key, n) => ({
    key,
    kind: 'mailbox' as const,
    version: 1,
    recent: [[theirs, place], [theirs], []][n] ?? [],
    waiting: [],
  }));
  const row = rowOf({ recent: [place], shared });
  const gone = [{ channel: 'sms' }, { channel: 'email', skipped: 'email: no address' }] as const;
  const kept = ask(row, { candidates: gone });
  expect(kept.answer).toMatchObject({ is: 'reserved', channel: 'email', cost: 1, until: noon });
  expect(kept.request).toMatchObject({ channel: 'email', countsIn: ['k'] });
  expect(kept.record.tried).toHaveLength(1);
  const there = ask(row, { candidates: [{ channel: 'sms' }, { channel: 'email', address: 'a@example.com' }] });
  expect(there.address).toBe('a@example.com');
});
