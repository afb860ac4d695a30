/** What a customer may have in common with others: their addresses and their account, by the keys of shared rows. */
import { sql } from 'kysely';
import { addressKind } from '../../core/budget/shared-rows.ts';
import type { SharedKind } from '../../core/budget/row.ts';
import type { Channel } from '../../core/journey/channels.ts';
import { sharedKey } from '../budget/shared-keys.ts';
import type { Tx } from '../open.ts';

export interface Point {
  readonly key: string;
  readonly kind: SharedKind;
  /** The address or the account's id. */
  readonly value: string;
}
export interface Reached {
  readonly addresses: readonly { readonly channel: Channel; readonly address: string }[];
  readonly accountId: string | null;
}

/** Sorted by key, each once: a number that takes texts and calls is one phone. */
export async function pointsOf(tx: Tx, { addresses, accountId }: Reached): Promise<readonly Point[]> {
  const { salt } = await tx.selectFrom('installation').select('salt').executeTakeFirstOrThrow();
  const points = new Map<string, Point>();
  const add = (kind: SharedKind, value: string): void => {
    const key = sharedKey(salt.toString('hex'), kind, value);
    points.set(key, { key, kind, value });
  };
  for (const { channel, address } of addresses) {
    const kind = addressKind(channel);
    if (kind !== null) add(kind, address);
  }
  if (accountId !== null) add('account', accountId);
  return [...points.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

export async function reachedNow(tx: Tx, customerId: string): Promise<Reached> {
  const addresses = await tx
    .selectFrom('addresses')
    .select(['channel', 'address'])
    .where('customer_id', '=', customerId)
    .execute();
  const row = await tx.selectFrom('customers').select('account_id').where('id', '=', customerId).executeTakeFirst();
  return { addresses, accountId: row?.account_id ?? null };
}

/**
 * Two who take the same address at once must see each other, though neither has a row yet that both could lock. Held until the
 * transaction ends; taken in one order, and before any row of a customer is.
 */
export const holdPoints = (tx: Tx, points: readonly Point[]): Promise<void> =>
  holdPlaces(
    tx,
    points.map(({ key }) => key),
  );

/** What is named, whether or not there is a row of it; all at once, because they are taken in one order. */
export async function holdPlaces(tx: Tx, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await sql`select pg_advisory_xact_lock(place) from (
    select distinct hashtextextended(name, 0) as place from unnest(${[...names]}::text[]) name order by 1) places`.execute(
    tx,
  );
}

/** Everybody who has this, but for one. */
export async function othersAt(tx: Tx, { kind, value }: Point, except: string): Promise<string[]> {
  if (kind === 'account')
    return (
      await tx.selectFrom('customers').select('id').where('account_id', '=', value).where('id', '<>', except).execute()
    ).map(({ id }) => id);
  const channels = kind === 'mailbox' ? (['email'] as const) : (['sms', 'whatsapp', 'voice'] as const);
  const rows = await tx
    .selectFrom('addresses')
    .select('customer_id')
    .distinct()
    .where('channel', 'in', channels)
    .where('address', '=', value)
    .where('customer_id', '<>', except)
    .execute();
  return rows.map(({ customer_id }) => customer_id);
}
