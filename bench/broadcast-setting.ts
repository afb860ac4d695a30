/** A crowd, and journeys that say one thing to it: in pages, or with a run for each. */
import type { Journey } from '../core/journey/table.ts';
import { setAudience } from '../store/audiences/audiences.ts';
import type { Db } from '../store/open.ts';
import { notifyPump } from '../store/outbox.ts';
import { publish } from '../store/publish.ts';
import * as company from '../test/store/setting.ts';
import { crowd as onePage, oneWord } from '../test/story/audience.ts';

/** With an address and a consent, all of one segment: too many for one statement. */
export async function crowd(db: Db, segment: string, count: number): Promise<void> {
  const now = Date.now();
  const page = 20_000;
  for (let from = 0; from < count; from += page)
    await onePage(db, {
      prefix: `${segment}-${String(from / page)}`,
      count: Math.min(page, count - from),
      now,
      zone: 'Etc/UTC',
      fields: { segment },
    });
  await setAudience(db, {
    name: segment,
    condition: { path: 'customer.segment', is: [segment] },
    by: 'bench',
    now,
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
const journey = (audience: string, now: number, how: 'bulk' | 'runs'): Journey =>
  oneWord(
    audience,
    new Date(now - 60_000).toISOString().slice(0, 16).replace('T', ' '),
    { team: 'care' },
    { team: 'care', exits: how === 'bulk' ? {} : { 'offer-taken': 'taken' } },
  );

const words = {
  ...company.words,
  events: { 'offer-taken': {} },
  templates: ['year-in-review'],
  audiences: ['warm', 'all', 'each'],
};

const policy = {
  ...company.policy,
  name: 'bench',
  windows: [
    { name: 'a week', atMost: 6, in: '7 days' },
    { name: 'marketing a week', atMost: 3, in: '7 days', purposes: ['marketing'] },
  ],
  spacing: [{ apart: '24 hours', purposes: ['marketing'] }],
  first: ['service', 'marketing'],
};

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
