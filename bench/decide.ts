/** What one decision costs a processor, without any database: a ring of 128 touches, ten rules, 32 that wait. */
import { decide as decideOn } from '../core/budget/decide.ts';
import { readPolicy, type ReadPolicy } from '../core/budget/read-policy.ts';
import type { Decision, TouchRequest } from '../core/budget/decision.ts';
import type { BudgetRow, RecentTouch, WaitingTouch } from '../core/budget/row.ts';
import { channels } from '../core/journey/channels.ts';
import type { Bench } from './main.ts';
import { median } from './measure.ts';

const limitUs = 20;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A Tuesday, 11:00 in Berlin. */
const now = Date.UTC(2026, 10, 24, 10);
const purposes = ['service', 'relationship', 'marketing'];
const journeys = ['inquiry', 'offer', 'renewal', 'appointment'];

/** Ten rules: six windows, two spacings, two spans of quiet hours. `more`: how much more than usual the windows allow. */
const policyWith = (more: number): ReadPolicy =>
  readPolicy(
    {
      format: 1,
      name: 'bench',
      team: 'success',
      cost: { chat: 0, push: 1, email: 1, sms: 2, whatsapp: 2, voice: 4 },
      classes: { campaigns: ['offer', 'renewal'] },
      windows: [
        { name: 'a quarter', atMost: 200 * more, in: '90 days' },
        { name: 'a month', atMost: 60 * more, in: 'calendar month', keep: { cost: 4, for: ['service'] } },
        { name: 'a week', atMost: 20 * more, in: '7 days', keep: { cost: 4, for: ['service', 'relationship'] } },
        { name: 'marketing a week', atMost: 14 * more, in: '7 days', purposes: ['marketing'] },
        { name: 'campaigns a month', atMost: 40 * more, in: '30 days', journeys: ['campaigns'] },
        { name: 'texts a day', atMost: 8 * more, in: 'calendar day', channels: ['sms', 'whatsapp'] },
      ],
      spacing: [
        { apart: '1 hour', purposes: ['service'] },
        { apart: '20 hours', channels: ['sms'] },
      ],
      quiet: [
        { from: '21:00', to: '08:00', channels: ['sms', 'whatsapp', 'voice', 'push'] },
        { from: '20:00', to: '09:00', purposes: ['marketing'] },
      ],
      first: ['service', 'relationship', 'campaigns', 'marketing'],
      risesEvery: '3 days',
      maxSilence: '4 business hours',
      holdAtMost: '2 business days',
      less: { atMost: 1, in: '30 days', for: '90 days' },
    },
    1,
  );
const usual = policyWith(1);
const roomy = policyWith(10);

const pick = <T>(of: readonly [T, ...T[]] | readonly T[], n: number): T => of[n % of.length] as T;
/** The ring, one every `everyMs`, the newest an hour and a half ago. */
const ring = (everyMs: number): RecentTouch[] =>
  Array.from({ length: 128 }, (_, n) => ({
    touchId: `019a0000-0000-7000-8000-00000000${String(n)}/touch/1`,
    reservedAt: now - 1.5 * hourMs - (127 - n) * everyMs - 60_000,
    at: now - 1.5 * hourMs - (127 - n) * everyMs,
    cost: n % 8 === 0 ? 0 : 1,
    channel: pick(['email', 'push', 'sms', 'email'] as const, n),
    purpose: pick(purposes, n),
    journey: pick(journeys, n),
    state: 'sent',
  }));
const waiting = (purpose: (n: number) => string): WaitingTouch[] =>
  Array.from({ length: 32 }, (_, n) => ({
    touchId: `019a0000-0000-7000-8000-00000001${String(n)}/touch/1`,
    journey: pick(journeys, n),
    purpose: purpose(n),
    channel: pick(['email', 'push', 'sms'] as const, n),
    cost: 1,
    askedAt: now - n * hourMs,
    until: now + dayMs,
    givesUpAt: now + 14 * dayMs,
  }));
const row = (everyMs: number, waits: readonly WaitingTouch[]): BudgetRow => ({
  customerId: 'C-1',
  version: 1,
  recent: ring(everyMs),
  waiting: waits,
  gates: {
    consents: channels.flatMap((channel) => purposes.map((purpose) => ({ channel, purpose, granted: true }))),
    suppressions: [],
    guards: [{ fact: 'flood-area', contradicts: ['home-is-fine'], reviewAt: now }],
    hold: null,
    zone: 'Europe/Berlin',
    zonesPlausible: [],
    own: null,
    inboundOpen: [],
  },
});
const request = (change: Partial<TouchRequest>): TouchRequest => ({
  touchId: 'T',
  customerId: 'C-1',
  journey: 'offer',
  purpose: 'marketing',
  channel: 'email',
  madeBy: 'tech',
  assumes: ['celebratory'],
  askedAt: now,
  ...change,
});

interface Case {
  readonly name: string;
  readonly policy: ReadPolicy;
  readonly row: BudgetRow;
  readonly request: TouchRequest;
  /** The answer it must get: a bench that measures another case than it says is none. */
  readonly answer: string;
}
const behind = waiting(() => 'marketing');
const before = waiting((n) => pick(['relationship', 'service'], n));
const mixed = waiting((n) => pick(purposes, n));
const cases: readonly Case[] = [
  {
    name: 'allowed beside 32 that go after it',
    policy: usual,
    row: row(17 * hourMs, behind),
    request: request({ purpose: 'service' }),
    answer: 'allowed',
  },
  {
    name: 'allowed beside 32 that go first, with room for all',
    policy: roomy,
    row: row(17 * hourMs, before),
    request: request({}),
    answer: 'allowed',
  },
  {
    name: 'refused by a full window',
    policy: usual,
    row: row(6 * hourMs, mixed),
    request: request({}),
    answer: 'windows',
  },
  {
    name: 'refused by spacing',
    policy: roomy,
    row: row(6 * hourMs, mixed),
    request: request({ channel: 'sms' }),
    answer: 'spacing',
  },
  {
    name: 'yields to 32 that go first, and finds their places',
    policy: usual,
    row: row(17 * hourMs, before),
    request: request({}),
    answer: 'priority',
  },
];

export const decide: Bench = async ({ quick, tell }) => {
  for (const { name, policy, row: on, request: asked, answer } of cases) {
    const decision = decideOn(on, asked, policy, [], now);
    if (said(decision) !== answer) throw new Error(`'${name}' was ${said(decision)}, and should be ${answer}`);
    const us = timed(() => decideOn(on, asked, policy, [], now), quick ? 200 : 3_000);
    tell(`${name}: ${us.toFixed(1)} µs, ${(us / limitUs).toFixed(2)} × the limit of ${String(limitUs)} µs`);
  }
  await Promise.resolve();
};

const said = (decision: Decision): string => (decision.decided === 'allowed' ? 'allowed' : decision.because);

/** The median of rounds of 100, after as many to warm up. */
function timed(work: () => unknown, rounds: number): number {
  const took: number[] = [];
  for (let round = 0; round < 2 * rounds; round += 1) {
    const began = performance.now();
    for (let n = 0; n < 100; n += 1) work();
    if (round >= rounds) took.push((performance.now() - began) * 10);
  }
  return median(took);
}
