import { describe, expect, it, test } from '@jest/globals';
import { chooseReach, type ReachFacts } from '../../../core/budget/choose-reach.ts';
import { decide } from '../../../core/budget/decide.ts';
import { explain } from '../../../core/budget/explain.ts';
import { applyFate, waitsUntil, type Refusal } from '../../../core/budget/fate.ts';
import { prefer } from '../../../core/budget/prefer.ts';
import { reserve } from '../../../core/budget/reserve.ts';
import type { SharedKind } from '../../../core/budget/row.ts';
import type { Fate, Rule } from '../../../core/journey/table.ts';
import { at, bare, day, hour, noon, policy, request, rowWith, sent, waiting } from './fixtures.ts';

const refusal = (...asked: Parameters<typeof decide>): Refusal => {
  const decision = decide(...asked);
  if (decision.decided === 'allowed') throw new Error('expected a refusal');
  return decision;
};
const full = rowWith({ recent: [sent(noon - day, { cost: 3 })] });
/** Free again at noon + 6 days. */
const deferred = refusal(full, request(), bare({ windows: [{ name: 'w', atMost: 3, in: '7 days' }] }), [], noon);
const suppressed = refusal(rowWith({}, { consents: [] }), request(), policy, [], noon);
const night = at('2026-11-24T20:30:00Z');
const quiet = refusal(rowWith(), request({ channel: 'sms' }), policy, [], night);
/** Quiet until tomorrow 09:00, and full until next week. */
const quietAndFull = refusal(rowWith({ recent: [sent(night - day, { cost: 3 })] }), request(), policy, [], night);

describe('fates', () => {
  const wait = (atMost: string, then: Fate): Fate => ({ fate: 'wait', atMost, then });
  const substitute: Fate = { fate: 'substitute', channel: 'sms', then: 'drop' };
  test.each([
    ['refused: drop', suppressed, 'drop', { then: 'drop' }],
    ['refused: to a human', suppressed, 'toHuman', { then: 'toHuman' }],
    ['refused: to a team', suppressed, { fate: 'toHuman', team: 'leads' }, { then: 'toHuman', team: 'leads' }],
    ['refused: another channel, then', suppressed, substitute, { then: 'substitute', channel: 'sms', fate: 'drop' }],
    ['refused: waiting helps nothing', suppressed, wait('30 days', 'toHuman'), { then: 'toHuman' }],
    [
      'surely failed: waiting helps nothing',
      'failed',
      wait('30 days', substitute),
      { then: 'substitute', channel: 'sms', fate: 'drop' },
    ],
    ['deferred: drop at once', deferred, 'drop', { then: 'drop' }],
    [
      'deferred within the time',
      deferred,
      wait('6 days', 'drop'),
      { then: 'wait', until: noon + 6 * day, fate: wait('6 days', 'drop') },
    ],
    ['deferred beyond it', deferred, wait('143 hours', 'toHuman'), { then: 'toHuman' }],
    ['a wait in a wait', deferred, wait('1 day', wait('2 days', 'drop')), { then: 'drop' }],
  ] as const)('%s', (_, decision, fate, met) => {
    expect(applyFate({ decision, fate, firstAskedAt: noon, now: noon })).toEqual(met);
  });
  it('count their time from the first asking', () => {
    const fate = wait('6 days', 'drop');
    expect(applyFate({ decision: deferred, fate, firstAskedAt: noon - 1, now: noon })).toEqual({ then: 'drop' });
    expect(waitsUntil(fate, noon)).toBe(noon + 6 * day);
    expect(waitsUntil('drop', noon)).toBe(noon);
  });
  it('are met at once by quiet hours that never end', () => {
    const never = refusal(rowWith({}, { zone: null }), request({ channel: 'sms' }), policy, [], noon);
    const asked = { decision: never, firstAskedAt: noon, now: noon };
    expect(never.decided).toBe('suppressed');
    expect(applyFate({ ...asked, fate: 'toHuman' })).toEqual({ then: 'toHuman' });
    expect(applyFate({ ...asked, fate: 'drop', quiet: 'next-channel' })).toEqual({ then: 'drop' });
    expect(applyFate({ ...asked, fate: wait('9 days', 'drop') })).toEqual({ then: 'drop' });
  });
  it('that wait for business time are a bug of ours', () => {
    const asked = { decision: deferred, fate: wait('2 business days', 'drop'), firstAskedAt: noon, now: noon };
    expect(() => applyFate(asked)).toThrow(
      "waitAtMost('2 business days', …): expected a plain time such as '12 hours'; publishing refuses others",
    );
    expect(() => waitsUntil(wait('a while', 'drop'), noon)).toThrow("waitAtMost('a while', …)");
  });
  it('of a person wait for nothing', () => {
    expect(waitsUntil({ fate: 'toHuman', team: 'leads' }, noon)).toBe(noon);
    expect(waitsUntil(substitute, noon)).toBe(noon);
  });
  it('meet quiet hours by their own manner', () => {
    const asked = { decision: quiet, fate: 'drop', firstAskedAt: night, now: night } as const;
    const morning = at('2026-11-25T08:00:00Z');
    expect(applyFate(asked)).toEqual({ then: 'wait', until: morning, fate: 'drop' });
    expect(applyFate({ ...asked, quiet: 'next-channel' })).toEqual({ then: 'next-channel', fate: 'drop' });
    expect(applyFate({ ...asked, quiet: 'fate' })).toEqual({ then: 'drop' });
    // The morning is when it is asked again: only then does the window make it meet its fate.
    expect(applyFate({ ...asked, decision: quietAndFull })).toEqual({ then: 'wait', until: morning, fate: 'drop' });
  });
});

describe('a decision in a sentence', () => {
  const say = (...asked: Parameters<typeof decide>): string => explain(decide(...asked));
  const free = bare({});
  const sentences: readonly (readonly [() => string, string])[] = [
    [() => say(rowWith(), request(), policy, [], noon), 'Allowed by email: a week 1 of 4, marketing a week 1 of 3.'],
    [() => say(rowWith(), request(), free, [], noon), 'Allowed by email.'],
    [
      () => say(rowWith(), request({ purpose: 'service', answersInboundAt: noon }), free, [], noon),
      'Allowed by email: a turn of the conversation, which costs nothing.',
    ],
    [
      () => say(rowWith({}, { consents: [] }), request({ madeBy: 'human' }), free, [], noon),
      'Allowed by email; to be known: consent (no consent to marketing by email).',
    ],
    [
      () => explain(reserve(rowWith({ recent: [sent(noon, { touchId: 'T' })] }), request(), free, [], noon).decision),
      'Allowed: it had its place already (sent).',
    ],
    [
      () => say(rowWith(), request(), free, [{ scope: 'channel:email', reason: 'outage' }], noon),
      'Not sent: the kill switch is on for channel:email: outage.',
    ],
    [
      () =>
        say(
          rowWith({}, { suppressions: [{ channel: 'all', at: 0, reason: 'STOP by SMS' }] }),
          request(),
          free,
          [],
          noon,
        ),
      'Not sent: the customer is suppressed for all: STOP by SMS.',
    ],
    [() => explain(suppressed), 'Not sent: no consent to marketing by email.'],
    [
      () =>
        say(
          rowWith({}, { guards: [{ fact: 'flood-area', contradicts: ['home-is-fine'], reviewAt: 0 }] }),
          request({ assumes: ['home-is-fine'] }),
          free,
          [],
          noon,
        ),
      'Not sent: a guard stands against it: flood-area contradicts home-is-fine.',
    ],
    [
      () => say(rowWith({}, { hold: { until: noon + hour, taskId: 'K-1' } }), request(), free, [], noon),
      'Deferred until Tue 24 Nov 2026 12:00 (Europe/Berlin): a person has the conversation (task K-1).',
    ],
    [
      () => say(rowWith({}, { own: { pausedUntil: noon + hour } }), request(), free, [], noon),
      'Deferred until Tue 24 Nov 2026 12:00 (Europe/Berlin): a pause the customer asked for.',
    ],
    [
      () => say(rowWith(), request({ channel: 'sms', purpose: 'service' }), policy, [], night),
      'Deferred until Wed 25 Nov 2026 08:00 (Europe/Berlin): quiet hours 21:00–08:00 for service by sms.',
    ],
    [
      () => say(rowWith({ recent: [sent(noon - 2 * day, { touchId: 'a', cost: 3 })] }), request(), policy, [], noon),
      "Deferred until Sun 29 Nov 2026 11:00 (Europe/Berlin): budget 'marketing a week' is used up (3 of 3 in 7 days by a).",
    ],
    [
      () =>
        say(
          rowWith({ recent: [sent(noon - 2 * day, { touchId: 'a', cost: 2 })] }),
          request({ cost: 2 }),
          policy,
          [],
          noon,
        ),
      "Deferred until Sun 29 Nov 2026 11:00 (Europe/Berlin): budget 'marketing a week' has no room for a cost of 2 (2 of 3 in 7 days by a).",
    ],
    [
      () => explain(quietAndFull),
      'Deferred until Tue 1 Dec 2026 09:00 (Europe/Berlin): quiet hours 20:00–09:00 for marketing by email.',
    ],
    [
      () => say(rowWith({ recent: [sent(noon - hour, { touchId: 'a' })] }), request(), policy, [], noon),
      'Deferred until Wed 25 Nov 2026 10:00 (Europe/Berlin): it would come too soon: 24 hours apart, after a.',
    ],
    [
      () =>
        say(
          rowWith({ waiting: [waiting()] }, { zone: null, zonesPlausible: ['UTC'] }),
          request(),
          bare({ windows: [{ name: 'w', atMost: 1, in: '1 day' }] }),
          [],
          noon,
        ),
      'Deferred until Wed 25 Nov 2026 10:00 (UTC): others wait for the same place and go first (W).',
    ],
    [
      () => say(rowWith(), request({ rateOpensAt: noon + 1000 }), free, [], noon),
      'Deferred until Tue 24 Nov 2026 11:00 (Europe/Berlin): email can carry no more just now.',
    ],
    [
      () => say(rowWith({}, { zone: null }), request(), policy, [], noon),
      'Not sent: quiet hours 20:00–09:00 in a zone we do not know for marketing by email.',
    ],
    [
      () => say(rowWith({}, { held: { until: noon + hour, by: 'ana' } }), request(), free, [], noon),
      'Deferred until Tue 24 Nov 2026 12:00 (Europe/Berlin): a person has the conversation (held by ana).',
    ],
    [
      () => say(rowWith({}, { hold: { until: night, taskId: 'K-1' } }), request(), policy, [], noon),
      'Deferred until Wed 25 Nov 2026 09:00 (Europe/Berlin): a person has the conversation (task K-1); then held by quiet hours.',
    ],
    [
      () => say(rowWith(), request(), bare({ windows: [{ name: 'none', atMost: 0, in: '7 days' }] }), [], noon),
      "Not sent: budget 'none' is used up (0 of 0 in 7 days).",
    ],
    [
      () => say(sharing('mailbox'), request({ countsIn: ['k'] }), perAddress, [], noon),
      "Deferred until Wed 25 Nov 2026 10:00 (Europe/Berlin): budget 'w' is used up (1 of 1 in 1 day by a, counted over the mailbox they share).",
    ],
    [
      () => say(sharing('phone'), request({ channel: 'sms', cost: 1, countsIn: ['k'] }), perAddress, [], noon),
      "Deferred until Wed 25 Nov 2026 10:00 (Europe/Berlin): budget 'w' is used up (1 of 1 in 1 day by a, counted over the phone they share).",
    ],
    [
      () => say(sharing('account'), request({ countsIn: ['k'] }), perAccount, [], noon),
      'Deferred until Wed 25 Nov 2026 10:00 (Europe/Berlin): it would come too soon: 1 day apart, after a, counted over their account.',
    ],
    [
      () => {
        const waits = [waiting({ touchId: 'V', askedAt: noon - 1 }), waiting()];
        return say(
          rowWith({ waiting: waits }),
          request(),
          bare({ windows: [{ name: 'w', atMost: 1, in: '1 day' }] }),
          [],
          noon,
        );
      },
      'Deferred until Thu 26 Nov 2026 11:00 (Europe/Berlin): others wait for the same place and go first (V, W).',
    ],
    [
      () => {
        const answer = request({ madeBy: 'human', purpose: 'service', answersInboundAt: noon });
        return say(rowWith({}, { consents: [] }), answer, free, [{ scope: 'all', reason: 'fire' }], noon);
      },
      'Allowed by email: a turn of the conversation, which costs nothing; to be known: kill switch (all: fire), consent (no consent to service by email).',
    ],
    [
      () =>
        say(
          rowWith({ recent: [sent(noon - day, { purpose: 'service', cost: 4 })] }),
          request({ purpose: 'service' }),
          policy,
          [],
          noon,
        ),
      'Allowed by email: a week 5 of 6, services a week 5 of 4; to be known: windows (services a week).',
    ],
    [
      () => {
        const classes = { campaigns: ['offer'], winter: ['offer'], calm: ['inquiry'] };
        const windows = [{ name: 'w', atMost: 2, in: '1 day', journeys: ['campaigns', 'winter', 'offer'] }];
        const recent = [sent(noon - hour, { touchId: 'a' }), sent(noon - 2, { touchId: 'b' })];
        return say(rowWith({ recent }), request(), bare({ classes, windows }), [], noon);
      },
      "Deferred until Wed 25 Nov 2026 10:00 (Europe/Berlin): budget 'w' of 'campaigns' and 'winter' is used up (2 of 2 in 1 day by a, b).",
    ],
    // As it was stored by something older, which kept less.
    [
      () => explain({ ...deferred, explanation: { ...deferred.explanation, counters: [] } }),
      "Deferred until Mon 30 Nov 2026 11:00 (Europe/Berlin): budget 'w' is used up.",
    ],
    [
      () =>
        explain({
          ...deferred,
          explanation: { ...deferred.explanation, gate: 'spacing', rule: '1 day apart', usedBy: [] },
        }),
      'Deferred until Mon 30 Nov 2026 11:00 (Europe/Berlin): it would come too soon: 1 day apart.',
    ],
    [
      () => explain({ ...deferred, explanation: { ...deferred.explanation, gate: null } }),
      'Deferred until Mon 30 Nov 2026 11:00 (Europe/Berlin): nothing stands against it.',
    ],
    // In the first days of a month and hours of a day, figures have one digit or two.
    [
      () => say(rowWith({}, { hold: { until: at('2027-01-03T08:05:00Z'), taskId: 'K' } }), request(), free, [], noon),
      'Deferred until Sun 3 Jan 2027 09:05 (Europe/Berlin): a person has the conversation (task K).',
    ],
  ];
  const sharing = (kind: SharedKind) =>
    rowWith({
      shared: [{ key: 'k', kind, version: 1, recent: [sent(noon - hour, { touchId: 'a' })], waiting: [] }],
    });
  const perAddress = bare({ windows: [{ name: 'w', atMost: 1, in: '1 day', per: 'address' }] });
  const perAccount = bare({ spacing: [{ apart: '1 day', per: 'account' }] });
  test.each(sentences.map(([told, expected]) => [expected, told] as const))('%s', (expected, told) => {
    expect(told()).toBe(expected);
  });
});

describe('the way a touch reaches', () => {
  const facts: ReachFacts = {
    wroteOn: 'sms',
    preferred: null,
    addresses: { email: 'ana@example.org', sms: '+49151', voice: '+49151', push: '' },
    template: ['email', 'sms', 'whatsapp', 'push'],
    configured: ['email', 'sms', 'voice', 'whatsapp', 'push'],
    failed: [],
  };
  const chosen = (...args: Parameters<typeof chooseReach>): string[] => {
    const { candidates, skipped } = chooseReach(...args);
    return [...candidates.map((c) => `${c.way} → ${c.channel} ${c.address}`), ...skipped.map((s) => s.because)];
  };
  it.each([
    ['one channel', 'email', {}, ['email → email ana@example.org']],
    [
      'ways in order, each channel once',
      ['wrote-on', 'email', 'sms'],
      {},
      ['wrote-on → sms +49151', 'email → email ana@example.org'],
    ],
    [
      'ways we do not know',
      ['preferred', 'answers-on', 'email'],
      {},
      [
        'email → email ana@example.org',
        'preferred: they named no preference',
        'answers-on: they have not answered yet',
      ],
    ],
    [
      'no address',
      ['whatsapp', 'push', 'chat'],
      {},
      ['whatsapp: no number', 'push: no device', 'chat: not set up here'],
    ],
    [
      'no address of any kind',
      ['email', 'sms', 'voice', 'chat', 'wrote-on'],
      { addresses: {}, wroteOn: null, configured: ['email', 'sms', 'voice', 'chat'] },
      [
        'email: no address',
        'sms: no number',
        'voice: no number',
        'chat: no open chat',
        'wrote-on: they have not written yet',
      ],
    ],
    [
      'a template not written for it',
      ['voice', 'email'],
      {},
      ['email → email ana@example.org', 'voice: the template is not written for it'],
    ],
    [
      'what failed for this touch',
      ['sms', 'email'],
      { failed: ['sms'] },
      ['email → email ana@example.org', 'sms: it failed for this touch'],
    ],
    ['one left out is told once', ['wrote-on', 'sms'], { failed: ['sms'] }, ['sms: it failed for this touch']],
    ['what is not set up', ['email'], { configured: [] }, ['email: not set up here']],
    ['a preference', ['preferred', 'email'], { preferred: 'email' }, ['preferred → email ana@example.org']],
    ['where they answer', ['answers-on'], { answersOn: 'sms' }, ['answers-on → sms +49151']],
  ] as const)('%s', (_, reach, over, expected) => {
    expect(chosen(reach, { ...facts, ...over })).toEqual(expected);
  });
});

describe('the chooser', () => {
  const manner = { madeBy: 'tech', team: 'care', reach: ['sms'], fate: 'drop' } as const;
  const gold: Rule = {
    because: 'gold gets a person',
    when: { path: 'customer.plan', is: ['gold'] },
    madeBy: 'human',
    within: '1 business day',
  };
  const failed: Rule = {
    because: 'second failure',
    when: { path: 'run.failures', atLeast: 2 },
    madeBy: 'human',
    within: '4 business hours',
    team: 'leads',
    fate: 'toHuman',
  };
  const phone: Rule = {
    because: 'the phone is faster',
    when: { path: 'now.fastest', is: ['voice'] },
    reach: ['voice', 'wrote-on'],
  };
  const facts = (values: Record<string, string | number>) => (path: string) => values[path];
  it('leaves the manner alone when no rule holds', () => {
    const { manner: chosen, considered } = prefer(manner, [gold, failed, phone], facts({ 'run.failures': 1 }));
    expect(chosen).toEqual(manner);
    expect(considered).toEqual([
      { because: 'gold gets a person', holds: false, values: { 'customer.plan': null }, decided: [] },
      { because: 'second failure', holds: false, values: { 'run.failures': 1 }, decided: [] },
      { because: 'the phone is faster', holds: false, values: { 'now.fastest': null }, decided: [] },
    ]);
  });
  it('lets the first that holds decide, for each of who, how and fate', () => {
    const { manner: chosen, considered } = prefer(
      manner,
      [gold, failed, phone],
      facts({ 'customer.plan': 'gold', 'run.failures': 2, 'now.fastest': 'voice' }),
    );
    expect(chosen).toEqual({
      madeBy: 'human',
      within: '1 business day',
      team: 'care',
      reach: ['voice', 'wrote-on'],
      fate: 'toHuman',
    });
    expect(considered.map((c) => c.decided)).toEqual([['madeBy'], ['fate'], ['reach']]);
  });
  it('has no time where the rule names none', () => {
    const { madeBy, because, when } = gold;
    const chosen = prefer(manner, [{ because, when, ...(madeBy && { madeBy }) }], facts({ 'customer.plan': 'gold' }));
    expect(chosen.manner).toStrictEqual({ ...manner, madeBy: 'human' });
  });
  it('takes the team and the time with the person', () => {
    expect(prefer(manner, [failed], facts({ 'run.failures': 2 })).manner).toMatchObject({
      madeBy: 'human',
      within: '4 business hours',
      team: 'leads',
    });
  });
});
