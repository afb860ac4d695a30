/** A crowd, and journeys that say one thing to it: in pages, or with a run for each. */
import { sql } from 'kysely';
import type { Journey } from '../core/journey/table.ts';
import { setAudience } from '../store/audiences/audiences.ts';
import type { Db } from '../store/open.ts';
import { notifyPump } from '../store/outbox.ts';
import { publish } from '../store/publish.ts';

/** With an address and a consent, all of one segment. */
export async function crowd(db: Db, prefix: string, count: number): Promise<void> {
  const at = new Date();
  const id = sql`${prefix}::text || '-' || lpad(n::text, 7, '0')`;
  const gates = JSON.stringify({
    consents: [{ channel: 'email', purpose: 'marketing', granted: true }],
    zone: 'Etc/UTC',
  });
  const page = 20_000;
  for (let from = 1; from <= count; from += page) {
    const numbers = sql`generate_series(${from}::int, ${Math.min(count, from + page - 1)}::int) n`;
    const fields = JSON.stringify({ firstName: 'Ana', segment: prefix });
    await sql`insert into customers (id, zone, fields, created_at, updated_at)
      select ${id}, 'Etc/UTC', ${fields}::jsonb, ${at}, ${at} from ${numbers}`.execute(db);
    await sql`insert into budgets (customer_id, gates) select ${id}, ${gates}::json from ${numbers}`.execute(db);
    await sql`insert into addresses (customer_id, channel, address, created_at)
      select ${id}, 'email', ${id} || '@customers.test', ${at} from ${numbers}`.execute(db);
  }
  await setAudience(db, {
    name: prefix,
    condition: { path: 'customer.segment', is: [prefix] },
    by: 'bench',
    now: at.getTime(),
  });
}

export async function publishTo(db: Db, audience: string, how: 'bulk' | 'runs'): Promise<void> {
  const now = Date.now();
  const published = await publish(db, {
    words,
    policy,
    templates,
    journeys: [{ definition: journey(audience, now, how) }],
    by: 'bench',
    now,
  });
  if ('refused' in published) throw new Error(published.because);
  await notifyPump(db);
}

/** What may end it early gives everybody a run of their own. */
const journey = (audience: string, now: number, how: 'bulk' | 'runs'): Journey => ({
  format: 1,
  name: audience,
  team: 'care',
  entry: { audience, at: new Date(now - 60_000).toISOString().slice(0, 16).replace('T', ' ') },
  exits: how === 'bulk' ? {} : { 'offer-taken': 'taken' },
  start: 'review',
  anyTime: {},
  steps: {
    review: {
      kind: 'touch',
      team: 'care',
      madeBy: 'tech',
      purpose: 'marketing',
      reach: 'email',
      fate: { fate: 'wait', atMost: '3 days', then: 'drop' },
      say: 'year-in-review',
      next: 'end:finished',
    },
    'end:finished': { kind: 'end', as: 'finished', next: null },
  },
  expect: [],
});

const words = {
  format: 1,
  events: { 'offer-taken': {} },
  causes: [],
  customer: {},
  teams: { care: { open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin' } },
  purposes: [],
  templates: ['year-in-review'],
  audiences: ['warm', 'all', 'each'],
  articles: [],
  lookUps: {},
  actions: {},
  guards: {},
} as const;

const policy = {
  format: 1,
  name: 'bench',
  team: 'care',
  cost: { chat: 0, push: 1, email: 1, sms: 2, whatsapp: 2, voice: 4 },
  windows: [
    { name: 'a week', atMost: 6, in: '7 days' },
    { name: 'marketing a week', atMost: 3, in: '7 days', purposes: ['marketing'] },
  ],
  spacing: [{ apart: '24 hours', purposes: ['marketing'] }],
  quiet: [],
  first: ['service', 'marketing'],
  risesEvery: '3 days',
  maxSilence: '4 hours',
  holdAtMost: '2 days',
  less: { atMost: 1, in: '30 days', for: '90 days' },
} as const;

const templates = [
  {
    name: 'year-in-review',
    locale: 'en',
    purpose: 'marketing',
    assumes: [],
    needs: [],
    channels: { email: { subject: 'Your year with us' } },
    body: 'Hello {{ customer.firstName }},\n\na year is coming to its end, and you were with us in it. Thank you.',
  },
];
