import { expect, test } from '@jest/globals';
import { locate } from '../../channels/whereabouts.ts';
import { upsertCustomer } from '../../store/customers.ts';
import { locateCustomers } from '../../store/locate-customers.ts';
import { ownDb } from './own-db.ts';
import { noon } from './setting.ts';

const db = await ownDb();
const gates = async (id: string) =>
  (await db.selectFrom('budgets').select('gates').where('customer_id', '=', id).executeTakeFirstOrThrow()).gates;
const look = (limit = 2): Promise<number> => locateCustomers(db, { locate, limit, now: noon });

test('customers of whom nobody has looked where they are get their clocks and laws, a page at a time, and once', async () => {
  const phone = (address: string) => [{ channel: 'sms', address } as const];
  await upsertCustomer(db, { id: 'ana', addresses: phone('+13055550123'), now: noon });
  await upsertCustomer(db, { id: 'ben', addresses: phone('+491701234567'), zone: 'Europe/Berlin', now: noon });
  await upsertCustomer(db, { id: 'cem', place: { country: 'US', region: 'WA' }, now: noon });
  await upsertCustomer(db, { id: 'dee', addresses: phone('+33612345678'), locate, now: noon });
  expect(await gates('ana')).not.toHaveProperty('jurisdictions');

  expect([await look(), await look(), await look()]).toEqual([2, 1, 0]);

  expect(await gates('ana')).toMatchObject({
    zone: null,
    zonesPlausible: ['America/Chicago', 'America/New_York'],
    jurisdictions: ['US-FL'],
  });
  expect(await gates('ben')).toMatchObject({ zone: 'Europe/Berlin', zonesPlausible: [], jurisdictions: ['DE'] });
  expect(await gates('cem')).toMatchObject({ jurisdictions: ['US-WA'], zonesPlausible: ['America/Los_Angeles'] });
  expect(await gates('dee')).toMatchObject({ jurisdictions: ['FR'] });

  // Written anew by somebody who does not look: what was found is of an address they may no longer have.
  await upsertCustomer(db, { id: 'ana', addresses: phone('+12065550123'), now: noon });
  expect(await look()).toBe(1);
  expect(await gates('ana')).toMatchObject({ jurisdictions: ['US-WA'] });
});
