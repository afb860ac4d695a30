import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import { holds } from '../../../core/journey/holds.ts';
import type { ConditionData, Journey, Scalar } from '../../../core/journey/table.ts';
import { addMembers, getAudience, setAudience } from '../../../store/audiences/audiences.ts';
import { whereHolds } from '../../../store/audiences/condition.ts';
import { previewAudience } from '../../../store/audiences/preview.ts';
import { createBudgets } from '../../../store/budget/index.ts';
import { cancelBroadcast, listBroadcasts } from '../../../store/broadcasts/row.ts';
import { recordConsent } from '../../../store/consents.ts';
import { upsertCustomer } from '../../../store/customers.ts';
import { ownDb } from '../own-db.ts';
import { customer, hour, journey, noon, publishAll } from '../setting.ts';

const db = await ownDb();

const values = ['gold', 'free', '', '7', 7, 0, -1, 2.5, true, false] as const;
const field = fc.constantFrom('plan', 'total', 'key', 'none');
const scalar = fc.constantFrom<Scalar>(...values);
const { condition } = fc.letrec<{ condition: ConditionData }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    fc.record({ path: field.map((f) => `customer.${f}`), is: fc.array(scalar, { minLength: 1, maxLength: 3 }) }),
    fc.record({ path: field.map((f) => `customer.${f}`), atLeast: fc.constantFrom(-1, 0, 2.5, 7) }),
    fc.record({ path: field.map((f) => `customer.${f}`), atMost: fc.constantFrom(-1, 0, 2.5, 7) }),
    fc.record({ path: field.map((f) => `customer.${f}`), isKnown: fc.constant<true>(true) }),
    fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ),
}));

test('the database finds exactly those of whom a condition holds', async () => {
  const people = fc.sample(fc.dictionary(field, scalar, { maxKeys: 3 }), { numRuns: 200, seed: 5 });
  await sql`insert into customers (id, fields, created_at, updated_at)
    select 'r-' || n, f, ${new Date(noon)}, ${new Date(noon)}
    from unnest(${people.map((p) => JSON.stringify(p))}::jsonb[]) with ordinality as x(f, n)`.execute(db);
  await fc.assert(
    fc.asyncProperty(condition, async (asked) => {
      const { rows } = await sql<{ id: string }>`
        select c.id from customers c where c.id like 'r-%' and ${whereHolds(asked)}`.execute(db);
      const expected = people.flatMap((fields, n) =>
        holds(asked, (path) => fields[path.slice('customer.'.length)]) ? [`r-${String(n + 1)}`] : [],
      );
      expect(rows.map((row) => row.id).sort()).toEqual(expected.sort());
    }),
    { numRuns: 150 },
  );
});

const consent = (id: string, granted: boolean, channel: 'email' | 'sms' = 'email') =>
  recordConsent(db, id, {
    channel,
    purpose: 'marketing',
    granted,
    source: 'test',
    proof: null,
    actor: 'test',
    at: noon,
  });

test('a condition asks for zone, address, consent and guard too; a preview counts whom the journey reaches', async () => {
  await db.deleteFrom('customers').where('id', 'like', 'r-%').execute();
  await customer(db, 'p-yes', { plan: 'gold' });
  await customer(db, 'p-withdrew', { plan: 'gold' });
  await upsertCustomer(db, {
    id: 'p-phone',
    zone: 'Asia/Tokyo',
    fields: { plan: 'gold' },
    addresses: [{ channel: 'sms', address: '+4915112345678' }],
    now: noon,
  });
  for (const id of ['p-yes', 'p-withdrew', 'p-phone']) await consent(id, true);
  await consent('p-phone', true, 'sms');
  await consent('p-withdrew', false);
  await db
    .insertInto('guards')
    .values({
      customer_id: 'p-yes',
      fact: 'flood-area',
      reason: 'r',
      actor: 'a',
      at: new Date(noon),
      review_at: new Date(noon),
    })
    .execute();

  const count = async (asked: ConditionData): Promise<number> => {
    const { rows } = await sql<{ id: string }>`select c.id from customers c where ${whereHolds(asked)}`.execute(db);
    return rows.length;
  };
  expect(await count({ path: 'record.zone', is: ['Asia/Tokyo'] })).toBe(1);
  expect(await count({ path: 'address.sms', isKnown: true })).toBe(1);
  expect(await count({ path: 'consent-marketing.email', is: [true] })).toBe(2);
  expect(await count({ path: 'guard-flood-area.holds', is: [true] })).toBe(1);
  expect(await count({ not: { path: 'guard-flood-area.holds', isKnown: true } })).toBe(2);

  await setAudience(db, { name: 'gold', condition: { path: 'customer.plan', is: ['gold'] }, by: 'ana', now: noon });
  const gold = await getAudience(db, 'gold');
  expect(await previewAudience(db, gold!, { purpose: 'marketing', channels: ['email', 'sms'] })).toEqual({
    count: 3,
    ids: ['p-phone', 'p-withdrew', 'p-yes'],
    reach: {
      any: 2,
      channels: [
        { channel: 'email', address: 2, consent: 2, both: 1 },
        { channel: 'sms', address: 1, consent: 1, both: 1 },
      ],
    },
  });
});

test('a list is filled in pages, keeps each once, and a condition takes its place', async () => {
  await setAudience(db, { name: 'list', condition: null, by: 'ana', now: noon });
  expect(await addMembers(db, 'list', ['p-yes', 'p-phone', 'nobody-yet'])).toBe(true);
  expect(await addMembers(db, 'list', ['p-yes', 'p-withdrew'])).toBe(true);
  const list = await getAudience(db, 'list');
  expect(list?.members).toBe(4);
  expect(await previewAudience(db, list!, null)).toEqual({ count: 3, ids: ['p-phone', 'p-withdrew', 'p-yes'] });
  expect(await addMembers(db, 'gold', ['p-yes'])).toBe(false);
  await setAudience(db, { name: 'list', condition: { path: 'customer.plan', isKnown: true }, by: 'ana', now: noon });
  expect((await getAudience(db, 'list'))?.members).toBeNull();
  expect(await addMembers(db, 'list', ['p-yes'])).toBe(false);
});

const to = (name: string, at: string, change: Partial<Journey> = {}): Journey =>
  journey(name, [], { entry: { audience: 'gold', at }, ...change });
const planned = async (name: string) =>
  (await listBroadcasts(db)).filter((b) => b.journey === name).map(({ version, at, state }) => [version, at, state]);

test('a published journey plans one broadcast; another version at the same time is the same one', async () => {
  await publishAll(db, to('plans', '2026-03-05 09:00'));
  expect(await planned('plans')).toEqual([[1, '2026-03-05 09:00', 'planned']]);
  const [{ wakeAt } = { wakeAt: null }] = await listBroadcasts(db);
  expect(new Date(wakeAt ?? 0).toISOString()).toBe('2026-03-04T19:00:00.000Z'); // where it is nine first
  await publishAll(db, to('plans', '2026-03-05 09:00', { story: 'Told better.' }));
  expect(await planned('plans')).toEqual([[2, '2026-03-05 09:00', 'planned']]);
  await publishAll(db, to('plans', '2026-03-06 09:00'));
  expect(await planned('plans')).toEqual([[3, '2026-03-06 09:00', 'planned']]);
  const calls = await db.selectFrom('outbox').select('ref').where('kind', '=', 'broadcast').execute();
  expect(calls).toHaveLength(2);
});

test('one that has begun stays on its version, and its time passed for more than a day is not begun at all', async () => {
  await publishAll(db, to('begun', '2026-03-02 09:00'));
  await db.updateTable('broadcasts').set({ state: 'running' }).where('journey', '=', 'begun').execute();
  await publishAll(db, to('begun', '2026-03-02 09:00', { story: 'Told better.' }));
  expect(await planned('begun')).toEqual([[1, '2026-03-02 09:00', 'running']]);
  await publishAll(db, to('past', '2026-02-28 23:59'));
  expect(await planned('past')).toEqual([[1, '2026-02-28 23:59', 'missed']]);
  await publishAll(db, to('just', '2026-03-01 00:00'));
  expect(await planned('just')).toEqual([[1, '2026-03-01 00:00', 'planned']]);
});

test('it is cancelled once', async () => {
  const [one] = (await listBroadcasts(db)).filter((b) => b.journey === 'just');
  const id = one?.id ?? '';
  expect(await cancelBroadcast(db, id, 'ops', noon)).toEqual({ cancelled: true });
  expect(await cancelBroadcast(db, id, 'ops', noon)).toEqual({ refused: 'over' });
  expect(await cancelBroadcast(db, 'b_none', 'ops', noon)).toEqual({ refused: 'unknown' });
});

test('a place that is given back wakes the broadcast in which somebody waits for it', async () => {
  const [broadcast] = (await listBroadcasts(db)).filter((b) => b.journey === 'begun');
  const id = broadcast?.id ?? '';
  const touchId = `${id}.x/listening/1`;
  await customer(db, 'p-waits');
  await db
    .insertInto('broadcast_waits')
    .values({ broadcast_id: id, customer_id: 'p-waits', touch_id: touchId, state: '{}', due_at: new Date(noon + hour) })
    .execute();
  const waits = [
    {
      touchId,
      journey: 'begun',
      purpose: 'service',
      channel: 'email',
      cost: 1,
      askedAt: noon,
      until: noon + hour,
      givesUpAt: noon + 9 * hour,
    },
  ];
  const recent = await db
    .selectFrom('budgets')
    .select('version')
    .where('customer_id', '=', 'p-waits')
    .executeTakeFirstOrThrow();
  expect(recent.version).toBeDefined();
  await db
    .updateTable('budgets')
    .set({ waiting: JSON.stringify(waits) })
    .where('customer_id', '=', 'p-waits')
    .execute();
  await db
    .insertInto('touches')
    .values({
      id: 'other',
      customer_id: 'p-waits',
      purpose: 'service',
      made_by: 'tech',
      state: 'deferred',
      ask: 1,
      answer: '{}',
      considered: '[]',
      asked_at: new Date(noon),
    })
    .execute();
  await db.deleteFrom('outbox').execute();
  const budgets = createBudgets(db, { clock: { now: () => noon + 1 }, onFreed: () => undefined });
  expect(await budgets.withdraw('other')).toBe(true);
  expect(await db.selectFrom('outbox').select(['workflow_id', 'freed']).execute()).toEqual([
    { workflow_id: `broadcast:${id}`, freed: true },
  ]);
  const [row] = await db.selectFrom('broadcast_waits').select('due_at').execute();
  expect(row?.due_at.getTime()).toBe(noon + 1);
});

test('to ask one page for consents, addresses and guards reads no more than the page', async () => {
  await sql`insert into customers (id, created_at, updated_at)
    select 'many-' || n, ${new Date(noon)}, ${new Date(noon)} from generate_series(1, 3000) n`.execute(db);
  await sql`insert into budgets (customer_id) select id from customers where id like 'many-%'`.execute(db);
  await sql`insert into addresses (customer_id, channel, address, created_at)
    select id, 'email', id || '@customers.test', created_at from customers where id like 'many-%'`.execute(db);
  for (const table of ['customers', 'budgets', 'addresses']) await sql`analyze ${sql.table(table)}`.execute(db);
  const paths = ['consent-marketing.email', 'address.email', 'guard-flood-area.holds'];
  for (const path of paths) {
    const { rows } = await sql`explain select c.id from customers c
      where ${whereHolds({ path, isKnown: true })} order by c.id limit 500`.execute(db);
    expect(JSON.stringify(rows)).not.toMatch(/hashed/);
  }
});
