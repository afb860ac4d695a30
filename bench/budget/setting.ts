/** A million customers of one company, each with twenty touches in the last ninety days, and the policy that counts them. */
import { createHash } from 'node:crypto';
import { readPolicy } from '../../core/budget/read-policy.ts';
import type { Policy } from '../../core/budget/policy.ts';
import type { RecentTouch } from '../../core/budget/row.ts';
import type { ReserveAsk } from '../../store/budget/index.ts';

export const schema = 'bench';
export const touchesEach = 20;
const dayMs = 86_400_000;

/** Three windows, as the peer's union has three; every customer has room for three touches more in each. */
export const windowsInDays = [7, 30, 90] as const;
export const roomInWindows = [5, 10, 30] as const;
export const policy = readPolicy(
  {
    format: 1,
    name: 'bench',
    team: 'care',
    cost: { email: 1, sms: 2, whatsapp: 2, voice: 4, push: 1, chat: 1 },
    windows: windowsInDays.map((days, n) => ({
      name: `in ${days} days`,
      atMost: roomInWindows[n] ?? 0,
      in: `${days} days`,
    })),
    spacing: [{ apart: '24 hours', channels: ['sms', 'whatsapp'] }],
    quiet: [{ from: '21:00', to: '08:00', channels: ['sms'] }],
    first: ['service', 'marketing'],
    risesEvery: '3 days',
    maxSilence: '4 business hours',
    holdAtMost: '2 business days',
    less: { atMost: 1, in: '30 days', for: '90 days' },
  } satisfies Policy,
  1,
);

/** Who has just had more than the week allows: whatever is asked for them is refused. */
export const hotCustomer = 'hot';
export const customerOf = (n: number): string => `c${String(n).padStart(7, '0')}`;
/** As random as an enrolment's id is, and the same in every process. */
export const enrolmentOf = (customerId: string): string =>
  `e_${createHash('sha1').update(customerId).digest('hex').slice(0, 20)}`;

/** One every four days and a bit, the newest two days ago; the hot one had as many yesterday as a week allows. */
export function ringOf(customerId: string, now: number): RecentTouch[] {
  const yesterday = customerId === hotCustomer ? roomInWindows[0] : 0;
  return Array.from({ length: touchesEach }, (_, back) => {
    const n = touchesEach - 1 - back;
    const at = now - (n < yesterday ? dayMs + n * 60_000 : (2 + n * 4.4) * dayMs);
    return {
      touchId: `${enrolmentOf(`${customerId}/${n}`)}/hint/1`,
      reservedAt: Math.round(at) - 600 - n,
      at: Math.round(at),
      cost: 1,
      channel: n % 3 === 0 ? 'push' : 'email',
      purpose: n % 4 === 0 ? 'service' : 'marketing',
      journey: `journey-${n % 3}`,
      state: 'sent',
    };
  });
}

/** A database may be measured twice. */
let touches = Math.floor(Math.random() * 1e8);
/** A touch that nobody has asked for, as a run of a journey asks for it. */
export function askOf(customerId: string, now: number, worker: number): ReserveAsk {
  const enrolmentId = enrolmentOf(customerId);
  const visit = (touches += 1) * 16 + worker;
  return {
    touchId: `${enrolmentId}/hint/${visit}`,
    ask: 1,
    customerId,
    journey: 'offer',
    purpose: 'marketing',
    madeBy: 'tech',
    assumes: [],
    candidates: [{ channel: 'email', address: `${customerId}@example.com` }],
    fate: 'drop',
    firstAskedAt: now,
    policy,
    about: { enrolmentId, version: 1, step: 'hint', visit, template: 'offer-hint' },
  };
}
