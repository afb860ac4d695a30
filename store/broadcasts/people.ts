/** Customers of an audience, a page at a time, with all that a touch asks of their record. */
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { whereIn, type Segment } from '../audiences/audiences.ts';
import { placeOf, type Customer } from '../customers.ts';
import type { Database } from '../database.ts';
import type { Channel } from '../../core/journey/channels.ts';
import type { Db } from '../open.ts';

export interface PageAsked {
  /** Whose clocks these are; null among them: those without a zone. */
  readonly zones: readonly (string | null)[];
  /** Only whose record changed since then. */
  readonly changedSince?: number;
  readonly after: string;
  readonly limit: number;
}

export function peopleIn(db: Db, audience: Segment, asked: PageAsked): Promise<Customer[]> {
  const { zones, changedSince, after, limit } = asked;
  const named = zones.filter((zone) => zone !== null);
  const inZone = sql`(c.zone = any(${named}::text[])${zones.includes(null) ? sql` or c.zone is null` : sql``})`;
  const changed = changedSince === undefined ? sql`` : sql`and c.updated_at >= ${new Date(changedSince)}`;
  return people(
    db,
    sql`c.id > ${after} and ${inZone} ${changed} and ${whereIn(audience)} order by c.id limit ${limit}`,
  );
}

export const peopleById = (db: Db, ids: readonly string[]): Promise<Customer[]> =>
  ids.length === 0 ? Promise.resolve([]) : people(db, sql`c.id = any(${[...ids]}::text[]) order by c.id`);

/** On which clocks its people are; null among them: some have none. */
export async function zonesIn(db: Db, audience: Segment): Promise<(string | null)[]> {
  const { rows } = await sql<{ zone: string | null }>`
    select distinct c.zone from customers c where ${whereIn(audience)}`.execute(db);
  return rows.map((row) => row.zone);
}

type Row = Pick<Database['customers'], 'id' | 'zone' | 'preferred_channel' | 'wrote_on' | 'account_id'> & {
  locale: string;
  country: string | null;
  region: string | null;
  postal_code: string | null;
  jurisdiction: string | null;
  fields: Customer['fields'];
  wrote_at: Date | null;
  created_at: Date;
  updated_at: Date;
  addresses: { channel: Channel; address: string }[];
};

async function people(db: Db, where: RawBuilder<SqlBool>): Promise<Customer[]> {
  const { rows } = await sql<Row>`
    select c.id, c.zone, c.locale, c.fields, c.preferred_channel, c.wrote_on, c.wrote_at, c.account_id, c.created_at, c.updated_at,
      c.country, c.region, c.postal_code, c.jurisdiction,
      coalesce((select json_agg(json_build_object('channel', a.channel, 'address', a.address) order by a.created_at, a.channel)
        from addresses a where a.customer_id = c.id), '[]') as addresses
    from customers c where ${where}`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    zone: row.zone,
    locale: row.locale,
    fields: row.fields,
    preferredChannel: row.preferred_channel,
    wroteOn: row.wrote_on,
    wroteAt: row.wrote_at?.getTime() ?? null,
    addresses: row.addresses,
    accountId: row.account_id,
    place: placeOf(row),
    jurisdiction: row.jurisdiction,
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
  }));
}
