import { describe, expect, it } from '@jest/globals';
import { barOf, drawGauge } from '../../../cli/gauge.ts';
import { decide } from '../../../core/budget/decide.ts';
import { gaugesOf } from '../../../core/budget/gauges.ts';
import { lineOf, mayNow } from '../../../core/budget/standing-now.ts';
import { bare, day, hour, iso, noon, policy, request, rowWith, sent, waiting } from './fixtures.ts';

const two = bare({
  windows: [
    { name: 'a week', atMost: 2, in: '7 days' },
    { name: 'a day', atMost: 1, in: 'calendar day' },
    { name: 'texts', atMost: 2, in: '7 days', channels: ['sms'] },
  ],
});

describe('A gauge', () => {
  it('says what is used, when the next of it leaves, and when there is room: of any span, and of a calendar day', () => {
    const recent = [sent(noon - 6 * day, { touchId: 'a' }), sent(noon - hour, { touchId: 'b' })];
    expect(gaugesOf(rowWith({ recent }), two, noon)).toMatchObject([
      { window: 'a week', used: 2, usedBy: ['a', 'b'], freesAt: noon + day, opensAt: noon + day },
      // A day of the wall in Berlin.
      { window: 'a day', used: 1, usedBy: ['b'], freesAt: noon + 13 * hour, opensAt: noon + 13 * hour },
      { window: 'texts', used: 0, freesAt: null, opensAt: noon },
    ]);
  });
  it('opens exactly when the budget itself would let the cheapest touch go', () => {
    const recent = [1, 2, 3].map((n) => sent(noon - n * day));
    for (const gauge of gaugesOf(rowWith({ recent }), two, noon)) {
      const one = bare({ windows: [{ name: gauge.window, atMost: gauge.atMost, in: gauge.span }] });
      const decision = decide(rowWith({ recent }), request(), one, [], noon);
      if (gauge.window !== 'texts') expect(decision.explanation.earliest).toBe(gauge.opensAt);
    }
  });
  it('shows the own wish of a customer as a window, and one that is shared by whom it is shared', () => {
    const own = { less: { atMost: 1, in: '30 days', until: noon + day } };
    const names = gaugesOf(rowWith({}, { own }), two, noon).map(({ window, atMost }) => [window, atMost]);
    expect(names.at(-1)).toEqual(['the customer asked for less', 1]);
    const perAddress = bare({ windows: [{ name: 'a phone', atMost: 3, in: '7 days', per: 'address' }] });
    const shared = [
      { key: 'k', kind: 'phone' as const, version: 1, recent: [sent(noon, { channel: 'sms', cost: 2 })], waiting: [] },
    ];
    expect(gaugesOf(rowWith({ shared }), perAddress, noon)).toMatchObject([
      { window: 'a phone', used: 2, sharedBy: 'phone' },
    ]);
    expect(gaugesOf(rowWith(), perAddress, noon)).toMatchObject([{ window: 'a phone', used: 0, sharedBy: null }]);
  });
});

describe('A gauge, where it is more than one number,', () => {
  const aDay = bare({ windows: [{ name: 'a day', atMost: 1, in: 'calendar day' }] });
  it('says what is kept for whom, and whether it refuses or alerts', () => {
    const keep = { cost: 2, for: ['service'] };
    const windows = [
      { name: 'kept', atMost: 6, in: '7 days', keep },
      { name: 'soft', atMost: 4, in: 'calendar month', over: 'alert' as const },
    ];
    expect(gaugesOf(rowWith(), bare({ windows }), noon)).toMatchObject([
      { window: 'kept', span: '7 days', over: 'refuse', kept: keep, sharedBy: null, usedBy: [] },
      { window: 'soft', span: 'calendar month', over: 'alert', kept: null, sharedBy: null, usedBy: [] },
    ]);
  });
  it('counts what costs something and what the window is about, and nothing else', () => {
    const texts = bare({ windows: [{ name: 'texts', atMost: 6, in: '7 days', channels: ['sms'] }] });
    const recent = [
      sent(noon - 1, { touchId: 'a', channel: 'sms', cost: 2 }),
      sent(noon - 2, { touchId: 'free', channel: 'sms', cost: 0 }),
      sent(noon - 3, { touchId: 'mail' }),
    ];
    expect(gaugesOf(rowWith({ recent }), texts, noon)).toMatchObject([{ used: 2, usedBy: ['a'] }]);
  });
  it('of a limit of nothing never opens', () => {
    const none = bare({ windows: [{ name: 'none', atMost: 0, in: '7 days' }] });
    expect(gaugesOf(rowWith(), none, noon)).toMatchObject([{ used: 0, freesAt: null, opensAt: null }]);
  });
  it('opens when so many have left that one more has room, the oldest first', () => {
    const recent = [3, 6, 1, 5].map((days) => sent(noon - days * day, { cost: days === 6 ? 2 : 1 }));
    const gauge = (atMost: number) =>
      gaugesOf(rowWith({ recent }), bare({ windows: [{ name: 'w', atMost, in: '7 days' }] }), noon)[0];
    // Of five, two leave first, then one each.
    expect([6, 5, 4, 3, 2, 1].map((atMost) => gauge(atMost)?.opensAt)).toEqual(
      [0, 1, 1, 2, 4, 6].map((days) => noon + days * day),
    );
    expect(gauge(6)?.freesAt).toBe(noon + day);
  });
  it.each([
    ['America/Los_Angeles', 'Pacific/Auckland'],
    ['Pacific/Auckland', 'America/Los_Angeles'],
  ])('shows the fullest of the days that it may be: %s, %s', (...zonesPlausible) => {
    // Yesterday in Los Angeles, and today in Auckland, where the day ends in an hour.
    const recent = [sent(noon - 5 * hour)];
    expect(gaugesOf(rowWith({ recent }, { zone: null, zonesPlausible }), aDay, noon)).toMatchObject([
      { used: 1, freesAt: noon + hour, opensAt: noon + hour },
    ]);
  });
  it('opens when there is room by every clock that it may be', () => {
    const recent = [sent(noon - hour)];
    const zonesPlausible = ['Pacific/Auckland', 'America/Los_Angeles'];
    expect(gaugesOf(rowWith({ recent }, { zone: null, zonesPlausible }), aDay, noon)).toMatchObject([
      { used: 1, freesAt: noon + hour, opensAt: noon + 22 * hour },
    ]);
  });
  it('goes by a span that surely covers the day where no clock is known', () => {
    const recent = [sent(noon - 25 * hour)];
    expect(gaugesOf(rowWith({ recent }, { zone: null, zonesPlausible: [] }), aDay, noon)).toMatchObject([
      { used: 1, freesAt: noon + hour, opensAt: noon + hour },
    ]);
  });

  const perAddress = bare({ windows: [{ name: 'an address', atMost: 3, in: '7 days', per: 'address' }] });
  it('is there for each kind of address that was used, once', () => {
    const recent = [
      sent(noon - 3, { touchId: 'mail' }),
      sent(noon - 2, { touchId: 'text', channel: 'sms' }),
      sent(noon - 1, { touchId: 'call', channel: 'voice', cost: 2 }),
    ];
    expect(gaugesOf(rowWith({ recent }), perAddress, noon)).toMatchObject([
      { used: 1, usedBy: ['mail'], sharedBy: null },
      { used: 3, usedBy: ['text', 'call'], sharedBy: null },
    ]);
  });
  it('is there for each kind, though as much was sent by one as by the other', () => {
    const recent = [sent(noon - 2, { touchId: 'mail' }), sent(noon - 1, { touchId: 'text', channel: 'sms' })];
    expect(gaugesOf(rowWith({ recent }), perAddress, noon).map(({ usedBy }) => usedBy)).toEqual([['mail'], ['text']]);
  });
  it('is there for an address that is shared, though nothing went out to it', () => {
    const shared = [{ key: 'k', kind: 'mailbox' as const, version: 1, recent: [], waiting: [] }];
    expect(gaugesOf(rowWith({ shared }), perAddress, noon)).toMatchObject([{ used: 0, sharedBy: 'mailbox' }]);
  });
  it('of an account is there for whoever has one', () => {
    const perAccount = bare({ windows: [{ name: 'an account', atMost: 3, in: '7 days', per: 'account' }] });
    const recent = [sent(noon - 1, { touchId: 'mail' }), sent(noon - 1, { touchId: 'text', channel: 'sms' })];
    expect(gaugesOf(rowWith({ recent }), perAccount, noon)).toEqual([]);
    const shared = [{ key: 'k', kind: 'account' as const, version: 1, recent, waiting: [] }];
    expect(gaugesOf(rowWith({ shared }), perAccount, noon)).toMatchObject([
      { used: 2, usedBy: ['mail', 'text'], sharedBy: 'account' },
    ]);
  });
});

describe('Drawn', () => {
  it.each([
    [{ used: 0, atMost: 10, kept: null }, '....................'],
    [{ used: 0, atMost: 10, kept: { cost: 4, for: ['service'] } }, '............========'],
    [{ used: 1, atMost: 100, kept: null }, '#...................'],
    [{ used: 99, atMost: 100, kept: null }, '###################.'],
    [{ used: 12, atMost: 10, kept: null }, '####################'],
    [{ used: 8, atMost: 10, kept: { cost: 4, for: ['service'] } }, '################===='],
    [{ used: 0, atMost: 0, kept: null }, '####################'],
  ])('%o is %s', (gauge, bar) => {
    expect(barOf(gauge)).toBe(bar);
  });
  it('is no wider than 80 columns, whatever is said', () => {
    const long = 'a window with a name that nobody would give it, and longer still';
    const gauge = {
      window: long,
      span: 'calendar month',
      used: 123_456,
      atMost: 123_456,
      kept: null,
      over: 'refuse',
      sharedBy: 'mailbox',
    };
    for (const line of drawGauge(gauge, [long, long + long])) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('What may be said now, and who waits', () => {
  it('is what the budget itself answers, for each purpose and channel', () => {
    const may = mayNow(
      rowWith({}, { consents: [{ channel: 'email', purpose: 'marketing', granted: true }] }),
      policy,
      [],
      {
        purposes: ['service', 'marketing'],
        channels: ['email'],
        now: noon,
      },
    );
    expect(may).toMatchObject([
      {
        purpose: 'service',
        channel: 'email',
        decided: 'suppressed',
        gate: 'consent',
        earliest: null,
        says: 'Not sent: no consent to service by email.',
      },
      { purpose: 'marketing', channel: 'email', decided: 'allowed', gate: null, earliest: noon },
    ]);
  });
  it('is asked for tech, and at its price', () => {
    const cost = { chat: 0, push: 1, email: { tech: 1, human: 2 }, sms: 2, whatsapp: 2, voice: 4 };
    const rules = bare({ cost, windows: [{ name: 'w', atMost: 1, in: '1 day' }] });
    const [may] = mayNow(rowWith(), rules, [], { purposes: ['service'], channels: ['email'], now: noon });
    expect(may?.says).toBe('Allowed by email: w 1 of 1.');
  });
  it('is a line: the best rank first, then who came first, without those who have given up', () => {
    const line = lineOf(
      rowWith({
        waiting: [
          waiting({ touchId: 'offer', purpose: 'marketing', askedAt: noon - hour }),
          waiting({ touchId: 'late', askedAt: noon }),
          waiting({ touchId: 'early', askedAt: noon - hour }),
          waiting({ touchId: 'gone', givesUpAt: noon }),
        ],
      }),
      policy,
      noon,
    );
    expect(line.map(({ touchId, rank }) => [touchId, rank])).toEqual([
      ['early', 0],
      ['late', 0],
      ['offer', 3],
    ]);
    expect(iso(line[0]!.askedAt)).toBe('2026-11-24T09:00:00Z');
  });
});
