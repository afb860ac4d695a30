import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { decodeRing } from '../../../core/budget/ring.ts';
import { countHuman, createBudgets, whyCustomer, type Budgets, type ReserveAsk } from '../../../store/budget/index.ts';
import { upsertCustomer, type CustomerChange } from '../../../store/customers.ts';
import { ownDatabase, type OwnDatabase } from '../../servers/database.ts';
import { addCustomers, addEnrolment, askOf, day, hour, minute, noon, policyOf, SetClock } from './fixtures.ts';
import { sharedDifferences } from './ledger.ts';

let own: OwnDatabase;
let budgets: Budgets;
let clock: SetClock;
let family = '';
let families = 0;
/** Each of them may be written to as often as one likes; what they share, three times a week, and a day apart. */
const policy = policyOf({
  windows: [
    { name: 'each', atMost: 100, in: '7 days' },
    { name: 'an address', atMost: 3, in: '7 days', per: 'address' },
    { name: 'an account', atMost: 5, in: '7 days', per: 'account' },
  ],
});

beforeAll(async () => {
  own = await ownDatabase();
});
afterAll(() => own.drop());
beforeEach(async () => {
  clock = new SetClock();
  budgets = createBudgets(own.db, { clock, onFreed: () => undefined });
  family = `f${String(families++)}`;
  await addCustomers(own.db, [ana(), ben(), cem()]);
});

const ana = () => `${family}-ana`;
const ben = () => `${family}-ben`;
const cem = () => `${family}-cem`;
const mailbox = () => `${family}@example.com`;
const phone = '+4915112345678';
const has = (id: string, change: Partial<CustomerChange>) =>
  upsertCustomer(own.db, { id, now: clock.now(), ...change });
const email = (address: string) => ({ addresses: [{ channel: 'email', address }] as const });
const touch = (customer: string, name: string) => `${customer}-run/${name}/1`;
const reserve = (customer: string, name: string, change: Partial<ReserveAsk> = {}) =>
  budgets.reserve(
    askOf(touch(customer, name), customer, {
      policy,
      candidates: [{ channel: 'email', address: mailbox() }],
      ...change,
    }),
  );
const send = async (customer: string, name: string) => {
  const id = touch(customer, name);
  expect(await budgets.fence(id, { attempt: 'first', seen: 0, policy })).toMatchObject({ fenced: true });
  await budgets.settle(id, 'first', { is: 'sent', providerId: id, at: clock.now() });
};
const rings = async () =>
  (await own.db.selectFrom('shared_budgets').selectAll().orderBy('key').execute()).map(({ kind, recent }) => ({
    kind,
    touches: decodeRing(recent.toString()).map((t) => t.touchId),
  }));
const ours = async (kind: string) =>
  (await rings()).filter((ring) => ring.kind === kind && ring.touches.some((id) => id.startsWith(family)));
const together = async () => {
  await has(ana(), email(mailbox()));
  await has(ben(), email(mailbox()));
};

test('two who share a mailbox have one limit between them, and are told what it counts over', async () => {
  await together();
  expect(await reserve(ana(), 'one')).toMatchObject({ is: 'reserved' });
  expect(await reserve(ben(), 'one')).toMatchObject({ is: 'reserved' });
  expect(await reserve(ana(), 'two')).toMatchObject({ is: 'reserved' });
  const refused = await reserve(ben(), 'two');
  expect(refused).toMatchObject({ is: 'dropped', because: 'windows' });
  expect(refused).toHaveProperty('says', expect.stringContaining("'an address' is used up (3 of 3 in 7 days"));
  expect(refused).toHaveProperty('says', expect.stringContaining('counted over the mailbox they share'));
  // Nothing to do with a third, and with another mailbox of one of them.
  expect(await reserve(cem(), 'one')).toMatchObject({ is: 'reserved' });
  expect(
    await reserve(ben(), 'three', { candidates: [{ channel: 'email', address: 'ben@else.example' }] }),
  ).toMatchObject({
    is: 'reserved',
  });
  expect(await sharedDifferences(own.db)).toEqual([]);
});

test('a number is one phone by SMS and by call, and what was sent before they shared it counts', async () => {
  const sms = { candidates: [{ channel: 'sms', address: phone }] } as const;
  await has(ana(), { addresses: [{ channel: 'sms', address: phone }] });
  expect(await reserve(ana(), 'one', sms)).toMatchObject({ is: 'reserved', cost: 2 });
  await has(ben(), { addresses: [{ channel: 'voice', address: phone }] });
  expect(await ours('phone')).toEqual([{ kind: 'phone', touches: [touch(ana(), 'one')] }]);
  // Two more than three: neither by text, nor by a call, which is only warned about because a person makes it.
  expect(await reserve(ben(), 'one', sms)).toMatchObject({ is: 'dropped', because: 'windows' });
  const call = { touchId: touch(ben(), 'call'), customerId: ben(), channel: 'voice', address: phone } as const;
  const { warnings } = await own.db
    .transaction()
    .execute((tx) => countHuman(tx, { ...call, purpose: 'service', about: {} }, policy, clock.now()));
  expect(warnings).toContainEqual({ gate: 'windows', rule: 'an address' });
  expect((await ours('phone'))[0]?.touches).toEqual([touch(ana(), 'one'), touch(ben(), 'call')]);
  expect(await sharedDifferences(own.db)).toEqual([]);
});

test('the people of one account have a limit, and whoever belongs to none has none of that kind', async () => {
  for (const id of [ana(), ben()]) await has(id, { accountId: `${family}-gmbh`, ...email(`${id}@example.com`) });
  const by = (id: string) => ({ candidates: [{ channel: 'email', address: `${id}@example.com` }] }) as const;
  for (const name of ['one', 'two', 'three'])
    expect(await reserve(ana(), name, by(ana()))).toMatchObject({ is: 'reserved' });
  for (const name of ['one', 'two']) expect(await reserve(ben(), name, by(ben()))).toMatchObject({ is: 'reserved' });
  const refused = await reserve(ben(), 'three', by(ben()));
  expect(refused).toMatchObject({ is: 'dropped' });
  expect(refused).toHaveProperty('says', expect.stringContaining("'an account' is used up"));
  expect(refused).toHaveProperty('says', expect.stringContaining('counted over their account'));
  // Out of it, only their own mailbox is counted; what they have got as one of its people stays counted there.
  await has(ben(), { accountId: null });
  expect(await reserve(ben(), 'four', by(ben()))).toMatchObject({ is: 'reserved' });
  expect((await ours('account'))[0]?.touches).toHaveLength(5);
});

test('a place that is given back on what they share wakes whoever of the other waits for it', async () => {
  await together();
  const run = `${ben()}-run`;
  await addEnrolment(own.db, run, ben());
  for (const name of ['one', 'two', 'three']) await reserve(ana(), name);
  const waits = { fate: { fate: 'wait', atMost: '8 days', then: 'drop' }, about: { enrolmentId: run } } as const;
  expect(await reserve(ben(), 'one', waits)).toMatchObject({ is: 'deferred', until: noon + 7 * day + 15 * minute });
  const first = touch(ana(), 'one');
  await budgets.fence(first, { attempt: 'first', seen: 0, policy });
  await budgets.settle(first, 'first', { is: 'failed', code: '550' });
  const called = await own.db.selectFrom('outbox').select(['ref', 'freed']).where('ref', '=', run).execute();
  expect(called).toEqual([{ ref: run, freed: true }]);
  // Whoever waited longer goes first, of whichever customer.
  clock.at += minute;
  expect(await reserve(ana(), 'four', { firstAskedAt: clock.at })).toMatchObject({
    is: 'dropped',
    because: 'priority',
  });
  expect(await reserve(ben(), 'one', { ...waits, ask: 2 })).toMatchObject({ is: 'reserved' });
  expect(await sharedDifferences(own.db)).toEqual([]);
});

test('a place that nobody sends from expires there, too, and one whose outcome is unknown does not', async () => {
  await together();
  for (const name of ['one', 'two']) await reserve(ana(), name);
  await reserve(ben(), 'one');
  await budgets.fence(touch(ana(), 'one'), { attempt: 'first', seen: 0, policy });
  await budgets.settle(touch(ana(), 'one'), 'first', { is: 'unknown', code: 'timeout' });
  clock.at += 15 * minute + 1;
  await budgets.expireReservations();
  for (const name of ['two', 'three']) expect(await reserve(ben(), name)).toMatchObject({ is: 'reserved' });
  expect(await reserve(ben(), 'four')).toMatchObject({ is: 'dropped' });
  await budgets.settleByReceipt({ touchId: touch(ana(), 'one'), providerId: 'p' }, { status: 'failed', at: clock.at });
  expect(await reserve(ben(), 'four', { ask: 2 })).toMatchObject({ is: 'reserved' });
  expect(await sharedDifferences(own.db)).toEqual([]);
});

test('whoever gives up the address in the middle of a send still counts where it went', async () => {
  await together();
  await reserve(ana(), 'one');
  await has(ana(), email('ana@new.example'));
  await send(ana(), 'one');
  expect(await ours('mailbox')).toEqual([{ kind: 'mailbox', touches: [touch(ana(), 'one')] }]);
  for (const name of ['one', 'two']) expect(await reserve(ben(), name)).toMatchObject({ is: 'reserved' });
  expect(await reserve(ben(), 'three')).toMatchObject({ is: 'dropped' });
  // She shares nothing any more, and her row says so.
  const row = await own.db.selectFrom('budgets').select('shared').where('customer_id', '=', ana()).executeTakeFirst();
  expect(row).toEqual({ shared: null });
});

test('spacing that is per address keeps two customers apart', async () => {
  await together();
  const apart = policyOf({ spacing: [{ apart: '24 hours', per: 'address' }] });
  await reserve(ana(), 'one', { policy: apart });
  await send(ana(), 'one');
  const waits = { policy: apart, fate: { fate: 'wait', atMost: '2 days', then: 'drop' } } as const;
  expect(await reserve(ben(), 'one', waits)).toMatchObject({ is: 'deferred', because: 'spacing', until: noon + day });
  const [told] = await whyCustomer(own.db, ben());
  expect(told?.says).toContain('counted over the mailbox they share');
  clock.at = noon + day - hour;
  expect(await reserve(ben(), 'one', { ...waits, ask: 2 })).toMatchObject({ is: 'deferred' });
  clock.at = noon + day;
  expect(await reserve(ben(), 'one', { ...waits, ask: 3 })).toMatchObject({ is: 'reserved' });
});

test('sixty who share one mailbox ask at once, while others with mailboxes of their own do: three get a place, and all of the others', async () => {
  const many = Array.from({ length: 60 }, (_, n) => `${family}-m${String(n).padStart(2, '0')}`);
  const others = Array.from({ length: 60 }, (_, n) => `${family}-o${String(n).padStart(2, '0')}`);
  await addCustomers(own.db, [...many, ...others]);
  // They take it at once as well: each sees the others who do.
  await Promise.all(many.map((id) => has(id, email(mailbox()))));
  const two = [budgets, createBudgets(own.db, { clock, onFreed: () => undefined })];
  const answers = await Promise.all([
    ...many.map((id, n) =>
      two[n % 2]!.reserve(
        askOf(touch(id, 'one'), id, { policy, candidates: [{ channel: 'email', address: mailbox() }] }),
      ),
    ),
    ...others.map((id, n) => two[n % 2]!.reserve(askOf(touch(id, 'one'), id, { policy }))),
  ]);
  expect(answers.slice(0, 60).filter(({ is }) => is === 'reserved')).toHaveLength(3);
  expect(answers.slice(60).filter(({ is }) => is === 'reserved')).toHaveLength(60);
  expect(await sharedDifferences(own.db)).toEqual([]);
});
