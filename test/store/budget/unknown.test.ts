import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { tellAgent } from '../../../core/why/for-agent.ts';
import { tellCustomer } from '../../../core/why/for-customer.ts';
import { createBudgets, setKillSwitch, type Budgets } from '../../../store/budget/index.ts';
import { countAsSent } from '../../../store/count-as-sent.ts';
import { putDefinition } from '../../../store/definitions.ts';
import { standingOf } from '../../../store/why/standing-of.ts';
import { whyCustomer } from '../../../store/why/why.ts';
import { ownDatabase, type OwnDatabase } from '../../servers/database.ts';
import { policy as stored } from '../setting.ts';
import { addCustomers, addEnrolment, askOf, day, hour, minute, noon, policyOf, SetClock } from './fixtures.ts';
import { differences } from './ledger.ts';

const policy = policyOf();
let own: OwnDatabase;
let budgets: Budgets;
let clock: SetClock;
let customers = 0;
let customer = '';
beforeAll(async () => {
  own = await ownDatabase();
});
afterAll(() => own.drop());
beforeEach(async () => {
  for (const table of [
    'touches',
    'decisions',
    'outbox',
    'deliveries',
    'enrolments',
    'budgets',
    'kill_switches',
    'journeys',
    'definitions',
  ] as const)
    await own.db.deleteFrom(table).execute();
  clock = new SetClock();
  budgets = createBudgets(own.db, { clock, onFreed: () => undefined });
  customer = `c${String((customers += 1))}`;
  await addCustomers(own.db, [customer]);
});

const touch = (name: string): string => `${customer}-run/${name}/1`;
const reserve = (name: string) => budgets.reserve(askOf(touch(name), customer));
const fence = (name: string, attempt: string, keyed: boolean) =>
  budgets.fence(touch(name), { attempt, seen: 0, policy, keyed });
const row = (name: string) =>
  own.db.selectFrom('touches').selectAll().where('id', '=', touch(name)).executeTakeFirstOrThrow();
const count = () => countAsSent({ db: own.db, budgets }, { now: clock.at, limit: 100 });
/** Of which nobody knows what came. */
async function lose(name: string): Promise<void> {
  await reserve(name);
  await fence(name, 'first', false);
  await budgets.settle(touch(name), 'first', { is: 'unknown', code: 'timeout' });
}
/** The journey of these touches, published with a policy of this rule. */
async function publishRule(unknownIsSentAfter: string | Record<string, string> | null): Promise<void> {
  await addEnrolment(own.db, `${customer}-run`, customer);
  const data = { ...stored, ...(unknownIsSentAfter === null ? {} : { unknownIsSentAfter }) };
  await own.db.transaction().execute(async (tx) => {
    const hash = await putDefinition(tx, 'policy', data, noon);
    await sql`update journeys set policy_hash = ${hash}`.execute(tx);
  });
}

test('a provider with keys: what an attempt left on its way is sent again by the next one, as the same send', async () => {
  await reserve('a');
  expect(await fence('a', 'first', true)).toEqual({ fenced: true, at: noon });
  clock.at += minute;
  expect(await fence('a', 'second', true)).toEqual({ fenced: true, at: noon, again: true });
  // Its answer was lost as well: the same attempt is told the same.
  expect(await fence('a', 'second', true)).toEqual({ fenced: true, at: noon, again: true });
  expect(await budgets.settle(touch('a'), 'first', { is: 'sent', providerId: 'p', at: clock.at })).toMatchObject({
    settled: false,
  });
  expect(await budgets.settle(touch('a'), 'second', { is: 'sent', providerId: 'p', at: clock.at })).toEqual({
    settled: true,
    state: 'sent',
  });
  expect(await row('a')).toMatchObject({ state: 'sent', failure: null, sending_at: new Date(noon) });
  expect(await differences(own.db)).toEqual([]);
});

test('so it is for one that was told to be unknown meanwhile', async () => {
  await reserve('a');
  await fence('a', 'first', true);
  clock.at += minute;
  expect(await budgets.markUncertain()).toEqual([touch('a')]);
  expect(await fence('a', 'second', true)).toEqual({ fenced: true, at: noon, again: true });
  expect(await row('a')).toMatchObject({ state: 'sending', attempt: 'second' });
  expect(await differences(own.db)).toEqual([]);
});

test('without keys, after the time of its place, or when a gate has closed since, it stays unknown', async () => {
  for (const name of ['keyless', 'late', 'stopped']) {
    await reserve(name);
    await fence(name, 'first', true);
  }
  const already = { fenced: false, because: 'already', state: 'unknown' };
  expect(await fence('keyless', 'second', false)).toMatchObject(already);
  clock.at += 15 * minute + 1;
  expect(await fence('late', 'second', true)).toMatchObject(already);
  clock.at -= minute;
  await setKillSwitch(own.db, { scope: 'all', reason: 'a mistake', actor: 'ops', at: clock.at });
  expect(await fence('stopped', 'second', true)).toMatchObject(already);
  expect(await differences(own.db)).toEqual([]);
});

test('after the time that its policy states an unknown touch counts as sent, and not a millisecond sooner; it keeps its place', async () => {
  await publishRule('3 days');
  await lose('a');
  clock.at = noon + 3 * day - 1;
  expect(await count()).toBe(0);
  clock.at += 1;
  expect(await count()).toBe(1);
  expect(await count()).toBe(0);
  expect(await row('a')).toMatchObject({
    state: 'sent',
    sent_at: new Date(noon),
    settled_at: new Date(clock.at),
    failure: 'timeout',
    settled_by: { by: 'rule', after: '3 days', policy: 'just-enough', version: 2 },
  });
  expect(await differences(own.db)).toEqual([]);
  for (const name of ['b', 'c']) expect((await reserve(name)).is).toBe('reserved');
  expect((await reserve('d')).is).toBe('dropped');
});

test('its run hears that it is settled, once', async () => {
  await publishRule('1 hour');
  await reserve('a');
  await sql`update touches set enrolment_id = ${`${customer}-run`}`.execute(own.db);
  await fence('a', 'first', false);
  await budgets.settle(touch('a'), 'first', { is: 'unknown', code: 'timeout' });
  clock.at += hour;
  await Promise.all([count(), count()]);
  const heard = await own.db.selectFrom('deliveries').select('body').execute();
  expect(heard).toEqual([{ body: { kind: 'settled', touch: touch('a'), as: 'sent' } }]);
});

test('each channel may have a rule of its own, and without one nothing is assumed, however long it takes', async () => {
  await publishRule({ sms: '2 hours' });
  await lose('a');
  clock.at += 89 * day;
  expect(await count()).toBe(0);
  await sql`update touches set channel = 'sms'`.execute(own.db);
  expect(await count()).toBe(1);
});

test('a receipt or a look-up is knowledge, and kept as such; what comes after the rule gives no place back', async () => {
  await publishRule('1 hour');
  for (const name of ['receipt', 'look-up', 'late']) await lose(name);
  await budgets.settleByReceipt({ touchId: touch('receipt'), providerId: 'p1' }, { status: 'delivered', at: clock.at });
  await budgets.settleByLookUp(touch('look-up'), { is: 'failed', code: 'absent' });
  clock.at += hour;
  expect(await count()).toBe(1);
  await budgets.settleByReceipt(
    { touchId: touch('late'), providerId: 'p2' },
    { status: 'failed', errorCode: '30003', at: clock.at },
  );
  expect([await row('receipt'), await row('look-up'), await row('late')]).toMatchObject([
    { state: 'sent', settled_by: { by: 'receipt' } },
    { state: 'failed', settled_by: { by: 'look-up' } },
    { state: 'sent', settled_by: { by: 'rule' }, receipt: 'failed' },
  ]);
  expect(await differences(own.db)).toEqual([]);
});

test('who waits for the place of an unknown touch goes when the window lets go, and not sooner because it is settled', async () => {
  await publishRule('3 days');
  for (const name of ['a', 'b', 'c']) await lose(name);
  const waits = (ask: number) =>
    budgets.reserve(askOf(touch('d'), customer, { ask, fate: { fate: 'wait', atMost: '8 days', then: 'drop' } }));
  expect(await waits(1)).toMatchObject({ is: 'deferred', until: noon + 7 * day });
  clock.at += 3 * day;
  expect(await count()).toBe(3);
  expect(await waits(2)).toMatchObject({ is: 'deferred', until: noon + 7 * day });
  clock.at = noon + 7 * day;
  expect((await waits(3)).is).toBe('reserved');
});

test('why tells when it will count as sent, and afterwards that it is a rule and not knowledge', async () => {
  await publishRule('3 days');
  await lose('a');
  const [before] = await whyCustomer(own.db, customer);
  expect(before?.countsAsSent).toEqual({ at: noon + 3 * day, after: '3 days', policy: 'just-enough', version: 2 });
  expect(before?.says).toBe(
    'It may have gone out by email: what came of it is not known yet, so it keeps its place and is not sent again (timeout). Unless somebody finds out, it counts as sent from Fri 27 Nov 2026 12:00 (Europe/Berlin) on, by policy just-enough (version 2).',
  );
  clock.at += 3 * day;
  await count();
  const [after] = await whyCustomer(own.db, customer);
  if (!after) throw new Error('no touch');
  expect(after.countsAsSent).toBeNull();
  expect(after.says).toBe(
    'Counts as sent by email on Tue 24 Nov 2026 12:00 (Europe/Berlin) by policy just-enough (version 2): nobody found out within 3 days what came of it (timeout).',
  );
  const standing = standingOf(after, 'Europe/Berlin');
  expect(tellAgent(standing, 'en')).toContain('as far as we know: nobody could find out whether it went out');
  expect(tellCustomer(standing, 'en')).toContain('and could not find out whether it arrived');
  expect(tellCustomer(standing, 'de')).toContain('konnten nicht herausfinden, ob es Sie erreicht hat');
});
