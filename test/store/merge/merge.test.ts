import { beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { decodeRing } from '../../../core/budget/ring.ts';
import { createBudgets, type Budgets } from '../../../store/budget/index.ts';
import { consentsOf, recordConsent, suppress, suppressionsOf } from '../../../store/consents.ts';
import { getCustomer, upsertCustomer, type CustomerChange } from '../../../store/customers.ts';
import { placeHold } from '../../../store/gates.ts';
import { lockCustomer } from '../../../store/lock-customer.ts';
import { mergeCustomers, type Merged } from '../../../store/merge/merge-customers.ts';
import { collidingTables, freeTables, ownTables } from '../../../store/merge/repoint.ts';
import { takeEvent } from '../../../store/take-event.ts';
import { addEnrolment, askOf, day, minute, noon, policyOf, SetClock } from '../budget/fixtures.ts';
import { differences, sharedDifferences } from '../budget/ledger.ts';
import { ownDb } from '../own-db.ts';

const db = await ownDb();
const clock = new SetClock();
const budgets: Budgets = createBudgets(db, { clock, onFreed: () => undefined });
const policy = policyOf();
let pairs = 0;
let ana = '';
let anna = '';
beforeEach(async () => {
  clock.at = noon;
  ana = `ana-${String(pairs)}`;
  anna = `anna-${String(pairs++)}`;
  for (const id of [ana, anna]) {
    await has(id, { zone: 'Europe/Berlin' });
    await consent(id, true);
  }
});

const has = (id: string, change: Partial<CustomerChange>) => upsertCustomer(db, { id, now: clock.at, ...change });
const consent = (id: string, granted: boolean, at = clock.at) =>
  recordConsent(db, id, { channel: 'email', purpose: 'marketing', granted, source: 'web form', actor: 'test', at });
const merge = async (from = anna, into = ana) => {
  const done = await mergeCustomers(db, { from, into, actor: 'ops', reason: 'same person', now: clock.at });
  if ('refused' in done) throw new Error(JSON.stringify(done));
  return done;
};
const touch = (customer: string, name: string) => `${customer}-run/${name}/1`;
const reserve = (customer: string, name: string, change = {}) =>
  budgets.reserve(askOf(touch(customer, name), customer, change));
const fence = (customer: string, name: string) =>
  budgets.fence(touch(customer, name), { attempt: 'first', seen: 0, policy });
const send = async (customer: string, name: string) => {
  expect((await reserve(customer, name)).is).toBe('reserved');
  expect(await fence(customer, name)).toMatchObject({ fenced: true });
  await settle(customer, name);
};
const settle = (customer: string, name: string) =>
  budgets.settle(touch(customer, name), 'first', { is: 'sent', providerId: touch(customer, name), at: clock.at });
const gates = async () =>
  (await db.selectFrom('budgets').select('gates').where('customer_id', '=', ana).executeTakeFirstOrThrow()).gates;

test('what both were sent counts, whichever id is asked for, and the row says what the ledger says', async () => {
  await send(ana, 'one');
  await send(anna, 'one');
  expect(await merge()).toMatchObject({ merged: 'now', into: ana, moved: { touches: 1, consents: 1 } });
  expect(await reserve(anna, 'two')).toMatchObject({ is: 'reserved' });
  expect(await reserve(ana, 'two')).toMatchObject({ is: 'dropped', because: 'windows' });
  expect(await reserve(anna, 'three')).toMatchObject({ is: 'dropped', because: 'windows' });
  const row = await db.selectFrom('budgets').select('recent').where('customer_id', '=', ana).executeTakeFirstOrThrow();
  expect(decodeRing(row.recent.toString()).map((t) => t.touchId)).toEqual(
    expect.arrayContaining([touch(ana, 'one'), touch(anna, 'one'), touch(anna, 'two')]),
  );
  expect(await differences(db)).toEqual([]);
});

test('places that were given to both and not sent from are asked for again; what is on its way keeps its own and settles', async () => {
  for (const name of ['one', 'two', 'three']) {
    await reserve(ana, name);
    await reserve(anna, name);
  }
  await fence(ana, 'one');
  await fence(anna, 'one');
  await merge();
  // Six had a place, two were on their way: one more is left of three.
  for (const [who, name] of [
    [ana, 'two'],
    [ana, 'three'],
    [anna, 'two'],
    [anna, 'three'],
  ] as const)
    expect(await fence(who, name)).toEqual({ fenced: false, because: 'expired' });
  await settle(anna, 'one');
  await budgets.settle(touch(ana, 'one'), 'first', { is: 'unknown', code: 'timeout' });
  expect(await reserve(anna, 'two', { ask: 2 })).toMatchObject({ is: 'reserved' });
  expect(await reserve(ana, 'two', { ask: 2 })).toMatchObject({ is: 'dropped' });
  // Found not to have gone out, it frees its place in the one budget.
  await budgets.settleByLookUp(touch(ana, 'one'), { is: 'failed', code: 'absent' });
  expect(await reserve(ana, 'two', { ask: 3 })).toMatchObject({ is: 'reserved' });
  expect(await differences(db)).toEqual([]);
});

test('the gates become the stricter of both', async () => {
  await consent(anna, false, noon - day);
  await suppress(db, anna, { channel: 'sms', reason: 'STOP', actor: 'customer', at: noon });
  await has(anna, { zone: 'America/New_York' });
  await db.transaction().execute((tx) => placeHold(tx, ana, { until: noon + day, taskId: 'T-1' }));
  await db.transaction().execute((tx) => placeHold(tx, anna, { until: noon + 2 * day, taskId: 'T-2' }));
  await merge();
  expect(await gates()).toMatchObject({
    consents: [{ channel: 'email', purpose: 'marketing', granted: false }],
    suppressions: [{ channel: 'sms' }],
    zone: null,
    zonesPlausible: ['Europe/Berlin', 'America/New_York'],
    hold: { until: noon + 2 * day, taskId: 'T-2' },
  });
  expect((await getCustomer(db, ana))?.zone).toBeNull();
  expect((await suppressionsOf(db, ana)).map((s) => s.channel)).toEqual(['sms']);
  // What the records say last is what holds.
  expect((await consentsOf(db, ana)).at(-1)).toMatchObject({ granted: false, actor: 'ops' });
});

test('a consent that one of them gave holds where the other was never asked', async () => {
  const other = `${anna}-new`;
  await has(other, { zone: 'Europe/Berlin' });
  await merge(other, ana);
  expect((await gates()).consents).toEqual([{ channel: 'email', purpose: 'marketing', granted: true }]);
});

test('the same merge again changes nothing; a chain ends at the record that is kept; others are refused', async () => {
  const done = await merge();
  expect(await merge()).toMatchObject({ merged: 'again', into: ana, moved: done.moved });
  const third = `${ana}-third`;
  await has(third, {});
  await merge(ana, third);
  for (const id of [ana, anna]) expect(await db.transaction().execute((tx) => lockCustomer(tx, id))).toBe(third);
  const asked = { actor: 'ops', reason: 'r', now: clock.at };
  expect(await mergeCustomers(db, { from: anna, into: third, ...asked })).toMatchObject({ merged: 'again' });
  expect(await mergeCustomers(db, { from: third, into: ana, ...asked })).toEqual({ refused: 'same' });
  const fourth = `${ana}-fourth`;
  await has(fourth, {});
  expect(await mergeCustomers(db, { from: ana, into: fourth, ...asked })).toEqual({
    refused: 'merged-elsewhere',
    into: third,
  });
  expect(await mergeCustomers(db, { from: 'nobody', into: ana, ...asked })).toEqual({
    refused: 'unknown-customer',
    id: 'nobody',
  });
});

test('addresses, fields and what they share are united, and a change under the old id reaches the kept record', async () => {
  const shared = { channel: 'email', address: `${ana}@family.example` } as const;
  const third = `${ana}-third`;
  await has(third, { addresses: [shared] });
  await has(anna, { addresses: [shared], fields: { firstName: 'Anna', plan: 'gold' } });
  await has(ana, { fields: { firstName: 'Ana' }, addresses: [{ channel: 'email', address: `${ana}@work.example` }] });
  await merge();
  expect(await getCustomer(db, ana)).toMatchObject({
    fields: { firstName: 'Ana', plan: 'gold' },
    addresses: expect.arrayContaining([
      { channel: 'email', address: `${ana}@work.example` },
      { channel: 'email', address: `${ana}@family.example` },
    ]) as unknown,
  });
  const keys = await db
    .selectFrom('budgets')
    .select(['customer_id', 'shared'])
    .where('shared', 'is not', null)
    .orderBy('customer_id')
    .execute();
  expect(keys.map((k) => k.customer_id)).toEqual([ana, third].sort());
  const { customer } = await has(anna, { fields: { plan: 'plus' } });
  expect(customer).toMatchObject({ id: ana, fields: { plan: 'plus' } });
  expect(await sharedDifferences(db)).toEqual([]);
});

test('an event under the old id is theirs, and the same thing begins no second run', async () => {
  await addEnrolment(db, `${ana}-a`, ana);
  await addEnrolment(db, `${anna}-b`, anna);
  const key = (id: string, entry: string) =>
    db.updateTable('enrolments').set({ entry_key: entry }).where('id', '=', id).execute();
  await key(`${ana}-a`, `${ana}/spring`);
  await key(`${anna}-b`, `${anna}/spring`);
  await addEnrolment(db, `${anna}-c`, anna);
  await key(`${anna}-c`, `${anna}/${anna}`);
  expect((await merge()).doubled).toEqual([{ journey: 'offer', value: 'spring' }]);
  const runs = await db
    .selectFrom('enrolments')
    .select(['id', 'entry_key', 'state'])
    .where('customer_id', '=', ana)
    .orderBy('id')
    .execute();
  expect(runs).toEqual([
    { id: `${ana}-a`, entry_key: `${ana}/spring`, state: 'running' },
    { id: `${anna}-b`, entry_key: `${ana}/spring#2`, state: 'running' },
    { id: `${anna}-c`, entry_key: `${ana}/${ana}`, state: 'running' },
  ]);
  const event = { idempotencyKey: anna, bodyHash: 'b', customerId: anna, type: 'seen', data: {}, at: noon, now: noon };
  expect(await takeEvent(db, event)).toMatchObject({ taken: 'new' });
  const kept = await db.selectFrom('events').select('customer_id').where('idempotency_key', '=', anna).execute();
  expect(kept).toEqual([{ customer_id: ana }]);
});

test('two open tasks of one team become one with the reasons of both; another team keeps its own', async () => {
  const { openTask } = await import('../../../store/tasks/open.ts');
  const ask = (customerId: string, team: string, within: number) =>
    openTask(db, {
      customerId,
      team,
      reasonId: `${customerId}/${team}`,
      enrolmentId: null,
      journey: null,
      step: null,
      because: `${customerId} waits`,
      within: `${String(within)} minutes`,
      outcomes: ['done'],
      now: noon,
      addSpan: (_team, now) => now + within * minute,
    });
  await ask(ana, 'care', 60);
  await ask(anna, 'care', 5);
  await ask(anna, 'sales', 30);
  const done: Merged = await merge();
  expect(done.tasks).toHaveLength(1);
  const open = await db
    .selectFrom('tasks')
    .select(['team', 'deadline_at'])
    .where('customer_id', '=', ana)
    .where('state', '<>', 'done')
    .orderBy('team')
    .execute();
  expect(open).toEqual([
    { team: 'care', deadline_at: new Date(noon + 5 * minute) },
    { team: 'sales', deadline_at: new Date(noon + 30 * minute) },
  ]);
  const reasons = await db.selectFrom('task_reasons').select(['id', 'task_id']).orderBy('id').execute();
  expect(reasons.filter((r) => r.task_id === done.tasks[0]?.into).map((r) => r.id)).toEqual(
    [`${ana}/care`, `${anna}/care`].sort(),
  );
});

test('no table that names a customer is forgotten', async () => {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = current_schema() and column_name = 'customer_id' and table_type = 'BASE TABLE' order by 1`.execute(
    db,
  );
  const known = new Set<string>([...freeTables, ...collidingTables, ...ownTables]);
  expect(rows.map((row) => row.name).filter((name) => !known.has(name))).toEqual([]);
});
