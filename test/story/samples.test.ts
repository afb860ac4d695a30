import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setAudience } from '../../store/audiences/audiences.ts';
import { listBroadcasts } from '../../store/broadcasts/row.ts';
import { notifyPump } from '../../store/outbox.ts';
import { fastClock, startEngine, until, type Engine } from './engine.ts';
import { startShop, systemsAt, type Shop } from './shop.ts';

/** A day is under half a second, so that two months are under half a minute. It begins on a Monday morning in Berlin. */
const clock = fastClock(200_000, Date.parse('2026-12-07T09:00:00Z'));
const inDays = (days: number): string => new Date(clock.now() + days * 86_400_000).toISOString();

let shop: Shop;
let engine: Engine;
beforeAll(async () => {
  shop = await startShop();
  engine = await startEngine({ clock, systems: systemsAt(shop.url) });
});
afterAll(async () => {
  await engine.stop();
  await shop.close();
});

/** How the run of this customer's journey ended, and what the customer read. */
async function came(customerId: string, journey: string): Promise<{ outcome: string | null; read: string[] }> {
  const { outcome } = await until(
    `${journey} of ${customerId} is over`,
    () =>
      engine.db
        .selectFrom('enrolments')
        .select('outcome')
        .where('customer_id', '=', customerId)
        .where('journey', '=', journey)
        .where('state', '=', 'ended')
        .executeTakeFirst(),
    90_000,
  );
  const read = engine.inbox.mails.filter((mail) => JSON.stringify(mail.to).includes(`"${customerId}@`));
  return { outcome, read: read.map(({ subject }) => subject ?? '') };
}

test('every sample runs from its entry to its end, all at once, on a clock that makes a day of half a second', async () => {
  const { customer, event, db } = engine;
  for (const id of ['asks', 'asks-other', 'is-visited', 'waits-for-parcel', 'gets-offer']) await customer(id);
  await customer('renews', { fields: { renewsOn: inDays(62).slice(0, 10) } });
  await customer('reviews', { fields: { plan: 'gold' } });
  await setAudience(db, {
    name: 'customers-of-2026',
    condition: { path: 'customer.plan', is: ['gold'] },
    by: 'a test',
    now: clock.now(),
  });
  await event('asks', 'inquiry-received', { inquiryId: 'i-1', topic: 'billing', urgent: false });
  await event('asks', 'we-answered', { by: 'person' });
  await event('asks-other', 'inquiry-received', { inquiryId: 'i-2', topic: 'other', urgent: false });
  await event('waits-for-parcel', 'parcel-overdue', { orderId: 'o-1', daysLate: 3 });
  await event('gets-offer', 'offer-ready', { offerId: 'spring', percent: 15 });
  await event('is-visited', 'appointment-set', { appointmentId: 'a-1', startsAt: inDays(10) });
  // Nothing comes too early: it is kept for the step that listens for it.
  await event('is-visited', 'visit-finished', { appointmentId: 'a-1', total: 80 });
  await notifyPump(db);

  expect(await came('asks', 'inquiry')).toEqual({ outcome: 'answered', read: ['We have your message'] });
  expect(await came('asks-other', 'starter')).toEqual({ outcome: 'finished', read: ['We have your message'] });
  expect(await came('waits-for-parcel', 'late-parcel')).toEqual({
    outcome: 'refunded',
    read: ['Your parcel is lost, and your money comes back'],
  });
  expect(await came('is-visited', 'appointment')).toMatchObject({ outcome: 'finished' });
  expect(await came('gets-offer', 'offer')).toMatchObject({ outcome: 'not-taken' });
  // Half a week may pass between two looks of a worker, so whether it finds an hour in which marketing may go is chance.
  await until('the year in review is over', async () =>
    (await listBroadcasts(db)).some(({ state, entered }) => state === 'done' && entered === 1),
  );
  expect(await came('renews', 'renewal')).toMatchObject({ outcome: 'not-renewed' });
}, 150_000);
