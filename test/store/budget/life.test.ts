import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { closeBySuppression, endHold, placeHold } from '../../../store/gates.ts';
import {
  countHuman,
  createBudgets,
  liftKillSwitch,
  setKillSwitch,
  whyCustomer,
  type Budgets,
  type ReserveAsk,
} from '../../../store/budget/index.ts';
import { ownDatabase, type OwnDatabase } from '../../servers/database.ts';
import { addCustomers, addEnrolment, askOf, day, hour, minute, noon, policyOf, SetClock } from './fixtures.ts';
import { differences } from './ledger.ts';

let own: OwnDatabase;
let budgets: Budgets;
let clock: SetClock;
let customer = '';
let customers = 0;
const policy = policyOf();

beforeAll(async () => {
  own = await ownDatabase();
});
afterAll(() => own.drop());
beforeEach(async () => {
  for (const table of ['touches', 'decisions', 'outbox', 'deliveries', 'enrolments', 'budgets'] as const)
    await own.db.deleteFrom(table).execute();
  clock = new SetClock();
  budgets = createBudgets(own.db, { clock, onFreed: () => undefined });
  customer = `c${customers++}`;
  await addCustomers(own.db, [customer]);
});

const touch = (name: string): string => `${customer}-run/${name}/1`;
const reserve = (name: string, change: Partial<ReserveAsk> = {}) =>
  budgets.reserve(askOf(touch(name), customer, change));
const fence = (name: string, attempt = 'first', seen = 0, enrolmentId?: string) =>
  budgets.fence(touch(name), { attempt, seen, policy, ...(enrolmentId === undefined ? {} : { enrolmentId }) });
const settle = (name: string, attempt = 'first') =>
  budgets.settle(touch(name), attempt, { is: 'sent', providerId: `provider-${touch(name)}`, at: clock.now() });
const stateOf = async (name: string) =>
  (await own.db.selectFrom('touches').select('state').where('id', '=', touch(name)).executeTakeFirst())?.state;
const calledRuns = () => own.db.selectFrom('outbox').select(['ref', 'freed']).orderBy('ref').execute();
const fill = async () => {
  for (const name of ['a', 'b', 'c']) expect((await reserve(name)).is).toBe('reserved');
};
const waitADay = { fate: 'wait', atMost: '8 days', then: 'drop' } as const;

test('a touch is reserved, fenced and settled, and the row says what the ledger says', async () => {
  expect(await reserve('a')).toMatchObject({ is: 'reserved', channel: 'email', cost: 1, until: noon + 15 * minute });
  expect(await fence('a')).toEqual({ fenced: true, at: noon });
  expect(await stateOf('a')).toBe('sending');
  clock.at += 200;
  expect(await settle('a')).toEqual({ settled: true, state: 'sent' });
  expect(await settle('a')).toEqual({ settled: false, state: 'sent' });
  expect(await differences(own.db)).toEqual([]);
});

test('the same ask finds its answer, whatever happened since; a new ask is decided afresh', async () => {
  await fill();
  const refused = await reserve('d');
  expect(refused.is).toBe('dropped');
  await budgets.withdraw(touch('a'));
  expect(await reserve('d')).toEqual(refused);
  expect(await reserve('d', { ask: 2 })).toMatchObject({ is: 'reserved' });
  expect(await reserve('d')).toMatchObject({ is: 'reserved' });
});

test('a place that is asked for again is the same place', async () => {
  await reserve('a');
  expect(await reserve('a', { ask: 2 })).toMatchObject({ is: 'reserved', cost: 1 });
  expect((await reserve('b')).is).toBe('reserved');
  expect((await reserve('c')).is).toBe('reserved');
});

test('a customer without a row gets one, with their zone and no consent', async () => {
  await own.db.deleteFrom('budgets').where('customer_id', '=', customer).execute();
  expect(await reserve('a')).toMatchObject({ is: 'dropped', because: 'consent' });
  const row = await own.db.selectFrom('budgets').select('gates').where('customer_id', '=', customer).executeTakeFirst();
  expect(row?.gates).toEqual({ zone: 'Europe/Berlin' });
});

test('a customer who is not there is an error, and harms none of the others in the batch', async () => {
  const [good, bad] = await Promise.allSettled([reserve('a'), budgets.reserve(askOf('x/y/1', 'nobody'))]);
  expect(good).toMatchObject({ status: 'fulfilled', value: { is: 'reserved' } });
  expect(bad).toMatchObject({
    status: 'rejected',
    reason: new Error("There is no customer 'nobody' for touch 'x/y/1'"),
  });
});

test('what cannot be stored fails alone', async () => {
  const [good, bad] = await Promise.allSettled([reserve('a'), reserve('b', { about: { step: 'nul \u0000' } })]);
  expect(good.status).toBe('fulfilled');
  expect(bad.status).toBe('rejected');
});

test('after STOP the fence refuses what was reserved, and gives its place back', async () => {
  await reserve('a');
  await own.db
    .transaction()
    .execute((tx) => closeBySuppression(tx, customer, { channel: 'all', at: noon, reason: 'STOP' }));
  expect(await fence('a')).toMatchObject({ fenced: false, because: 'gate', decision: { because: 'suppression' } });
  expect(await stateOf('a')).toBe('refused');
  expect(await reserve('a', { ask: 2, fate: 'toHuman' })).toMatchObject({ is: 'to-human', because: 'suppression' });
  expect(await differences(own.db)).toEqual([]);
});

test('a kill switch stops what is reserved, and lifted lets it go', async () => {
  await reserve('a');
  await reserve('b');
  expect(await setKillSwitch(own.db, { scope: 'journey:offer', reason: 'wrong price', actor: 'ana', at: noon })).toBe(
    true,
  );
  expect(await fence('a')).toMatchObject({ because: 'gate', decision: { because: 'kill switch' } });
  expect(await reserve('c')).toMatchObject({ is: 'dropped', because: 'kill switch' });
  expect(await liftKillSwitch(own.db, 'journey:offer')).toBe(true);
  expect(await fence('b')).toMatchObject({ fenced: true });
});

test('a touch is overtaken by what its run has not heard, and keeps its place', async () => {
  const run = `${customer}-run`;
  await addEnrolment(own.db, run, customer);
  await reserve('a', { about: { enrolmentId: run } });
  await own.db.updateTable('enrolments').set({ delivered: 2 }).where('id', '=', run).execute();
  expect(await fence('a', 'first', 1, run)).toEqual({ fenced: false, because: 'overtaken', upTo: 2 });
  expect(await fence('a', 'first', 2, run)).toMatchObject({ fenced: true });
});

test('a worker that dies after the fence leaves it unknown: no other attempt sends it', async () => {
  await reserve('a');
  await fence('a', 'first');
  expect(await fence('a', 'first')).toMatchObject({ fenced: true });
  expect(await fence('a', 'second')).toMatchObject({
    fenced: false,
    because: 'already',
    state: 'unknown',
    channel: 'email',
  });
  expect(await fence('a', 'first')).toMatchObject({ fenced: false, because: 'already', state: 'unknown' });
  await reserve('b');
  await reserve('c');
  expect((await reserve('d')).is).toBe('dropped');
  expect(await differences(own.db)).toEqual([]);
});

test('an attempt that reports after it was given up makes the touch certain, and its run hears of it', async () => {
  const run = `${customer}-run`;
  await addEnrolment(own.db, run, customer);
  await reserve('a', { about: { enrolmentId: run } });
  await fence('a', 'first');
  await fence('a', 'second');
  expect(await settle('a', 'second')).toEqual({ settled: false, state: 'unknown' });
  expect(await settle('a', 'first')).toEqual({ settled: true, state: 'sent' });
  const heard = await own.db.selectFrom('deliveries').select('body').where('enrolment_id', '=', run).execute();
  expect(heard.map((d) => d.body)).toEqual([{ kind: 'settled', touch: touch('a'), as: 'sent' }]);
});

test('a certain failure gives the place back, and who waits for it is called', async () => {
  const run = `${customer}-waits`;
  await addEnrolment(own.db, run, customer);
  await fill();
  const waits = await reserve('d', { fate: waitADay, about: { enrolmentId: run } });
  expect(waits).toMatchObject({ is: 'deferred', because: 'windows', until: noon + 15 * minute + 7 * day });
  await fence('a');
  expect(await budgets.settle(touch('a'), 'first', { is: 'failed', code: '550' })).toEqual({
    settled: true,
    state: 'failed',
  });
  expect(await calledRuns()).toEqual([{ ref: run, freed: true }]);
  expect(await reserve('d', { ask: 2, fate: waitADay })).toMatchObject({ is: 'reserved' });
  expect(await differences(own.db)).toEqual([]);
});

test("'later' returns a touch to its reservation; once its time is over, to nobody", async () => {
  await reserve('a');
  await fence('a');
  expect(await budgets.settle(touch('a'), 'first', { is: 'later' })).toEqual({ settled: true, state: 'reserved' });
  clock.at += 5 * minute;
  expect(await fence('a', 'second')).toMatchObject({ fenced: true });
  clock.at += 11 * minute;
  expect(await budgets.settle(touch('a'), 'second', { is: 'later' })).toEqual({ settled: true, state: 'withdrawn' });
  expect(await fence('a', 'third')).toEqual({ fenced: false, because: 'expired' });
  expect(await reserve('a', { ask: 2 })).toMatchObject({ is: 'reserved' });
});

test('withdrawn is withdrawn: it is neither sent nor asked for again, and its place goes to others', async () => {
  await fill();
  expect(await budgets.withdraw(touch('a'))).toBe(true);
  expect(await budgets.withdraw(touch('a'))).toBe(false);
  expect(await fence('a')).toEqual({ fenced: false, because: 'withdrawn' });
  expect(await reserve('a', { ask: 2 })).toEqual({ is: 'withdrawn' });
  expect((await reserve('d')).is).toBe('reserved');
});

test('what is being sent is not withdrawn', async () => {
  await reserve('a');
  await fence('a');
  expect(await budgets.withdraw(touch('a'))).toBe(false);
  expect(await stateOf('a')).toBe('sending');
});

test('a reservation nobody sends loses its place after a quarter of an hour, not before', async () => {
  await fill();
  clock.at += 15 * minute;
  expect(await budgets.expireReservations()).toBe(0);
  expect((await reserve('d')).is).toBe('dropped');
  clock.at += 1;
  expect(await budgets.expireReservations()).toBe(3);
  expect(await stateOf('a')).toBe('withdrawn');
  expect(await fence('a')).toEqual({ fenced: false, because: 'expired' });
  expect((await reserve('e')).is).toBe('reserved');
  expect((await reserve('a', { ask: 2 })).is).toBe('reserved');
  expect(await differences(own.db)).toEqual([]);
});

test('what has been on its way for 45 seconds becomes unknown, and an unknown touch never loses its place', async () => {
  await fill();
  await fence('a');
  clock.at += 45_000 - 1;
  expect(await budgets.markUncertain()).toEqual([]);
  clock.at += 1;
  expect(await budgets.markUncertain()).toEqual([touch('a')]);
  clock.at += 2 * hour;
  expect(await budgets.expireReservations()).toBe(2);
  expect(await stateOf('a')).toBe('unknown');
  expect((await reserve('d')).is).toBe('reserved');
  expect((await reserve('e')).is).toBe('reserved');
  expect((await reserve('f')).is).toBe('dropped');
  expect(await differences(own.db)).toEqual([]);
});

test('receipts: an unknown touch becomes certain, and status never goes back', async () => {
  await reserve('a');
  await fence('a');
  await budgets.settle(touch('a'), 'first', { is: 'unknown', code: 'timeout' });
  const named = { touchId: touch('a'), providerId: `p-${customer}` };
  expect(await budgets.settleByReceipt(named, { status: 'sent', at: noon })).toMatchObject({ known: true, news: true });
  expect(await stateOf('a')).toBe('sent');
  const byProvider = { channel: 'email', providerId: `p-${customer}` };
  expect(await budgets.settleByReceipt(byProvider, { status: 'delivered', at: noon })).toMatchObject({ news: true });
  expect(await budgets.settleByReceipt(byProvider, { status: 'sent', at: noon })).toMatchObject({ news: false });
  expect(await budgets.settleByReceipt(byProvider, { status: 'failed', at: noon })).toMatchObject({ news: false });
  expect(await stateOf('a')).toBe('sent');
  expect(
    await budgets.settleByReceipt({ channel: 'email', providerId: 'of nobody' }, { status: 'sent', at: noon }),
  ).toEqual({ known: false });
  expect(await differences(own.db)).toEqual([]);
});

test('a look-up that finds nothing gives the place of an unknown touch back', async () => {
  await reserve('a');
  await fence('a');
  await budgets.settle(touch('a'), 'first', { is: 'unknown', code: 'timeout' });
  expect(await budgets.settleByLookUp(touch('a'), { is: 'failed', code: 'absent' })).toEqual({
    settled: true,
    state: 'failed',
  });
  expect(await differences(own.db)).toEqual([]);
});

test('while a person has the conversation marketing waits, and it is called when the hold ends', async () => {
  const run = `${customer}-waits`;
  await addEnrolment(own.db, run, customer);
  await own.db.transaction().execute((tx) => placeHold(tx, customer, { until: noon + day, taskId: 'T-1' }));
  const held = await reserve('a', { fate: waitADay, about: { enrolmentId: run } });
  expect(held).toMatchObject({ is: 'deferred', because: 'hold', until: noon + day });
  expect(await reserve('b', { purpose: 'service', cause: 'inquiry-received' })).toMatchObject({ is: 'reserved' });
  await own.db.transaction().execute((tx) => endHold(tx, customer, 'T-1', noon));
  expect(await calledRuns()).toEqual([{ ref: run, freed: true }]);
  expect(await reserve('a', { ask: 2, fate: waitADay })).toMatchObject({ is: 'reserved' });
});

test("a person's message is counted, never blocked, and warned about", async () => {
  await fill();
  const human = {
    touchId: touch('by-ana'),
    customerId: customer,
    channel: 'email',
    purpose: 'service',
    about: { taskId: 'T-1' },
  } as const;
  const told = await own.db.transaction().execute((tx) => countHuman(tx, human, policy, noon));
  expect(told.warnings).toEqual([{ gate: 'windows', rule: 'a week' }]);
  expect(await own.db.transaction().execute((tx) => countHuman(tx, human, policy, noon))).toEqual(told);
  expect(await stateOf('by-ana')).toBe('sent');
  expect(await differences(own.db)).toEqual([]);
});

test('why: every touch made and not made, with each of its decisions in a sentence', async () => {
  await fill();
  await reserve('d', { fate: waitADay });
  await reserve('e');
  await fence('a');
  await settle('a');
  await budgets.withdraw(touch('b'));
  const told = await whyCustomer(own.db, customer, { first: 'oldest' });
  expect(told.map((t) => [t.touchId.split('/')[1], t.state, t.says])).toEqual([
    ['a', 'sent', 'Sent by email on Tue 24 Nov 2026 12:00 (Europe/Berlin).'],
    ['b', 'withdrawn', 'Withdrawn: the run went on without it.'],
    ['c', 'reserved', 'It has its place by email, to be sent by Tue 24 Nov 2026 12:15 (Europe/Berlin).'],
    [
      'd',
      'deferred',
      `Deferred until Tue 1 Dec 2026 12:15 (Europe/Berlin): budget 'a week' is used up (3 of 3 in 7 days by ${touch('a')}, ${touch('b')}, ${touch('c')}).`,
    ],
    [
      'e',
      'refused',
      `Not sent: budget 'a week' is used up (3 of 3 in 7 days by ${touch('a')}, ${touch('b')}, ${touch('c')}).`,
    ],
  ]);
  expect(told[3]?.asks).toMatchObject([{ ask: 1, at: noon, decided: 'deferred', because: 'windows' }]);
});
