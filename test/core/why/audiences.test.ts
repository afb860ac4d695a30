/** One decision, told to people at the desk and to the customer: over decisions that are made, not written down. */
import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { askForTouch } from '../../../core/budget/ask.ts';
import type { TouchAsk } from '../../../core/budget/touch-ask.ts';
import type { Fate } from '../../../core/journey/table.ts';
import type { Policy } from '../../../core/budget/policy.ts';
import type { BudgetRow, Killed } from '../../../core/budget/row.ts';
import { readPolicy } from '../../../core/budget/read-policy.ts';
import { tellAgent } from '../../../core/why/for-agent.ts';
import { tellCustomer } from '../../../core/why/for-customer.ts';
import { languageOf, languages, sayWhen } from '../../../core/why/language.ts';
import { becauseOf, nothing, type Reason, type Standing } from '../../../core/why/standing.ts';
import { at, day, hour, justEnough, noon, request, rowWith, sent, waiting } from '../budget/fixtures.ts';
import { decide } from '../../../core/budget/decide.ts';
import { bare } from '../budget/fixtures.ts';

// What designers, our own people and other customers are called here occurs in no sentence by chance.
const named = (what: string): fc.Arbitrary<string> =>
  fc.stringMatching(/^[a-z]{4,9}$/).map((name) => `xq-${what}-${name}`);
const channel = fc.constantFrom('email' as const, 'sms' as const, 'chat' as const);
const fate = fc.constantFrom<Fate>(
  'drop',
  'toHuman',
  { fate: 'wait', atMost: '30 days', then: 'drop' },
  { fate: 'wait', atMost: '3 days', then: 'toHuman' },
);
const world = fc
  .record({
    policy: named('po'),
    windows: fc.tuple(named('w1'), named('w2')),
    room: fc.integer({ min: 0, max: 4 }),
    alsoADay: fc.boolean(),
    journey: named('jo'),
    step: named('st'),
    other: named('ot'),
    purpose: fc.constantFrom('service', 'marketing', 'relationship'),
    fact: named('fa'),
    assumption: named('as'),
    actor: named('ac'),
    channels: fc.uniqueArray(channel, { maxLength: 2 }),
    fate,
    madeBefore: fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 6 }),
    now: fc.integer({ min: 0, max: 20 * 24 }).map((h) => noon + h * hour),
    against: fc.constantFrom(
      'nothing',
      'nothing',
      'guard',
      'stop',
      'no consent',
      'hold',
      'pause',
      'less',
      'switch',
      'rate',
      'waiting',
      'waiting',
      'hours',
      'channels',
      'shared',
    ),
    zone: fc.constantFrom('Europe/Berlin', 'Asia/Kathmandu', null),
  })
  .map((w) => ({ ...w, ids: [w.policy, ...w.windows, w.journey, w.step, w.other, w.fact, w.assumption, w.actor] }));
type World = Parameters<Parameters<typeof world.map>[0]>[0];

function decided(w: World): Standing {
  const policy: Policy = {
    ...justEnough,
    name: w.policy,
    windows: [
      { name: w.windows[0], atMost: w.room, in: '7 days', ...(w.against === 'shared' ? { per: 'account' } : {}) },
      ...(w.alsoADay ? [{ name: w.windows[1], atMost: 2, in: 'calendar day' }] : []),
    ],
    spacing: w.alsoADay ? [{ apart: '3 hours' }] : [],
  };
  const touchId = (n: number): string => `${w.other}-${n}/${w.step}/1`;
  const all = { consents: w.against === 'no consent' ? [] : undefined };
  const row: BudgetRow = rowWith(
    {
      recent: w.madeBefore.map((h, n) => sent(w.now - h * hour, { touchId: touchId(n), journey: w.other })),
      waiting:
        w.against === 'waiting' ? [waiting({ touchId: touchId(99), journey: w.other, askedAt: w.now - 30 * day })] : [],
      // Of somebody else in the same account, whose touches fill it.
      ...(w.against === 'shared'
        ? {
            shared: [
              {
                key: w.actor,
                kind: 'account',
                version: 1,
                waiting: [],
                recent: [1, 2, 3, 4].map((n) =>
                  sent(w.now - n * hour, { touchId: `${w.fact}-${String(n)}`, journey: w.other }),
                ),
              },
            ],
          }
        : {}),
    },
    {
      ...(all.consents && { consents: [] }),
      zone: w.zone,
      guards: w.against === 'guard' ? [{ fact: w.fact, contradicts: [w.assumption], reviewAt: w.now }] : [],
      suppressions: w.against === 'stop' ? [{ channel: 'all', at: w.now, reason: w.actor }] : [],
      hold: w.against === 'hold' ? { until: w.now + day, taskId: w.actor } : null,
      own:
        w.against === 'pause'
          ? { pausedUntil: w.now + day }
          : w.against === 'less'
            ? { less: { atMost: 0, in: '30 days', until: w.now + 90 * day } }
            : w.against === 'hours'
              ? { hours: [{ from: '09:00', to: '09:30' }] }
              : w.against === 'channels'
                ? { channels: ['voice'] }
                : null,
    },
  );
  const killed: Killed = w.against === 'switch' ? [{ scope: 'all', reason: w.actor }] : [];
  const ask: TouchAsk = {
    touchId: touchId(100),
    ask: 1,
    customerId: 'C-1',
    journey: w.journey,
    purpose: w.purpose,
    madeBy: 'tech',
    assumes: [w.assumption],
    candidates: w.channels.map((c) => ({ channel: c, ...(w.against === 'shared' ? { countsIn: [w.actor] } : {}) })),
    fate: w.fate,
    firstAskedAt: w.now,
    ...(w.against === 'rate' ? { rateOpensAt: { email: w.now + hour, sms: w.now + hour, chat: w.now + hour } } : {}),
  };
  const { answer, record } = askForTouch(row, ask, readPolicy(policy, 7), killed, w.now);
  const to = 'channel' in answer ? answer.channel : null;
  const states = { reserved: 'reserved', deferred: 'deferred', 'to-human': 'with-person', dropped: 'refused' } as const;
  return {
    state: states[answer.is],
    channel: to,
    sentAt: null,
    until: 'until' in answer ? answer.until : null,
    zone: w.zone,
    because: becauseOf(record.tried, to, 'because' in answer ? answer.because : null),
  };
}

const runs = Number(process.env['WHY_CASES'] ?? 1_000);

describe('What a customer is told of a decision', () => {
  it('names no rule, window, journey, step, guard or policy, nobody else, and says what happens next', () => {
    const seen = new Set<Reason | null>();
    fc.assert(
      fc.property(world, (w) => {
        const standing = decided(w);
        seen.add(standing.because.reason);
        for (const language of languages) {
          const said = tellCustomer(standing, language);
          for (const name of w.ids) expect(said).not.toContain(name);
          const { rule } = standing.because.explanation ?? {};
          if (rule !== undefined) expect(said).not.toContain(rule);
          expect(said).not.toMatch(/undefined|null|\{|\/|marketing|service|relationship|budget|window|policy|journey/i);
          expect(said).toMatch(/^[A-ZÄÖÜ].*\.$/);
          if (standing.state === 'deferred')
            expect(said).toContain(sayWhen(standing.until ?? Number.NaN, w.zone, language));
          if (standing.state === 'with-person')
            expect(said).toMatch(/will be in touch with you\.$|meldet sich bei Ihnen\.$/);
          if (standing.state === 'deferred' || standing.state === 'refused') expect(said).toMatch(/, (because|weil) /);
        }
      }),
      { numRuns: runs, seed: 19 },
    );
    // The corpus holds every reason there is.
    expect([...seen].map(String).sort()).toEqual([
      'a person has it',
      'enough',
      'enough for all',
      'just now',
      'no way',
      'not agreed',
      'not the moment',
      'null',
      'others go first',
      'stopped by us',
      'the hour',
      'their channels',
      'their hours',
      'they asked for less',
      'they paused',
      'they stopped',
      'too many at once',
    ]);
  });
});

describe('What people at the desk are told', () => {
  it('names no id, and has a reason wherever it did not go', () => {
    fc.assert(
      fc.property(world, (w) => {
        const standing = decided(w);
        for (const language of languages) {
          const said = tellAgent(standing, language);
          for (const id of [w.journey, w.step, w.other, w.policy, ...w.windows]) expect(said).not.toContain(id);
          expect(said).not.toMatch(/undefined|null|: \./);
        }
      }),
      { numRuns: runs, seed: 19 },
    );
  });
});

const full = bare({ windows: [{ name: 'three a week', atMost: 3, in: '7 days', purposes: ['marketing'] }] });
const three = [1, 2, 3].map((n) => sent(noon - n * day));
function standingOf(row: BudgetRow, more: Partial<Standing> = {}): Standing {
  const decision = decide(row, request(), full, [], noon);
  const until = decision.decided === 'deferred' ? decision.until : null;
  const because = becauseOf([{ channel: 'email', decision }], 'email', null);
  return {
    state: until === null ? 'refused' : 'deferred',
    channel: 'email',
    sentAt: null,
    until,
    zone: 'Europe/Berlin',
    because,
    ...more,
  };
}

test('one decision, as designers, people at the desk and customers hear it', () => {
  const standing = standingOf(rowWith({ recent: three }));
  expect(tellAgent(standing, 'en')).toBe(
    'It waits until Saturday, 28 Nov 2026 at 11:00: they have heard enough (3 of at most 3 in 7 days).',
  );
  expect(tellAgent(standing, 'de')).toBe(
    'Es wartet bis Samstag, 28. November 2026 um 11:00 Uhr: es ist genug (3 von höchstens 3 in 7 Tagen).',
  );
  expect(tellCustomer(standing, 'en')).toBe(
    'We have something to tell you and are waiting with it, because you have heard enough from us lately. You will hear from us on Saturday, 28 Nov 2026 at 11:00 at the earliest.',
  );
  expect(tellCustomer(standing, 'de')).toBe(
    'Wir haben Ihnen etwas mitzuteilen und warten damit, weil Sie in letzter Zeit schon genug von uns gehört haben. Sie hören frühestens am Samstag, 28. November 2026 um 11:00 Uhr von uns.',
  );
});

test('a guard is told to people at the desk by its name, and to the customer as no more than a moment', () => {
  const gates = { guards: [{ fact: 'bereavement', contradicts: ['cheerful'], reviewAt: noon }] };
  const decision = decide(rowWith({}, gates), request({ assumes: ['cheerful'] }), full, [], noon);
  const standing: Standing = {
    state: 'refused',
    channel: null,
    sentAt: null,
    until: null,
    zone: null,
    because: becauseOf([{ channel: 'email', decision }], null, 'guard'),
  };
  expect(tellAgent(standing, 'en')).toContain('(bereavement contradicts cheerful)');
  expect(tellCustomer(standing, 'en')).toBe('We did not contact you, because it did not seem to be the right moment.');
});

test.each([
  [
    'sent',
    'We contacted you by e-mail on Tuesday, 24 Nov 2026 at 11:00.',
    'Wir haben Sie am Dienstag, 24. November 2026 um 11:00 Uhr per E-Mail kontaktiert.',
  ],
  ['sending', 'A message to you is on its way by e-mail.', 'Eine Nachricht an Sie ist per E-Mail unterwegs.'],
  [
    'unknown',
    'We contacted you by e-mail and do not know yet whether it arrived. We are finding out.',
    'Wir haben Sie per E-Mail kontaktiert und wissen noch nicht, ob es Sie erreicht hat. Wir finden es heraus.',
  ],
  [
    'failed',
    'We tried to contact you by e-mail, and it did not arrive.',
    'Wir haben versucht, Sie per E-Mail zu erreichen; es ist nicht angekommen.',
  ],
  [
    'withdrawn',
    'We had a message for you, and it is no longer needed.',
    'Wir hatten eine Nachricht für Sie, die nicht mehr nötig ist.',
  ],
  [
    'with-person',
    'One of our people takes care of it and will be in touch with you.',
    'Jemand von uns kümmert sich darum und meldet sich bei Ihnen.',
  ],
] as const)('a touch that is %s', (state, en, de) => {
  const standing: Standing = {
    state,
    channel: 'email',
    sentAt: state === 'sent' ? at('2026-11-24T10:00:00Z') : null,
    until: null,
    zone: 'Europe/Berlin',
    because: nothing,
  };
  expect(tellCustomer(standing, 'en')).toBe(en);
  expect(tellCustomer(standing, 'de')).toBe(de);
});

test.each([
  ['de', 'de'],
  ['de-CH', 'de'],
  ['en', 'en'],
  ['fr', 'en'],
  ['den', 'en'],
  ['', 'en'],
])('locale %p is answered in %s', (locale, language) => {
  expect(languageOf(locale)).toBe(language);
});
