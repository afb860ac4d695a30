import { sql } from 'kysely';
import { readPolicy, type ReadPolicy } from '../../../core/budget/read-policy.ts';
import type { Policy } from '../../../core/budget/policy.ts';
import type { Gates } from '../../../core/budget/row.ts';
import type { Db } from '../../../store/open.ts';
import type { ReserveAsk } from '../../../store/budget/index.ts';

/** Tuesday noon in Berlin, when nothing is quiet. */
export const noon = Date.UTC(2026, 10, 24, 11);
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export const policyOf = (change: Partial<Policy> = {}): ReadPolicy =>
  readPolicy(
    {
      format: 1,
      name: 'test',
      team: 'care',
      cost: { email: 1, sms: 2, whatsapp: 2, voice: 4, push: 1, chat: 1 },
      windows: [{ name: 'a week', atMost: 3, in: '7 days' }],
      spacing: [],
      quiet: [],
      first: ['service', 'marketing'],
      risesEvery: '3 days',
      maxSilence: '4 business hours',
      holdAtMost: '2 business days',
      less: { atMost: 1, in: '30 days', for: '90 days' },
      ...change,
    },
    1,
  );

export class SetClock {
  at = noon;
  now = (): number => this.at;
}

const consented: Partial<Gates> = {
  zone: 'Europe/Berlin',
  consents: (['email', 'sms'] as const).flatMap((channel) =>
    ['marketing', 'service'].map((purpose) => ({ channel, purpose, granted: true })),
  ),
};

/** `c0`, `c1` … who may be written to by e-mail and SMS. */
export async function addCustomers(db: Db, ids: readonly string[], gates: Partial<Gates> = {}): Promise<void> {
  const text = JSON.stringify({ ...consented, ...gates });
  const all = sql`unnest(${[...ids]}::text[]) as id`;
  await sql`insert into customers (id, zone, created_at, updated_at) select id, 'Europe/Berlin', now(), now() from ${all}`.execute(
    db,
  );
  await sql`insert into budgets (customer_id, gates) select id, ${text}::json from ${all}`.execute(db);
}

export const askOf = (touchId: string, customerId: string, change: Partial<ReserveAsk> = {}): ReserveAsk => ({
  touchId,
  ask: 1,
  customerId,
  journey: 'offer',
  purpose: 'marketing',
  madeBy: 'tech',
  assumes: [],
  candidates: [{ channel: 'email', address: `${customerId}@example.com` }],
  fate: 'drop',
  firstAskedAt: noon,
  policy: policyOf(),
  about: { step: 'hint', visit: 1, version: 1 },
  ...change,
});

/** An enrolment of this id, with its journey and what that was published with. */
export async function addEnrolment(db: Db, id: string, customerId: string): Promise<void> {
  await sql`insert into definitions (hash, kind, number, data, published_at)
    values ('w', 'words', 1, '{}', now()), ('p', 'policy', 1, '{}', now()), ('t', 'templates', 1, '{}', now())
    on conflict do nothing`.execute(db);
  await sql`insert into journeys (name, version, hash, definition, hears, words_hash, policy_hash, templates_hash, published_at, published_by)
    values ('offer', 1, 'h', '{}', '{}', 'w', 'p', 't', now(), 'ana') on conflict do nothing`.execute(db);
  await sql`insert into enrolments (id, customer_id, journey, version, rules, entry_key, state, started_at)
    values (${id}, ${customerId}, 'offer', 1, 1, ${id}, 'running', now())`.execute(db);
}
