/** A customer in Berlin with nothing against them, the sample policy, and verbs to change either. */
import { readPolicy, type ReadPolicy } from '../../../core/budget/read-policy.ts';
import type { TouchRequest } from '../../../core/budget/decision.ts';
import type { Policy } from '../../../core/budget/policy.ts';
import type { BudgetRow, Gates, RecentTouch, WaitingTouch } from '../../../core/budget/row.ts';
import { channels } from '../../../core/journey/channels.ts';

export const at = (iso: string): number => Date.parse(iso);
export const iso = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z');
/** A Tuesday, 11:00 in Berlin. */
export const noon = at('2026-11-24T10:00:00Z');
export const hour = 3_600_000;
export const day = 24 * hour;

export const justEnough: Policy = {
  format: 1,
  name: 'just-enough',
  team: 'success',
  cost: { chat: 0, push: 1, email: 1, sms: 2, whatsapp: 2, voice: 4 },
  windows: [
    { name: 'a week', atMost: 6, in: '7 days', keep: { cost: 2, for: ['service', 'relationship'] } },
    { name: 'marketing a week', atMost: 3, in: '7 days', purposes: ['marketing'] },
    { name: 'texts a day', atMost: 4, in: 'calendar day', channels: ['sms', 'whatsapp'] },
    { name: 'services a week', atMost: 4, in: '7 days', purposes: ['service'], over: 'alert' },
  ],
  spacing: [
    { apart: '1 hour', purposes: ['service'] },
    { apart: '24 hours', purposes: ['marketing'] },
  ],
  quiet: [
    { from: '21:00', to: '08:00', channels: ['sms', 'whatsapp', 'voice', 'push'] },
    { from: '00:00', to: '24:00', on: ['Sunday'], channels: ['voice'] },
    { from: '20:00', to: '09:00', purposes: ['marketing'] },
  ],
  first: ['service', 'relationship', 'renewal', 'marketing'],
  risesEvery: '3 days',
  maxSilence: '4 business hours',
  holdAtMost: '2 business days',
  less: { atMost: 1, in: '30 days', for: '90 days' },
  legalHours: 'none', // tests of laws name the laws they are about
};
export const policyWith = (over: Partial<Policy>): ReadPolicy => readPolicy({ ...justEnough, ...over }, 7);
export const policy = policyWith({});
/** Nothing but what a test names. */
export const bare = (over: Partial<Policy>): ReadPolicy => policyWith({ windows: [], spacing: [], quiet: [], ...over });

export const purposes = ['service', 'relationship', 'marketing'] as const;
export const gatesWith = (over: Partial<Gates> = {}): Gates => ({
  consents: channels.flatMap((channel) => purposes.map((purpose) => ({ channel, purpose, granted: true }))),
  suppressions: [],
  guards: [],
  hold: null,
  zone: 'Europe/Berlin',
  zonesPlausible: [],
  own: null,
  inboundOpen: [],
  ...over,
});
export const rowWith = (over: Partial<Omit<BudgetRow, 'gates'>> = {}, gates: Partial<Gates> = {}): BudgetRow => ({
  customerId: 'C-1',
  version: 1,
  recent: [],
  waiting: [],
  ...over,
  gates: gatesWith(gates),
});

let made = 0;
export function sent(when: number, over: Partial<RecentTouch> = {}): RecentTouch {
  made += 1;
  return {
    touchId: `sent-${String(made)}`,
    reservedAt: when,
    at: when,
    cost: 1,
    channel: 'email',
    purpose: 'marketing',
    journey: 'offer',
    state: 'sent',
    ...over,
  };
}
export const request = (over: Partial<TouchRequest> = {}): TouchRequest => ({
  touchId: 'T',
  customerId: 'C-1',
  journey: 'offer',
  purpose: 'marketing',
  channel: 'email',
  madeBy: 'tech',
  assumes: [],
  askedAt: noon,
  ...over,
});
export const waiting = (over: Partial<WaitingTouch> = {}): WaitingTouch => ({
  touchId: 'W',
  journey: 'inquiry',
  purpose: 'service',
  channel: 'email',
  cost: 1,
  askedAt: noon,
  until: noon + day,
  givesUpAt: noon + 30 * day,
  ...over,
});
