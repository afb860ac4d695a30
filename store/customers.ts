/** Who we may contact: what we know of them and where they can be reached. */
import { sql } from 'kysely';
import { postalOf, type Place } from '../core/budget/area.ts';
import type { Channel } from '../core/journey/channels.ts';
import type { Scalar } from '../core/run/inputs.ts';
import { recordChanged } from './beside/record-changed.ts';
import { keepDateEntries } from './dates/keep.ts';
import { keepShared } from './sharing/keep.ts';
import { holdPoints, pointsOf, reachedNow } from './sharing/points.ts';
import { idNow, lockCustomer } from './lock-customer.ts';
import type { Db, Tx } from './open.ts';
import { copyWhereabouts, type Locate } from './whereabouts.ts';

export { lockCustomer } from './lock-customer.ts';

export interface Address {
  readonly channel: Channel;
  /** Normalised by its adapter: lower-case domain, E.164. */
  readonly address: string;
}
export interface Customer {
  readonly id: string;
  readonly zone: string | null;
  readonly locale: string;
  readonly fields: Readonly<Record<string, Scalar>>;
  readonly preferredChannel: Channel | null;
  readonly wroteOn: Channel | null;
  readonly wroteAt: number | null;
  readonly addresses: readonly Address[];
  /** Whose people have a limit in common, where a policy has one per account. */
  readonly accountId: string | null;
  /** Where they live, as far as it is known. */
  readonly place: Place | null;
  /** Whose law holds for them, where somebody has said so: 'US-FL'. Otherwise it is found from their place and numbers. */
  readonly jurisdiction: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What is not given stays as it is. `fields` are merged by name, null removes one; `addresses` replace the list. */
export interface CustomerChange {
  readonly id: string;
  readonly zone?: string | null;
  readonly place?: Place | null;
  readonly jurisdiction?: string | null;
  /** Where they may be and whose law may hold for them, by phone number, place and locale: asked of what is stored in the end. */
  readonly locate?: Locate;
  readonly locale?: string;
  readonly fields?: Readonly<Record<string, Scalar | null>>;
  readonly preferredChannel?: Channel | null;
  readonly addresses?: readonly Address[];
  readonly accountId?: string | null;
  readonly now: number;
}

/**
 * Creates or changes a customer, with the budget row that every customer has. `isNew`: there was none of this id. Whose time hangs on a
 * field that changed hears of it: call `notifyPump` afterwards.
 */
export function upsertCustomer(
  db: Db,
  change: CustomerChange,
): Promise<{ readonly customer: Customer; readonly isNew: boolean }> {
  return upsertOnce(db, change).catch((error: unknown) => {
    if (error instanceof MergedMeanwhile) return upsertCustomer(db, change);
    throw error;
  });
}

class MergedMeanwhile extends Error {}

function upsertOnce(db: Db, given: CustomerChange): Promise<{ readonly customer: Customer; readonly isNew: boolean }> {
  return db.transaction().execute(async (tx) => {
    const id = (await idNow(tx, given.id)) ?? given.id;
    const change = { ...given, id };
    const reached = await holdReach(tx, change);
    const held = (await lockCustomer(tx, id)) ?? id;
    // Merged between the two: rare enough to begin again.
    if (held !== id) throw new MergedMeanwhile();
    const before = change.fields === undefined ? null : await fieldsHeld(tx, change.id);
    const isNew = await writeCustomer(tx, change);
    if (change.addresses) await replaceAddresses(tx, change.id, change.addresses, change.now);
    if (isNew)
      await tx
        .insertInto('budgets')
        .values(emptyBudget(change.id))
        .onConflict((c) => c.doNothing())
        .execute();
    if (reached) await keepShared(tx, change.id, reached.before, reached.after);
    const customer = await getCustomer(tx, change.id);
    if (!customer) throw new Error(`Customer ${change.id} is gone although this transaction has just written it`);
    const mayBeElsewhere = [change.zone, change.place, change.jurisdiction, change.addresses, change.locale];
    if (isNew || mayBeElsewhere.some((given) => given !== undefined)) await copyWhereabouts(tx, customer, change);
    const told = {
      customerId: change.id,
      fields: Object.keys(change.fields ?? {}),
      isZoneGiven: change.zone !== undefined,
    };
    await keepDateEntries(tx, told, change.now);
    if (before) await recordChanged(tx, { customerId: change.id, before, after: customer.fields, now: change.now });
    return { customer, isNew };
  });
}

/** What they share may change with their addresses and their account: held before any row is. */
async function holdReach(tx: Tx, { id, addresses, accountId }: CustomerChange) {
  if (addresses === undefined && accountId === undefined) return null;
  const before = await reachedNow(tx, id);
  const after = {
    addresses: addresses ?? before.addresses,
    accountId: accountId === undefined ? before.accountId : accountId,
  };
  await holdPoints(tx, [...(await pointsOf(tx, before)), ...(await pointsOf(tx, after))]);
  // Whoever changed them meanwhile held what they had then: it is what they have now.
  return { before: await reachedNow(tx, id), after };
}

/** Null: there is no such customer yet. */
async function fieldsHeld(tx: Tx, id: string): Promise<Customer['fields'] | null> {
  const row = await tx.selectFrom('customers').select('fields').where('id', '=', id).executeTakeFirst();
  return row?.fields ?? null;
}

const emptyBudget = (customerId: string) => ({ customer_id: customerId, waiting: '[]', gates: '{}' });

async function writeCustomer(tx: Tx, change: CustomerChange): Promise<boolean> {
  const at = new Date(change.now);
  const given = {
    ...(change.zone === undefined ? {} : { zone: change.zone }),
    ...(change.locale === undefined ? {} : { locale: change.locale }),
    ...(change.preferredChannel === undefined ? {} : { preferred_channel: change.preferredChannel }),
    ...(change.accountId === undefined ? {} : { account_id: change.accountId }),
    ...(change.jurisdiction === undefined ? {} : { jurisdiction: change.jurisdiction }),
    ...(change.place === undefined ? {} : placeColumns(change.place)),
  };
  const fields = JSON.stringify(change.fields ?? {});
  const row = await tx
    .insertInto('customers')
    .values({
      id: change.id,
      ...given,
      fields: sql`jsonb_strip_nulls(${fields}::jsonb)`,
      created_at: at,
      updated_at: at,
    })
    .onConflict((c) =>
      c.column('id').doUpdateSet({
        ...given,
        fields: sql`jsonb_strip_nulls(customers.fields || ${fields}::jsonb)`,
        updated_at: at,
      }),
    )
    .returning(sql<boolean>`xmax = 0`.as('is_new'))
    .executeTakeFirstOrThrow();
  return row.is_new;
}

export const placeColumns = (place: Place | null) => ({
  country: place?.country ?? null,
  region: place?.region ?? null,
  postal_code: place?.postal === undefined ? null : postalOf(place.postal),
});

export const placeOf = (row: {
  country: string | null;
  region: string | null;
  postal_code: string | null;
}): Place | null =>
  row.country === null
    ? null
    : {
        country: row.country,
        ...(row.region === null ? {} : { region: row.region }),
        ...(row.postal_code === null ? {} : { postal: row.postal_code }),
      };

async function replaceAddresses(tx: Tx, customerId: string, addresses: readonly Address[], now: number): Promise<void> {
  await tx.deleteFrom('addresses').where('customer_id', '=', customerId).execute();
  if (addresses.length === 0) return;
  await tx
    .insertInto('addresses')
    .values(addresses.map((a) => ({ customer_id: customerId, ...a, created_at: new Date(now) })))
    .onConflict((c) => c.doNothing())
    .execute();
}

/** The customer's language; null: there is no such customer. */
export async function localeOf(db: Db, id: string): Promise<string | null> {
  const row = await db.selectFrom('customers').select('locale').where('id', '=', id).executeTakeFirst();
  return row?.locale ?? null;
}

export async function getCustomer(db: Db, id: string): Promise<Customer | null> {
  const row = await db.selectFrom('customers').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return null;
  const addresses = await db
    .selectFrom('addresses')
    .select(['channel', 'address'])
    .where('customer_id', '=', id)
    .orderBy('created_at')
    .orderBy('channel')
    .execute();
  return {
    id: row.id,
    zone: row.zone,
    locale: row.locale,
    fields: row.fields,
    preferredChannel: row.preferred_channel,
    wroteOn: row.wrote_on,
    wroteAt: row.wrote_at?.getTime() ?? null,
    addresses,
    accountId: row.account_id,
    place: placeOf(row),
    jurisdiction: row.jurisdiction,
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
  };
}
