/** What each rule says of itself: the words, the touches that use it, whom it is shared with, and when it opens. */
import { describe, expect, it, test } from '@jest/globals';
import { decide, weigh } from '../../../core/budget/decide.ts';
import { latestSend, counters } from '../../../core/budget/rules/windows.ts';
import { ask } from '../../../core/budget/asked.ts';
import type { Explanation } from '../../../core/budget/decision.ts';
import type { Gates, Killed, SharedRow } from '../../../core/budget/row.ts';
import { at, bare, day, hour, noon, policyWith, request, rowWith, sent, waiting } from './fixtures.ts';

const minute = 60_000;
const why = (...asked: Parameters<typeof decide>): Explanation => decide(...asked).explanation;
const night = at('2026-11-24T20:30:00Z');

test.each<[string, Partial<Gates>, Parameters<typeof request>[0], Killed, Partial<Explanation>]>([
  [
    'a kill switch: its scope and its reason, the first that holds',
    {},
    {},
    [
      { scope: 'journey:inquiry', reason: 'typo' },
      { scope: 'channel:email', reason: 'outage' },
      { scope: 'all', reason: 'fire' },
    ],
    { gate: 'kill switch', rule: 'channel:email: outage', opensAt: null, earliest: null },
  ],
  [
    'a suppression: of its channel, or of all',
    {
      suppressions: [
        { channel: 'sms', at: 0, reason: 'dead' },
        { channel: 'all', at: 0, reason: 'STOP' },
      ],
    },
    {},
    [],
    { gate: 'suppression', rule: 'all: STOP' },
  ],
  ['no consent', { consents: [] }, {}, [], { gate: 'consent', rule: 'no consent to marketing by email' }],
  [
    'a consent that was declined',
    { consents: [{ channel: 'email', purpose: 'marketing', granted: false }] },
    {},
    [],
    { gate: 'consent', rule: 'marketing by email was declined' },
  ],
  [
    'channels of their own choice',
    { own: { channels: ['sms', 'voice'] } },
    {},
    [],
    { gate: 'consent', rule: 'they asked to be reached by sms and voice only' },
  ],
  [
    'a guard: the first fact that contradicts, and what',
    {
      guards: [
        { fact: 'moved', contradicts: ['celebratory'], reviewAt: 0 },
        { fact: 'flood-area', contradicts: ['insured', 'home-is-fine'], reviewAt: 0 },
        { fact: 'bereaved', contradicts: ['alive'], reviewAt: 0 },
      ],
    },
    { assumes: ['alive', 'home-is-fine'] },
    [],
    { gate: 'guard', rule: 'flood-area contradicts home-is-fine' },
  ],
  [
    'a hold by a task, though one by hand is longer',
    { hold: { until: noon + hour, taskId: 'K-1' }, held: { until: noon + 2 * hour, by: 'ana' } },
    {},
    [],
    { gate: 'hold', rule: 'task K-1', opensAt: noon + 2 * hour, earliest: noon + 2 * hour },
  ],
  [
    'a hold by hand, once the task’s is over',
    { hold: { until: noon, taskId: 'K-1' }, held: { until: noon + 1, by: 'ana' } },
    {},
    [],
    { gate: 'hold', rule: 'held by ana', opensAt: noon + 1 },
  ],
  [
    'a journey that one of our people paused for them, before a task',
    {
      stopped: [
        { journey: 'inquiry', until: noon + day, by: 'ben' },
        { journey: 'offer', until: noon + hour, by: 'ana' },
      ],
      hold: { until: noon + 2 * hour, taskId: 'K-1' },
    },
    {},
    [],
    { gate: 'hold', rule: 'paused for this customer by ana: offer', opensAt: noon + hour, earliest: noon + 2 * hour },
  ],
  [
    'a journey that one of our people stopped for them',
    { stopped: [{ journey: 'offer', until: null, by: 'ana' }] },
    {},
    [],
    { gate: 'kill switch', rule: 'journey:offer for this customer, by ana' },
  ],
  [
    'a pause',
    { own: { pausedUntil: noon + 1 } },
    {},
    [],
    { gate: 'hold', rule: 'a pause the customer asked for', opensAt: noon + 1 },
  ],
  [
    'hours of their own choice',
    {
      own: {
        hours: [
          { from: '06:00', to: '08:00' },
          { from: '12:00', to: '13:00' },
        ],
      },
    },
    {},
    [],
    {
      gate: 'quiet hours',
      rule: 'outside the hours they asked for, 06:00–08:00, 12:00–13:00',
      opensAt: noon + hour,
      earliest: noon + hour,
    },
  ],
  [
    'a channel without a token',
    {},
    { rateOpensAt: noon + 1 },
    [],
    { gate: 'channel rate', rule: 'email', opensAt: noon + 1, earliest: noon + 1 },
  ],
])('%s', (_, gates, asked, killed, expected) => {
  expect(why(rowWith({}, gates), request(asked), bare({}), killed, noon)).toMatchObject({ usedBy: [], ...expected });
});

test.each<[string, Partial<Gates>, Parameters<typeof request>[0]]>([
  ['a pause that is over', { own: { pausedUntil: noon } }, {}],
  ['a hold by hand that is over', { held: { until: noon, by: 'ana' } }, {}],
  ['a channel that has a token again', {}, { rateOpensAt: noon }],
  ['their own hours, and a service', { own: { hours: [{ from: '06:00', to: '08:00' }] } }, { purpose: 'service' }],
  [
    'channels of their choice, and a service where they wrote',
    { own: { channels: ['sms'] }, inboundOpen: [{ channel: 'email', until: noon + 1 }] },
    { purpose: 'service' },
  ],
])('%s stops nothing', (_, gates, asked) => {
  expect(why(rowWith({}, gates), request(asked), bare({}), [], noon)).toMatchObject({
    gate: null,
    opensAt: noon,
    earliest: noon,
  });
});

test('where they chose other channels, what they wrote elsewhere and what was closed since lets no service through', () => {
  const own = { channels: ['sms'] as const };
  for (const inboundOpen of [[{ channel: 'voice', until: noon + 1 }], [{ channel: 'email', until: noon }]] as const)
    expect(why(rowWith({}, { own, inboundOpen }), request({ purpose: 'service' }), bare({}), [], noon).gate).toBe(
      'consent',
    );
});

describe('a window', () => {
  const one = bare({ windows: [{ name: 'one', atMost: 1, in: '7 days' }] });
  it('of which more is used than it allows holds what costs something, and nothing that is free', () => {
    const row = rowWith({ recent: [sent(noon - day, { cost: 3 })] });
    expect(why(row, request({ cost: 0 }), one, [], noon).gate).toBeNull();
    expect(why(row, request(), one, [], noon)).toMatchObject({ gate: 'windows', earliest: noon + 6 * day });
  });
  it('that is too small for a touch never opens, and is the reason whatever else is full', () => {
    const windows = [
      { name: 'week', atMost: 2, in: '7 days' },
      { name: 'day', atMost: 1, in: '1 day' },
    ];
    const row = rowWith({ recent: [sent(noon - hour, { touchId: 'a' })] });
    const decision = decide(row, request({ cost: 2 }), bare({ windows }), [], noon);
    expect(decision).toMatchObject({ decided: 'suppressed', because: 'windows' });
    expect(decision.explanation).toMatchObject({ rule: 'day', earliest: null, opensAt: null });
  });
  it('opens when all of them have room; the first in the policy’s order is told', () => {
    const windows = [
      { name: 'soft', atMost: 0, in: '7 days', over: 'alert' as const },
      { name: 'wide', atMost: 9, in: '7 days' },
      { name: 'week', atMost: 2, in: '7 days' },
      { name: 'day', atMost: 1, in: '1 day' },
    ];
    const recent = [sent(noon - 6.5 * day, { touchId: 'a' }), sent(noon - hour, { touchId: 'b' })];
    expect(why(rowWith({ recent }), request(), bare({ windows }), [], noon)).toMatchObject({
      rule: 'week',
      usedBy: ['a', 'b'],
      opensAt: noon + 23 * hour,
    });
  });
  it('over what is shared says so, and over what is not does not', () => {
    const recent = [sent(noon - hour, { touchId: 'theirs' })];
    const shared: SharedRow[] = [{ key: 'k', kind: 'mailbox', version: 1, recent, waiting: [] }];
    const per = bare({ windows: [{ name: 'one', atMost: 1, in: '1 day', per: 'address' }] });
    const explained = why(rowWith({ shared }), request({ countsIn: ['k'] }), per, [], noon);
    expect(explained).toMatchObject({ rule: 'one', over: 'mailbox', usedBy: ['theirs'] });
    expect(explained.counters).toEqual([
      { window: 'one', used: 1, cost: 1, atMost: 1, span: '1 day', over: 'mailbox' },
    ]);
    const alone = why(rowWith({ recent }), request(), per, [], noon);
    expect(alone).not.toHaveProperty('over');
    expect(alone.counters[0]).not.toHaveProperty('over');
  });
});

describe('counters', () => {
  const aDay = { name: 'a day', atMost: 3, in: 'calendar day' };
  const counted = (recent: ReturnType<typeof sent>[], gates: Partial<Gates>, now = noon) =>
    counters(ask(rowWith({ recent }, gates), request(), bare({ windows: [aDay] }), [], now)).map(({ used }) => used);
  it('are one for each window: of several zones, the fullest', () => {
    // Yesterday in Los Angeles, today in Auckland.
    const recent = [sent(noon - 5 * hour, { cost: 2 })];
    for (const zonesPlausible of [
      ['America/Los_Angeles', 'Pacific/Auckland'],
      ['Pacific/Auckland', 'America/Los_Angeles'],
    ])
      expect(counted(recent, { zone: null, zonesPlausible })).toEqual([2]);
  });
  it('of two windows are two, though they are alike', () => {
    const windows = [aDay, { ...aDay, name: 'another' }];
    const all = counters(ask(rowWith(), request(), bare({ windows }), [], noon));
    expect(all.map(({ window }) => window)).toEqual(['a day', 'another']);
  });
  it('of a calendar day leave out what a clock that is ahead has sent tomorrow', () => {
    const midnight = at('2026-11-24T23:00:00Z');
    expect(counted([sent(midnight + 1)], {}, midnight - 1)).toEqual([0]);
    expect(counted([sent(midnight - 1)], {}, midnight - 1)).toEqual([1]);
  });
});

describe('the latest instant at which a touch may be sent', () => {
  const late = at('2026-11-24T22:58:00Z');
  const aDay = bare({
    windows: [
      { name: 'd', atMost: 1, in: 'calendar day' },
      { name: 'w', atMost: 1, in: '7 days' },
    ],
  });
  const latest = (asked: Parameters<typeof request>[0], gates: Partial<Gates> = {}): number =>
    latestSend(ask(rowWith({}, gates), request(asked), aDay, [], late), 15 * minute) - late;
  it('is before the end of the day it counts in, in whichever zone that comes first', () => {
    expect(latest({})).toBe(2 * minute - 1);
    expect(latest({}, { zone: null, zonesPlausible: ['UTC', 'Europe/Berlin', 'Asia/Tokyo'] })).toBe(2 * minute - 1);
    expect(latest({}, { zone: 'UTC' })).toBe(15 * minute);
  });
  it('of what is free does not end with the day', () => {
    expect(latest({ cost: 0 })).toBe(15 * minute);
  });
});

describe('a soft cap', () => {
  const soft = (name: string, atMost: number) => ({ name, atMost, in: '7 days', over: 'alert' as const });
  const windows = [soft('passed', 1), soft('reached', 2), { name: 'hard', atMost: 9, in: '7 days' }];
  const row = rowWith({ recent: [sent(noon - day)] });
  it('is told when it is passed, not when it is reached', () => {
    expect(decide(row, request(), bare({ windows }), [], noon)).toMatchObject({
      decided: 'allowed',
      warnings: [{ gate: 'windows', rule: 'passed' }],
    });
  });
  it('is not passed by what is free', () => {
    const over = rowWith({ recent: [sent(noon - day, { cost: 5 })] });
    expect(decide(over, request({ cost: 0 }), bare({ windows }), [], noon)).toMatchObject({ warnings: [] });
  });
});

describe('spacing', () => {
  const apart = bare({
    spacing: [
      { apart: '1 hour', purposes: ['marketing'] },
      { apart: '1 day', purposes: ['marketing'] },
    ],
  });
  it('is told by the rule that holds longest, and the touch it is counted from', () => {
    const row = rowWith({ recent: [sent(noon - 1, { touchId: 'a' })] });
    const explained = why(row, request(), apart, [], noon);
    expect(explained).toMatchObject({ gate: 'spacing', rule: '1 day apart', usedBy: ['a'], earliest: noon - 1 + day });
    expect(explained).not.toHaveProperty('over');
  });
  it('holds nothing that is free, and no turn', () => {
    const row = rowWith({ recent: [sent(noon - 1, { purpose: 'service' })] });
    const services = bare({ spacing: [{ apart: '1 day' }] });
    expect(why(row, request({ cost: 0 }), services, [], noon).gate).toBeNull();
    const turn = request({ purpose: 'service', answersInboundAt: noon });
    expect(why(row, turn, services, [], noon).gate).toBeNull();
    expect(why(row, request({ purpose: 'service' }), services, [], noon).gate).toBe('spacing');
  });
  it('over what is shared says so', () => {
    const recent = [sent(noon - hour, { touchId: 'theirs' })];
    const shared: SharedRow[] = [{ key: 'k', kind: 'account', version: 1, recent, waiting: [] }];
    const per = bare({ spacing: [{ apart: '1 day', per: 'account' }] });
    expect(why(rowWith({ shared }), request({ countsIn: ['k'] }), per, [], noon)).toMatchObject({
      gate: 'spacing',
      over: 'account',
      usedBy: ['theirs'],
    });
  });
});

describe('who won the place', () => {
  const one = bare({ windows: [{ name: 'two', atMost: 2, in: '7 days' }], spacing: [{ apart: '1 minute' }] });
  it('is whoever got it after this touch had asked, the newest last', () => {
    const recent = [
      sent(noon - day, { touchId: 'later', reservedAt: noon - hour }),
      sent(noon - day, { touchId: 'sooner', reservedAt: noon - 2 * hour }),
      sent(noon - day, { touchId: 'before', reservedAt: noon - 3 * hour }),
      sent(noon - 8 * day, { touchId: 'elsewhere', reservedAt: noon - hour }),
    ];
    const asked = request({ askedAt: noon - 2 * hour });
    expect(why(rowWith({ recent }), asked, one, [], noon).wonBy).toEqual(['sooner', 'later']);
    const first = why(rowWith({ recent }), request({ askedAt: noon }), one, [], noon);
    expect(first).not.toHaveProperty('wonBy');
  });
  it('where others wait and go first, is the one that goes before all of them', () => {
    const rows = rowWith({
      waiting: [
        waiting({ touchId: 'second', askedAt: noon - hour }),
        waiting({ touchId: 'first', askedAt: noon - 2 * hour }),
        waiting({ touchId: 'behind us', purpose: 'marketing', askedAt: noon + 1 }),
        waiting({ touchId: 'free', cost: 0, askedAt: noon - 3 * hour }),
      ],
    });
    expect(why(rows, request(), one, [], noon)).toMatchObject({
      gate: 'priority',
      rule: '2 that go first',
      usedBy: ['first', 'second'],
      wonBy: ['first'],
    });
  });
});

describe('less, please', () => {
  const less = (span: string) => ({ own: { less: { atMost: 1, in: span, until: noon + day } } });
  const row = { recent: [sent(noon - hour, { touchId: 'a' })] };
  it('is a window behind the policy’s, of everything but services', () => {
    const windows = [{ name: 'a week', atMost: 9, in: '7 days' }];
    const explained = why(rowWith(row, less('calendar week')), request(), bare({ windows }), [], noon);
    expect(explained).toMatchObject({ gate: 'windows', rule: 'the customer asked for less', usedBy: ['a'] });
    expect(explained.counters).toEqual([
      { window: 'a week', used: 1, cost: 1, atMost: 9, span: '7 days' },
      { window: 'the customer asked for less', used: 1, cost: 1, atMost: 1, span: 'calendar week' },
    ]);
  });
  it('in a time that nobody can read is no window', () => {
    expect(why(rowWith(row, less('a while')), request(), bare({}), [], noon).gate).toBeNull();
  });
});

test('who has won is not told where those that go first are somebody else’s', () => {
  const shared: SharedRow[] = [{ key: 'k', kind: 'account', version: 1, recent: [], waiting: [waiting()] }];
  const per = bare({ windows: [{ name: 'one', atMost: 1, in: '1 day', per: 'account' }] });
  const explained = why(rowWith({ shared }), request({ countsIn: ['k'] }), per, [], noon);
  expect(explained).toMatchObject({ gate: 'priority', usedBy: ['W'] });
  expect(explained).not.toHaveProperty('wonBy');
});

test('people are warned of what is closed, in the words of the rules, but neither of a hold nor of a channel’s rate', () => {
  const row = rowWith(
    { recent: [sent(noon - 1, { cost: 6, purpose: 'service' })] },
    { hold: { until: night + day, taskId: 'K' }, consents: [] },
  );
  const asked = request({ madeBy: 'human', channel: 'sms', rateOpensAt: night + day, assumes: ['home-is-fine'] });
  expect(weigh(row, asked, policyWith({}), [], night)).toEqual([
    { gate: 'consent', rule: 'no consent to marketing by sms' },
    { gate: 'quiet hours', rule: '21:00–08:00' },
    { gate: 'windows', rule: 'a week' },
  ]);
});
