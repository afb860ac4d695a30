/** A crowd, written at once: customers with an address and a consent, as if each had been put by hand. */
import { sql } from 'kysely';
import type { TouchStep } from '../../core/journey/table-steps.ts';
import type { Journey } from '../../core/journey/table.ts';
import type { Definitions } from '../../store/definitions.ts';
import { addMembers, setAudience } from '../../store/audiences/audiences.ts';
import { listBroadcasts, type Broadcast } from '../../store/broadcasts/row.ts';
import { latestDefinition } from '../../store/definitions.ts';
import type { Db } from '../../store/open.ts';
import { notifyPump } from '../../store/outbox.ts';
import { publish } from '../../store/publish.ts';

export interface Crowd {
  readonly prefix: string;
  readonly count: number;
  readonly now: number;
  readonly zone?: string | null;
  readonly fields?: Readonly<Record<string, string | boolean>>;
  readonly wants?: boolean;
  /** 'email' unless given. */
  readonly channel?: 'email' | 'sms';
}

/** 'PREFIX-00001' … */
export async function crowd(
  db: Db,
  { prefix, count, now, zone = 'Europe/Berlin', fields, wants = true, channel = 'email' }: Crowd,
): Promise<void> {
  const at = new Date(now);
  const id = sql`${prefix}::text || '-' || lpad(n::text, greatest(5, length(n::text)), '0')`;
  const gates = JSON.stringify({
    consents: wants ? [{ channel, purpose: 'marketing', granted: true }] : [],
    zone,
  });
  await sql`insert into customers (id, zone, fields, created_at, updated_at)
    select ${id}, ${zone}, ${JSON.stringify({ firstName: 'Ana', ...fields })}::jsonb, ${at}, ${at} from generate_series(1, ${count}::int) n`.execute(
    db,
  );
  await sql`insert into budgets (customer_id, gates) select ${id}, ${gates}::json from generate_series(1, ${count}::int) n`.execute(
    db,
  );
  await sql`insert into addresses (customer_id, channel, address, created_at)
    select ${id}, ${channel}::text, ${channel === 'email' ? sql`${id} || '@customers.test'` : sql`'+49171' || lpad(n::text, 7, '0')`}, ${at} from generate_series(1, ${count}::int) n`.execute(
    db,
  );
}

/** One word to an audience, in the clothes of the sample. */
export function oneWord(
  name: string,
  at: string,
  touch: Partial<TouchStep> = {},
  more: Partial<Journey> = {},
): Journey {
  return {
    format: 1,
    name,
    team: 'success',
    entry: { audience: name, at },
    exits: {},
    anyTime: {},
    start: 'review',
    steps: {
      review: {
        kind: 'touch',
        team: 'success',
        madeBy: 'tech',
        purpose: 'marketing',
        reach: 'email',
        fate: { fate: 'wait', atMost: '3 days', then: 'drop' },
        say: 'year-in-review',
        next: 'end:finished',
        ...touch,
      },
      'end:finished': { kind: 'end', as: 'finished', next: null },
    },
    expect: [],
    ...more,
  };
}

/** Publishes with the words, policy and templates that are there, and tells the pump. */
export async function publishAnother(db: Db, definition: Journey, now: number): Promise<void> {
  const there = async <K extends keyof Definitions>(kind: K): Promise<Definitions[K]> => {
    const found = await latestDefinition(db, kind);
    if (!found) throw new Error(`no ${kind} are published`);
    return found.data;
  };
  const published = await publish(db, {
    words: await there('words'),
    policy: await there('policy'),
    templates: await there('templates'),
    journeys: [{ definition }],
    by: 'a test',
    now,
  });
  if ('refused' in published) throw new Error(published.because);
  await notifyPump(db);
}

/** Everybody whose id begins so. */
export async function listOf(db: Db, name: string, prefixes: readonly string[], now: number): Promise<void> {
  await setAudience(db, { name, condition: null, by: 'a test', now });
  for (const prefix of prefixes) {
    const rows = await db.selectFrom('customers').select('id').where('id', 'like', `${prefix}-%`).execute();
    await addMembers(
      db,
      name,
      rows.map((row) => row.id),
    );
  }
}

export async function broadcastOf(db: Db, journey: string): Promise<Broadcast> {
  const found = (await listBroadcasts(db)).find((one) => one.journey === journey);
  if (!found) throw new Error(`there is no broadcast of ${journey}`);
  return found;
}
