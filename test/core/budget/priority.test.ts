/** For whom a touch makes way: those that would go first, and would be delayed by it, and whose time comes before they give up. */
import { describe, expect, it, test } from '@jest/globals';
import { decide, stopsNow } from '../../../core/budget/decide.ts';
import type { Decision } from '../../../core/budget/decision.ts';
import type { Policy } from '../../../core/budget/policy.ts';
import type { BudgetRow, Gates, SharedRow, WaitingTouch } from '../../../core/budget/row.ts';
import { bare, day, hour, iso, noon, request, rowWith, sent, waiting } from './fixtures.ts';

/** 'allowed', 'priority until 2026-…' */
const said = (decision: Decision): string =>
  decision.decided === 'deferred' ? `${decision.because} until ${iso(decision.until)}` : decision.decided;
/** A renewal goes before a service here, and is held where a service is not. */
const first = ['renewal', 'service', 'marketing'];
const one = { name: 'one', atMost: 1, in: '7 days' };
const renewal = (over: Partial<WaitingTouch> = {}): WaitingTouch =>
  waiting({ touchId: 'R', purpose: 'marketing', journey: 'renewal', ...over });
const service = request({ purpose: 'service', journey: 'inquiry' });

interface Case {
  readonly rules?: Partial<Policy>;
  readonly row?: Partial<Omit<BudgetRow, 'gates'>>;
  readonly gates?: Partial<Gates>;
  readonly asked?: Parameters<typeof request>[0];
}
const decided = ({ rules, row, gates, asked }: Case): string =>
  said(decide(rowWith(row, gates), { ...service, ...asked }, bare({ first, windows: [one], ...rules }), [], noon));

describe('one that goes first is made way for if its own time comes before it gives up', () => {
  const untilThen =
    (rules: Partial<Policy>, gates: Partial<Gates>, row: Case['row'] = {}) =>
    (comes: number) =>
      [comes, comes + 1].map(
        (givesUpAt) => decided({ rules, gates, row: { ...row, waiting: [renewal({ givesUpAt })] } }).split(' ')[0],
      );
  const inTime = ['allowed', 'priority'];
  it('after a hold', () => {
    expect(untilThen({}, { hold: { until: noon + 2 * hour, taskId: 'K' } })(noon + 2 * hour)).toEqual(inTime);
  });
  it('after quiet hours', () => {
    // Noon is eleven o'clock in Berlin.
    const quiet = [{ from: '10:00', to: '12:00', purposes: ['marketing'] }];
    expect(untilThen({ quiet }, {})(noon + hour)).toEqual(inTime);
  });
  it('after another window has room, and quiet hours that begin before', () => {
    const rules = {
      windows: [one, { name: 'marketing', atMost: 1, in: '1 day', purposes: ['marketing'] }],
      quiet: [{ from: '16:00', to: '18:00', purposes: ['marketing'] }],
    };
    const recent = [sent(noon - 18 * hour, { journey: 'old', cost: 1 })];
    const two = { ...rules, windows: [{ ...one, atMost: 2 }, ...rules.windows.slice(1)] };
    expect(untilThen(two, {}, { recent })(noon + 7 * hour)).toEqual(inTime);
  });
  it('after the touch before it is far enough away', () => {
    const spacing = [{ apart: '1 day', purposes: ['marketing'] }];
    const recent = [sent(noon - 18 * hour)];
    expect(untilThen({ windows: [{ ...one, atMost: 2 }], spacing }, {}, { recent })(noon + 6 * hour)).toEqual(inTime);
  });
});

test.each<[string, Case]>([
  [
    'in quiet hours by every clock, as none is known',
    { rules: { quiet: [{ from: '00:00', to: '24:00', purposes: ['marketing'] }] } },
  ],
  [
    'too dear for a window, whatever else it must wait for',
    {
      rules: {
        windows: [one, { ...one, name: 'two', atMost: 2 }],
        quiet: [{ from: '10:00', to: '12:00', purposes: ['marketing'] }],
      },
      row: { waiting: [renewal({ cost: 2 })] },
    },
  ],
  ['without consent', { gates: { consents: [{ channel: 'email', purpose: 'service', granted: true }] } }],
  [
    'suppressed on its channel',
    {
      row: { waiting: [renewal({ channel: 'sms' })] },
      gates: { suppressions: [{ channel: 'sms', at: 0, reason: 'STOP' }] },
    },
  ],
])('one whose time never comes is not made way for: it is %s', (_, { row = { waiting: [renewal()] }, ...more }) => {
  expect(decided({ row, ...more })).toBe('allowed');
});

test.each<[string, Case, string]>([
  [
    'a soft cap holds nobody',
    { rules: { windows: [{ ...one, name: 'soft', atMost: 0, over: 'alert' }, one] } },
    `priority until ${iso(noon + 7 * day)}`,
  ],
  [
    'where only a soft cap is shared nobody is in the way',
    { rules: { windows: [{ ...one, over: 'alert' }] } },
    'allowed',
  ],
  [
    'another window than ours is no matter of ours',
    { rules: { windows: [{ ...one, purposes: ['marketing'] }] } },
    'allowed',
  ],
  [
    'what is kept for us leaves us room, but not them beside us: we come back within a day',
    {
      rules: { windows: [{ name: 'kept', atMost: 4, in: '7 days', keep: { cost: 2, for: ['service'] } }] },
      row: { recent: [sent(noon - hour)] },
    },
    `priority until ${iso(noon + day)}`,
  ],
  [
    'spacing that both must keep: we come after them',
    { rules: { windows: [], spacing: [{ apart: '6 hours' }] } },
    `priority until ${iso(noon + 6 * hour)}`,
  ],
  [
    'spacing that one of two must keep, though there is room for all',
    {
      rules: { windows: [{ ...one, atMost: 9 }], spacing: [{ apart: '6 hours', channels: ['email'] }] },
      row: { waiting: [renewal(), renewal({ touchId: 'text', channel: 'sms' })] },
    },
    `priority until ${iso(noon + 6 * hour)}`,
  ],
  [
    'spacing that they keep from us, when their time comes, delays nobody',
    {
      rules: { windows: [], spacing: [{ apart: '2 hours' }] },
      gates: { hold: { until: noon + 2 * hour, taskId: 'K' } },
    },
    'allowed',
  ],
  [
    'spacing that they do not keep from us',
    {
      rules: { windows: [], spacing: [{ apart: '2 hours' }] },
      gates: { hold: { until: noon + 2 * hour - 1, taskId: 'K' } },
    },
    `priority until ${iso(noon + 4 * hour - 1)}`,
  ],
  ['what is free makes way for nobody', { asked: { cost: 0 } }, 'allowed'],
])('%s', (_, { row = {}, ...more }, expected) => {
  expect(decided({ row: { waiting: [renewal()], ...row }, ...more })).toBe(expected);
});

describe('several that go first', () => {
  const three = { windows: [{ name: 'three', atMost: 3, in: '7 days' }] };
  it('take their places one after the other, and ours comes after all of them', () => {
    const waits = [1, 2, 3].map((n) => renewal({ touchId: `r${String(n)}`, askedAt: noon - n }));
    const decision = decide(rowWith({ waiting: waits }), service, bare({ first, ...three }), [], noon);
    expect(said(decision)).toBe(`priority until ${iso(noon + 7 * day)}`);
    expect(decision.explanation.usedBy).toEqual(['r3', 'r2', 'r1']);
    // With room for all of us nobody waits.
    expect(decided({ rules: three, row: { waiting: waits.slice(1) } })).toBe('allowed');
  });
  it('count those as well that share no window with us but with one of them', () => {
    // The SMS is no rival of ours, and puts off the e-mail that is, for longer than that waits.
    const rules = {
      windows: [
        { name: 'mail', atMost: 1, in: '7 days', channels: ['email' as const] },
        { name: 'renewals', atMost: 1, in: '1 day', journeys: ['renewal'] },
      ],
    };
    const text = renewal({ touchId: 'text', channel: 'sms', askedAt: noon - 1 });
    const mail = (givesUpAt: number) => renewal({ touchId: 'mail', givesUpAt });
    const ask = (...waits: WaitingTouch[]) => decided({ rules, row: { waiting: waits } }).split(' ')[0];
    expect([ask(mail(noon + day)), ask(text, mail(noon + day)), ask(text, mail(noon + day + 1))]).toEqual([
      'priority',
      'allowed',
      'priority',
    ]);
  });
});

describe('who goes first', () => {
  const mail = { name: 'mail', atMost: 1, in: '7 days', channels: ['email' as const] };
  const usedBy = (rules: Partial<Policy>, row: Partial<Omit<BudgetRow, 'gates'>>, countsIn?: string[]) => {
    const asked = { ...service, ...(countsIn && { countsIn }) };
    return decide(rowWith(row), asked, bare({ first, ...rules }), [], noon).explanation.usedBy;
  };
  const text = renewal({ touchId: 'text', channel: 'sms', askedAt: noon - 1 });
  it.each<[string, Partial<Policy>]>([
    ['counts in none of ours', { windows: [mail] }],
    ['counts in one that we do not count in', { windows: [mail, { ...mail, name: 'texts', channels: ['sms'] }] }],
    [
      'counts in a soft cap with us',
      { windows: [mail, { ...mail, name: 'soft', channels: ['email', 'sms'], over: 'alert' }] },
    ],
    ['must keep apart from others', { windows: [mail], spacing: [{ apart: '1 day', channels: ['sms'] }] }],
    ['need not keep apart from us', { windows: [mail], spacing: [{ apart: '1 day', channels: ['email'] }] }],
  ])('is told without one that %s', (_, rules) => {
    expect(usedBy(rules, { waiting: [text, renewal()] })).toEqual(['R']);
  });
  it('is told without others’, where only our own limits are the same', () => {
    const waits = [renewal({ touchId: 'theirs', askedAt: noon - 1 })];
    const shared: SharedRow[] = [{ key: 'k', kind: 'account', version: 1, recent: [], waiting: waits }];
    const spacing = [{ apart: '1 day' }];
    expect(usedBy({ windows: [mail], spacing }, { shared, waiting: [renewal()] }, ['k'])).toEqual(['R']);
  });
  it('is told in the order of their ranks, whichever came first', () => {
    const better = renewal({ touchId: 'better', askedAt: noon });
    const older = waiting({ touchId: 'older', askedAt: noon - 2 * day });
    const asked = request({ journey: 'other', askedAt: noon });
    for (const waits of [
      [older, better],
      [better, older],
    ])
      expect(
        decide(rowWith({ waiting: waits }), asked, bare({ first, windows: [mail] }), [], noon).explanation.usedBy,
      ).toEqual(['better', 'older']);
  });
});

describe('one that goes first, and later,', () => {
  const aDay = [{ name: 'a day', atMost: 1, in: '1 day' }];
  const heldFor = (ms: number, rules: Partial<Policy> = {}) => {
    const gates = { hold: { until: noon + ms, taskId: 'K' } };
    return decided({ rules: { windows: aDay, ...rules }, gates, row: { waiting: [renewal()] } }).split(' ')[0];
  };
  it('is delayed only if we would still be in its window', () => {
    expect([heldFor(day - 1), heldFor(day), heldFor(2 * day)]).toEqual(['priority', 'allowed', 'allowed']);
  });
  it('is not delayed by spacing that is none of ours', () => {
    const spacing = [{ apart: '3 days', purposes: ['marketing'] }];
    expect(heldFor(2 * day, { spacing })).toBe('allowed');
    expect(heldFor(2 * day, { spacing: [{ apart: '3 days' }] })).toBe('priority');
  });
});

test('what is free makes way for nobody, however far apart others must be', () => {
  const spacing = [{ apart: '1 day' }];
  expect(decided({ rules: { windows: [], spacing }, row: { waiting: [renewal()] }, asked: { cost: 0 } })).toBe(
    'allowed',
  );
});

test('of two phones one may be shared: who waits counts all of ours, and we only what goes to it', () => {
  const perPhone = { windows: [{ name: 'phone', atMost: 3, in: '7 days', per: 'address' as const }] };
  const recent = [sent(noon - 1, { channel: 'sms' }), sent(noon - 2, { channel: 'sms' })];
  const shared: SharedRow[] = [{ key: 'k', kind: 'phone', version: 1, recent: [], waiting: [] }];
  const row = { recent, shared, waiting: [renewal({ channel: 'sms' })] };
  expect(decided({ rules: perPhone, row, asked: { channel: 'sms', cost: 1, countsIn: ['k'] } })).toBe(
    `priority until ${iso(noon + day)}`,
  );
  expect(
    decided({ rules: perPhone, row: { ...row, recent: [] }, asked: { channel: 'sms', cost: 1, countsIn: ['k'] } }),
  ).toBe('allowed');
});

describe('those of other customers', () => {
  const theirs = (over: Partial<WaitingTouch> = {}): SharedRow => ({
    key: 'k',
    kind: 'account',
    version: 1,
    recent: [],
    waiting: [renewal(over)],
  });
  const perAccount = { windows: [{ ...one, per: 'account' as const }] };
  const ask = (rules: Partial<Policy>, shared: SharedRow[], gates: Partial<Gates> = {}, countsIn = ['k']) =>
    decided({ rules, gates, row: { shared }, asked: { countsIn } });
  it('are in the way of what is shared, and of nothing else', () => {
    expect(ask(perAccount, [theirs()])).toBe(`priority until ${iso(noon + 7 * day)}`);
    expect(ask({ windows: [one] }, [theirs()])).toBe('allowed');
    expect(ask(perAccount, [theirs()], {}, [])).toBe('allowed');
    expect(ask({ windows: [], spacing: [{ apart: '1 hour', per: 'account' }] }, [theirs()])).toBe(
      `priority until ${iso(noon + hour)}`,
    );
    expect(ask({ windows: [], spacing: [{ apart: '1 hour' }] }, [theirs()])).toBe('allowed');
  });
  it('are not held by what holds this customer', () => {
    const held = {
      hold: { until: noon + day, taskId: 'K' },
      held: { until: noon + day, by: 'ana' },
      own: { pausedUntil: noon + day, less: { atMost: 0, in: '1 day', until: noon + day } },
      consents: [{ channel: 'email', purpose: 'service', granted: true }],
    } as const;
    const quiet = [{ from: '00:00', to: '24:00', purposes: ['marketing'] }];
    expect(ask({ ...perAccount, quiet }, [theirs({ givesUpAt: noon + 1 })], held)).toBe(
      `priority until ${iso(noon + 7 * day)}`,
    );
  });
  it('that wait in our own row as well are ours', () => {
    const row = { waiting: [renewal({ givesUpAt: noon + 1 })], shared: [theirs({ givesUpAt: noon + 1 })] };
    const gates = { hold: { until: noon + hour, taskId: 'K' } };
    expect(decided({ rules: perAccount, row, gates, asked: { countsIn: ['k'] } })).toBe('allowed');
  });
});

test('before the provider is called nobody is made way for any more', () => {
  const row = rowWith({ waiting: [renewal()], recent: [sent(noon, { cost: 9 })] });
  expect(stopsNow(row, service, bare({ first, windows: [one], spacing: [{ apart: '1 day' }] }), [], noon)).toBeNull();
});
