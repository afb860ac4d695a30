import { describe, expect, it, test } from '@jest/globals';
import { explain } from '../../../core/budget/explain.ts';
import { decide, stopsNow, weigh } from '../../../core/budget/decide.ts';
import { gates } from '../../../core/budget/gates.ts';
import type { Decision } from '../../../core/budget/decision.ts';
import type { Gates } from '../../../core/budget/row.ts';
import { at, bare, day, hour, iso, noon, policy, policyWith, request, rowWith, sent, waiting } from './fixtures.ts';

/** 'allowed', 'suppressed: consent', 'deferred: windows until 2026-…' */
function said(decision: Decision): string {
  if (decision.decided === 'allowed') return decision.turn ? 'turn' : 'allowed';
  if (decision.decided === 'suppressed') return `suppressed: ${decision.because}`;
  return `deferred: ${decision.because} until ${iso(decision.until)}`;
}

describe('gates that do not open by waiting', () => {
  test.each([
    ['nothing against it', rowWith(), request(), [], 'allowed'],
    ['everything stopped', rowWith(), request(), [{ scope: 'all', reason: 'fire' }], 'suppressed: kill switch'],
    [
      'its journey stopped',
      rowWith(),
      request(),
      [{ scope: 'journey:offer', reason: 'typo' }],
      'suppressed: kill switch',
    ],
    ['another journey stopped', rowWith(), request(), [{ scope: 'journey:offers', reason: 'typo' }], 'allowed'],
    [
      'its channel stopped',
      rowWith(),
      request(),
      [{ scope: 'channel:email', reason: 'outage' }],
      'suppressed: kill switch',
    ],
    ['another channel stopped', rowWith(), request(), [{ scope: 'channel:sms', reason: 'outage' }], 'allowed'],
    [
      'STOP on its channel',
      rowWith({}, { suppressions: [{ channel: 'email', at: 0, reason: 'STOP' }] }),
      request(),
      [],
      'suppressed: suppression',
    ],
    [
      'STOP on all',
      rowWith({}, { suppressions: [{ channel: 'all', at: 0, reason: 'STOP' }] }),
      request(),
      [],
      'suppressed: suppression',
    ],
    [
      'STOP on another',
      rowWith({}, { suppressions: [{ channel: 'sms', at: 0, reason: 'STOP' }] }),
      request(),
      [],
      'allowed',
    ],
    ['no consent', rowWith({}, { consents: [] }), request(), [], 'suppressed: consent'],
    [
      'consent to another purpose',
      rowWith({}, { consents: [{ channel: 'email', purpose: 'service', granted: true }] }),
      request(),
      [],
      'suppressed: consent',
    ],
    [
      'consent on another channel',
      rowWith({}, { consents: [{ channel: 'sms', purpose: 'marketing', granted: true }] }),
      request(),
      [],
      'suppressed: consent',
    ],
    [
      'declined',
      rowWith({}, { consents: [{ channel: 'email', purpose: 'marketing', granted: false }] }),
      request(),
      [],
      'suppressed: consent',
    ],
    [
      'declined and granted: the stricter',
      rowWith(
        {},
        { consents: [true, false].map((granted) => ({ channel: 'email' as const, purpose: 'marketing', granted })) },
      ),
      request(),
      [],
      'suppressed: consent',
    ],
    [
      'they wrote, a service in answer',
      rowWith({}, { consents: [], inboundOpen: [{ channel: 'email', until: noon + 1 }] }),
      request({ purpose: 'service' }),
      [],
      'allowed',
    ],
    [
      'they wrote, and it is closed',
      rowWith({}, { consents: [], inboundOpen: [{ channel: 'email', until: noon }] }),
      request({ purpose: 'service' }),
      [],
      'suppressed: consent',
    ],
    [
      'they wrote elsewhere',
      rowWith({}, { consents: [], inboundOpen: [{ channel: 'sms', until: noon + day }] }),
      request({ purpose: 'service' }),
      [],
      'suppressed: consent',
    ],
    [
      'they wrote, and it is marketing',
      rowWith({}, { consents: [], inboundOpen: [{ channel: 'email', until: noon + day }] }),
      request(),
      [],
      'suppressed: consent',
    ],
    [
      'they wrote and said STOP',
      rowWith(
        {},
        {
          suppressions: [{ channel: 'email', at: 0, reason: 'STOP' }],
          inboundOpen: [{ channel: 'email', until: noon + day }],
        },
      ),
      request({ purpose: 'service' }),
      [],
      'suppressed: suppression',
    ],
    [
      'a guard against what it assumes',
      rowWith({}, { guards: [{ fact: 'flood-area', contradicts: ['home-is-fine'], reviewAt: noon - day }] }),
      request({ assumes: ['celebratory', 'home-is-fine'] }),
      [],
      'suppressed: guard',
    ],
    [
      'a guard against something else',
      rowWith({}, { guards: [{ fact: 'flood-area', contradicts: ['home-is-fine'], reviewAt: noon }] }),
      request({ assumes: ['celebratory'] }),
      [],
      'allowed',
    ],
  ] as const)('%s', (_, row, asked, killed, expected) => {
    expect(said(decide(row, asked, policy, killed, noon))).toBe(expected);
  });

  it('are asked in one order, and the first that is closed is the reason', () => {
    const closed = rowWith(
      { recent: [sent(noon - 1, { cost: 9 })] },
      {
        suppressions: [{ channel: 'all', at: 0, reason: 'STOP' }],
        consents: [],
        guards: [{ fact: 'f', contradicts: ['x'], reviewAt: 0 }],
        hold: { until: noon + day, taskId: 'K' },
      },
    );
    const asked = request({ assumes: ['x'], channel: 'sms', rateOpensAt: noon + 5 * day });
    const night = at('2026-11-24T21:00:00Z');
    const open = rowWith().gates;
    const steps = [
      decide(closed, asked, policy, [{ scope: 'all', reason: 'fire' }], night),
      decide(closed, asked, policy, [], night),
      decide({ ...closed, gates: { ...closed.gates, suppressions: [] } }, asked, policy, [], night),
      decide(
        { ...closed, gates: { ...closed.gates, suppressions: [], consents: open.consents } },
        asked,
        policy,
        [],
        night,
      ),
      decide({ ...closed, gates: { ...open, hold: { until: night + day, taskId: 'K' } } }, asked, policy, [], night),
      decide({ ...closed, gates: open }, asked, policy, [], night),
      decide({ ...closed, gates: open }, asked, policy, [], at('2026-11-25T10:00:00Z')),
      decide(
        { ...closed, recent: [sent(noon - 1)], gates: open },
        request({ rateOpensAt: noon + 5 * day }),
        policy,
        [],
        noon,
      ),
      decide({ ...closed, recent: [], gates: open }, request({ rateOpensAt: noon + 5 * day }), policy, [], noon),
    ];
    expect(steps.map((step) => (step.decided === 'allowed' ? null : step.because))).toEqual(
      gates.map((g) => g.name).filter((g) => g !== 'priority'),
    );
  });
  it('are printed with a sentence each', () => {
    expect(gates.map((g) => g.name)).toEqual([
      'kill switch',
      'suppression',
      'consent',
      'guard',
      'hold',
      'quiet hours',
      'windows',
      'spacing',
      'channel rate',
      'priority',
    ]);
    expect(gates.every((g) => g.says.endsWith('.'))).toBe(true);
  });
});

describe('hold and quiet hours', () => {
  const held = rowWith({}, { hold: { until: noon + 2 * hour, taskId: 'K-1' } });
  test.each([
    ['marketing waits for the end of a hold', held, request(), noon, `deferred: hold until ${iso(noon + 2 * hour)}`],
    ['and goes at its end', held, request(), noon + 2 * hour, 'allowed'],
    ['a service does not wait', held, request({ purpose: 'service' }), noon, 'allowed'],
    [
      'a pause they asked for',
      rowWith({}, { own: { pausedUntil: noon + day } }),
      request(),
      noon,
      `deferred: hold until ${iso(noon + day)}`,
    ],
    [
      'a hold that ends in quiet hours',
      rowWith({}, { hold: { until: at('2026-11-24T20:00:00Z'), taskId: 'K' } }),
      request(),
      noon,
      'deferred: hold until 2026-11-25T08:00:00Z',
    ],
    [
      'an SMS at 20:59:59',
      rowWith(),
      request({ channel: 'sms', purpose: 'service' }),
      at('2026-11-24T19:59:59.999Z'),
      'allowed',
    ],
    [
      'an SMS at 21:00',
      rowWith(),
      request({ channel: 'sms', purpose: 'service' }),
      at('2026-11-24T20:00:00Z'),
      'deferred: quiet hours until 2026-11-25T07:00:00Z',
    ],
    ['an e-mail at 21:00', rowWith(), request({ purpose: 'service' }), at('2026-11-24T20:00:00Z'), 'allowed'],
    [
      'a turn at 21:00',
      rowWith(),
      request({ channel: 'sms', purpose: 'service', answersInboundAt: at('2026-11-24T19:50:00Z') }),
      at('2026-11-24T20:00:00Z'),
      'turn',
    ],
    [
      'an answer after more than ten minutes',
      rowWith(),
      request({ channel: 'sms', purpose: 'service', answersInboundAt: at('2026-11-24T19:49:59.999Z') }),
      at('2026-11-24T20:00:00Z'),
      'deferred: quiet hours until 2026-11-25T07:00:00Z',
    ],
    [
      'marketing is never a turn',
      rowWith(),
      request({ channel: 'sms', answersInboundAt: at('2026-11-24T20:00:00Z') }),
      at('2026-11-24T20:00:00Z'),
      'deferred: quiet hours until 2026-11-25T08:00:00Z',
    ],
    [
      'no zone, several plausible',
      rowWith({}, { zone: null, zonesPlausible: ['America/New_York', 'America/Los_Angeles'] }),
      request({ channel: 'sms', purpose: 'service' }),
      at('2026-11-24T13:00:00Z'),
      'deferred: quiet hours until 2026-11-24T16:00:00Z',
    ],
    [
      'no zone at all',
      rowWith({}, { zone: null }),
      request({ channel: 'sms', purpose: 'service' }),
      noon,
      'suppressed: quiet hours',
    ],
    [
      'no zone at all, a channel without quiet hours',
      rowWith({}, { zone: null }),
      request({ purpose: 'service' }),
      noon,
      'allowed',
    ],
  ] as const)('%s', (_, row, asked, when, expected) => {
    expect(said(decide(row, asked, policy, [], when))).toBe(expected);
  });
});

describe('windows and spacing', () => {
  const week = bare({ windows: [{ name: 'a week', atMost: 3, in: '7 days' }] });
  const full = [sent(noon - 6 * day), sent(noon - 3 * day), sent(noon - hour)];
  const aday = bare({ windows: [{ name: 'a day', atMost: 1, in: 'calendar day' }] });
  const aweek = bare({ windows: [{ name: 'w', atMost: 1, in: 'calendar week' }] });
  const amonth = bare({ windows: [{ name: 'm', atMost: 1, in: 'calendar month' }] });
  const kept = bare({ windows: [{ name: 'k', atMost: 4, in: '7 days', keep: { cost: 2, for: ['service'] } }] });
  const texts = bare({ windows: [{ name: 't', atMost: 1, in: '1 day', channels: ['sms'] }] });
  const classes = { campaigns: ['offer', 'renewal'] };
  const campaigns = bare({ classes, windows: [{ name: 'c', atMost: 1, in: '1 day', journeys: ['campaigns'] }] });
  const campaignsApart = bare({ classes, spacing: [{ apart: '2 days', journeys: ['campaigns'] }] });
  const calls = bare({
    cost: { chat: 0, push: 1, email: 1, sms: 2, whatsapp: 2, voice: { tech: 3, human: 1 } },
    windows: [{ name: 'calls', atMost: 3, in: '1 day', channels: ['voice'] }],
  });
  const apart = bare({ spacing: [{ apart: '24 hours', purposes: ['marketing'] }] });
  test.each([
    ['room for one more', week, full.slice(1), request(), 'allowed'],
    ['full: free when the oldest leaves', week, full, request(), `deferred: windows until ${iso(noon + day)}`],
    [
      'a millisecond inside',
      week,
      [sent(noon - 7 * day + 1), ...full.slice(1)],
      request(),
      `deferred: windows until ${iso(noon + 1)}`,
    ],
    ['at its edge', week, [sent(noon - 7 * day), ...full.slice(1)], request(), 'allowed'],
    ['cost 2 needs two to leave', week, full, request({ cost: 2 }), `deferred: windows until ${iso(noon + 4 * day)}`],
    ['what costs more than the window never fits', week, [], request({ cost: 4 }), 'suppressed: windows'],
    ['what is free always fits', week, full, request({ channel: 'chat' }), 'allowed'],
    ['a turn always fits', week, full, request({ purpose: 'service', answersInboundAt: noon }), 'turn'],
    [
      'what is unknown counts',
      week,
      full.map((t) => ({ ...t, state: 'unknown' as const })),
      request(),
      `deferred: windows until ${iso(noon + day)}`,
    ],
    [
      'what is reserved counts from its latest instant',
      week,
      [...full.slice(1), sent(noon + 60_000, { state: 'reserved', reservedAt: noon })],
      request({ cost: 2 }),
      `deferred: windows until ${iso(noon + 7 * day - hour)}`,
    ],
    [
      'its own place does not stand in its way',
      week,
      [...full.slice(1), sent(noon - 1, { touchId: 'T' })],
      request(),
      'allowed',
    ],
    [
      'a calendar day is over at midnight on their clock',
      aday,
      [sent(noon - hour)],
      request(),
      'deferred: windows until 2026-11-24T23:00:00Z',
    ],
    ['yesterday does not count', aday, [sent(at('2026-11-23T22:59:59.999Z'))], request(), 'allowed'],
    [
      'today does from midnight on',
      aday,
      [sent(at('2026-11-23T23:00:00Z'))],
      request(),
      'deferred: windows until 2026-11-24T23:00:00Z',
    ],
    [
      'a calendar week begins on Monday',
      aweek,
      [sent(at('2026-11-22T23:00:00Z'))],
      request(),
      'deferred: windows until 2026-11-29T23:00:00Z',
    ],
    ['the Sunday before is another week', aweek, [sent(at('2026-11-22T22:59:59Z'))], request(), 'allowed'],
    [
      'a calendar month',
      amonth,
      [sent(at('2026-10-31T23:00:00Z'))],
      request(),
      'deferred: windows until 2026-11-30T23:00:00Z',
    ],
    ['the month before', amonth, [sent(at('2026-10-31T22:59:59Z'))], request(), 'allowed'],
    [
      'what is kept for services is refused to others',
      kept,
      [sent(noon - day, { cost: 2 })],
      request(),
      `deferred: windows until ${iso(noon + 6 * day)}`,
    ],
    ['and given to services', kept, [sent(noon - day, { cost: 2 })], request({ purpose: 'service' }), 'allowed'],
    ['other channels do not count', texts, [sent(noon - hour)], request({ channel: 'sms', cost: 1 }), 'allowed'],
    ['and are not held', texts, [sent(noon - hour, { channel: 'sms' })], request(), 'allowed'],
    [
      'this channel is',
      texts,
      [sent(noon - hour, { channel: 'sms' })],
      request({ channel: 'sms', cost: 1 }),
      `deferred: windows until ${iso(noon + 23 * hour)}`,
    ],
    [
      'a window over a class of journeys: another of the class uses it',
      campaigns,
      [sent(noon - hour, { journey: 'renewal' })],
      request(),
      `deferred: windows until ${iso(noon + 23 * hour)}`,
    ],
    ['and none of another class', campaigns, [sent(noon - hour, { journey: 'inquiry' })], request(), 'allowed'],
    ['nor is that held', campaigns, [sent(noon - hour)], request({ journey: 'inquiry' }), 'allowed'],
    [
      'spacing within a class',
      campaignsApart,
      [sent(noon - hour, { journey: 'renewal' })],
      request(),
      `deferred: spacing until ${iso(noon + 47 * hour)}`,
    ],
    ['and none between classes', campaignsApart, [sent(noon - hour, { journey: 'inquiry' })], request(), 'allowed'],
    [
      'a call by tech at its own price',
      calls,
      [sent(noon - hour, { channel: 'voice' })],
      request({ channel: 'voice' }),
      `deferred: windows until ${iso(noon + 23 * hour)}`,
    ],
    [
      'spacing: a millisecond too soon',
      apart,
      [sent(noon - day + 1)],
      request(),
      `deferred: spacing until ${iso(noon + 1)}`,
    ],
    ['spacing: just apart', apart, [sent(noon - day)], request(), 'allowed'],
    ['spacing: another purpose between', apart, [sent(noon - 1, { purpose: 'service' })], request(), 'allowed'],
    ['spacing: what was free is no touch', apart, [sent(noon - 1, { cost: 0 })], request(), 'allowed'],
  ] as const)('%s', (_, rules, recent, asked, expected) => {
    expect(said(decide(rowWith({ recent }), asked, rules, [], noon))).toBe(expected);
  });

  it('goes to the instant at which all of them are open together', () => {
    // The window frees at 22:00 on Wednesday, which is quiet; the morning after is still too close to nothing else.
    const rules = policyWith({ windows: [{ name: 'w', atMost: 1, in: '2 days' }], spacing: [{ apart: '3 days' }] });
    const recent = [sent(at('2026-11-23T21:00:00Z'))];
    const decision = decide(rowWith({ recent }), request(), rules, [], noon);
    expect(said(decision)).toBe('deferred: windows until 2026-11-27T08:00:00Z');
    expect(decision.explanation.heldLastBy).toBe('quiet hours');
    expect(iso(decision.explanation.opensAt ?? 0)).toBe('2026-11-25T21:00:00Z');
  });
  it('holds "less, please" against everything but services, until it ends', () => {
    const own = { less: { atMost: 1, in: '30 days', until: noon + day } };
    const recent = [sent(noon - 10 * day)];
    expect(said(decide(rowWith({ recent }, { own }), request(), policy, [], noon))).toBe(
      'deferred: windows until 2026-12-14T10:00:00Z',
    );
    expect(said(decide(rowWith({ recent }, { own }), request({ purpose: 'service' }), policy, [], noon))).toBe(
      'allowed',
    );
    expect(said(decide(rowWith({ recent }, { own }), request(), policy, [], noon + day))).toBe('allowed');
  });
  it('lets a soft cap be passed, and tells', () => {
    const recent = [1, 2, 3, 4].map((n) => sent(noon - n * day, { purpose: 'service' }));
    const decision = decide(rowWith({ recent }), request({ purpose: 'service' }), policy, [], noon);
    expect(decision).toMatchObject({ decided: 'allowed', warnings: [{ gate: 'windows', rule: 'services a week' }] });
    expect(
      decide(rowWith({ recent: recent.slice(1) }), request({ purpose: 'service' }), policy, [], noon),
    ).toMatchObject({ warnings: [] });
  });
  it('names the classes of journeys that the window is about', () => {
    const windows = [{ name: 'a day', atMost: 1, in: '1 day', journeys: ['campaigns', 'inquiry'] }];
    const about = bare({ classes: { campaigns: ['offer', 'renewal'] }, windows });
    const decision = decide(rowWith({ recent: [sent(noon - hour, { touchId: 'a' })] }), request(), about, [], noon);
    expect(decision.explanation.counters).toEqual([
      { window: 'a day', used: 1, cost: 1, atMost: 1, span: '1 day', classes: ['campaigns'] },
    ]);
    expect(explain(decision)).toContain("budget 'a day' of 'campaigns' is used up (1 of 1 in 1 day by a)");
  });
  it('stores counters, the touches that use the budget and the policy it was decided by', () => {
    const recent = [
      sent(noon - 2 * day, { touchId: 'a', cost: 2 }),
      sent(noon - 30 * hour, { touchId: 'b' }),
      sent(noon - 8 * day, { touchId: 'c' }),
    ];
    const { explanation } = decide(rowWith({ recent }), request(), policy, [], noon);
    expect(explanation).toMatchObject({
      gate: 'windows',
      rule: 'marketing a week',
      usedBy: ['a', 'b'],
      policy: 'just-enough',
      policyVersion: 7,
      at: noon,
    });
    expect(explanation.counters).toEqual([
      { window: 'a week', used: 3, cost: 1, atMost: 4, span: '7 days' },
      { window: 'marketing a week', used: 3, cost: 1, atMost: 3, span: '7 days' },
    ]);
  });
});

describe('people', () => {
  const against = rowWith(
    { recent: [sent(noon - 1, { cost: 6, purpose: 'service' })] },
    { consents: [], suppressions: [{ channel: 'sms', at: 0, reason: 'STOP' }] },
  );
  const night = at('2026-11-24T20:00:00Z');
  const answer = request({ madeBy: 'human', channel: 'sms', purpose: 'service' });
  it('are warned and never blocked', () => {
    expect(decide(against, answer, policy, [{ scope: 'all', reason: 'fire' }], night).decided).toBe('allowed');
    expect(weigh(against, answer, policy, [{ scope: 'all', reason: 'fire' }], night).map((w) => w.gate)).toEqual([
      'kill switch',
      'suppression',
      'consent',
      'quiet hours',
      'windows',
      'windows',
    ]);
    expect(weigh(rowWith(), answer, policy, [], noon)).toEqual([]);
  });
});

describe('asked again before the provider is called', () => {
  it('every gate but the budget is', () => {
    const recent = [sent(noon - 1, { cost: 99 })];
    expect(
      stopsNow(
        rowWith({ recent, waiting: [waiting()] }, { own: { less: { atMost: 0, in: '30 days', until: noon + day } } }),
        request(),
        policy,
        [],
        noon,
      ),
    ).toBeNull();
    expect(stopsNow(rowWith({}, { consents: [] }), request(), policy, [], noon)).toMatchObject({ because: 'consent' });
    expect(stopsNow(rowWith(), request(), policy, [{ scope: 'all', reason: 'fire' }], noon)).toMatchObject({
      because: 'kill switch',
    });
    expect(stopsNow(rowWith(), request({ channel: 'sms' }), policy, [], at('2026-11-24T20:00:00Z'))).toMatchObject({
      because: 'quiet hours',
    });
    expect(stopsNow(rowWith({}, { consents: [] }), request({ madeBy: 'human' }), policy, [], noon)).toBeNull();
  });
  it('a further message of a chat is a turn then, too, and goes in quiet hours', () => {
    const night = bare({ quiet: [{ from: '20:00', to: '08:00' }] });
    const late = at('2026-11-24T20:00:00Z');
    const chat = request({ purpose: 'service', channel: 'chat' });
    const row = rowWith({ recent: [sent(late - 5 * 60_000, { channel: 'chat', purpose: 'service' })] });
    expect(said(decide(row, chat, night, [], late))).toBe('turn');
    expect(stopsNow(row, chat, night, [], late)).toBeNull();
    expect(stopsNow(rowWith(), chat, night, [], late)).toMatchObject({ because: 'quiet hours' });
  });
});

describe('priority', () => {
  const one = bare({ windows: [{ name: 'one', atMost: 1, in: '7 days' }] });
  const ask = (w: Parameters<typeof waiting>[0], asked: Parameters<typeof request>[0] = {}, gates = {}): string =>
    said(decide(rowWith({ waiting: [waiting(w)] }, gates), request(asked), one, [], noon));
  it('a touch that would delay one that goes first waits until that has its place', () => {
    expect(ask({})).toBe(`deferred: priority until ${iso(noon + 7 * day)}`);
  });
  it.each([
    ['one that goes after it', { purpose: 'marketing', journey: 'other', askedAt: noon + 1 }, {}],
    ['an equal that came later', { purpose: 'marketing', journey: 'offer', askedAt: noon + 1 }, {}],
    ['itself', { touchId: 'T' }, {}],
    ['one that gives up before its time', { givesUpAt: noon }, {}],
    ['one that is free', { cost: 0 }, {}],
  ])('%s is not made way for', (_, w, asked) => {
    expect(ask(w, asked)).toBe('allowed');
  });
  it.each([
    ['an equal that came first', { purpose: 'marketing', journey: 'offer', askedAt: noon - 1 }],
    ['a journey that is named before', { purpose: 'marketing', journey: 'renewal', askedAt: noon + 1 }],
    ['one that has waited long enough to rise', { purpose: 'marketing', journey: 'x', askedAt: noon - 3 * day }],
  ])('%s is', (_, w) => {
    expect(ask(w)).toMatch(/^deferred: priority/);
  });
  it.each<[string, Partial<Gates>]>([
    ['the law', { jurisdictions: ['DE'] }],
    ['a hold by a task', { hold: { until: noon + 30 * day, taskId: 'K' } }],
    ['a hold by hand', { held: { until: noon + 30 * day, by: 'ana' } }],
    ['a pause', { own: { pausedUntil: noon + 30 * day } }],
    ['a pause of that journey', { stopped: [{ journey: 'inquiry', until: noon + 30 * day, by: 'ana' }] }],
    ['the wish for other hours', { own: { hours: [{ from: '09:00', to: '10:00' }] } }],
  ])('of whoever shares a phone with them, %s of this customer says nothing', (_, gates) => {
    const shared = bare({
      windows: [{ name: 'a phone', atMost: 2, in: '6 hours', per: 'address' }],
      first: ['marketing', 'service'],
      legalHours: 'all',
    });
    const evening = at('2026-11-24T19:30:00Z'); // 20:30 in Berlin, when no marketing may be sent in the European Union
    const times = { askedAt: evening, givesUpAt: evening + day };
    const rival = waiting({ purpose: 'marketing', channel: 'sms', cost: 2, ...times });
    const phone = { key: 'phone', kind: 'phone', version: 1, recent: [], waiting: [rival] } as const;
    const asked = request({ purpose: 'service', channel: 'sms', askedAt: evening, countsIn: ['phone'] });
    const decision = decide(rowWith({ shared: [phone] }, gates), asked, shared, [], evening);
    expect(said(decision)).toMatch(/^deferred: priority/);
  });
  it('whoever waits for something else is not delayed: a hold that ends when there is room for both', () => {
    const two = bare({ windows: [{ name: 'two', atMost: 2, in: '7 days' }] });
    expect(said(decide(rowWith({ waiting: [waiting()] }), request(), two, [], noon))).toBe('allowed');
  });
});
