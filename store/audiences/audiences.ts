/** Stored segments: a condition on what we know of customers, or a list of their ids. */
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { ConditionData } from '../../core/journey/table.ts';
import type { Db, Tx } from '../open.ts';
import { callWorkflows } from '../outbox.ts';
import { whereHolds } from './condition.ts';

export interface Segment {
  readonly name: string;
  /** Null: a list. */
  readonly condition: ConditionData | null;
}
export interface Audience extends Segment {
  readonly setBy: string;
  /** Epoch milliseconds. */
  readonly setAt: number;
  /** Of a list; null for a condition, which `previewAudience` counts. */
  readonly members: number | null;
}

/** With null it becomes an empty list. What was a list and becomes a condition forgets its members. */
export async function setAudience(
  db: Db,
  audience: {
    readonly name: string;
    readonly condition: ConditionData | null;
    readonly by: string;
    readonly now: number;
  },
): Promise<void> {
  const { name, by, now } = audience;
  const row = {
    condition: audience.condition === null ? null : JSON.stringify(audience.condition),
    set_by: by,
    set_at: new Date(now),
  };
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('audiences')
      .values({ name, ...row })
      .onConflict((c) => c.column('name').doUpdateSet(row))
      .execute();
    await tx.deleteFrom('audience_members').where('audience', '=', name).execute();
    await tellBroadcasts(tx, name);
  });
}

/** Adds a page of ids to a list; ids that are there already, or of nobody we know yet, do no harm. False: there is no such list. */
export const addMembers = (db: Db, name: string, ids: readonly string[]): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    const list = await tx
      .selectFrom('audiences')
      .select('name')
      .where('name', '=', name)
      .where('condition', 'is', null)
      .forShare()
      .executeTakeFirst();
    if (!list) return false;
    await sql`insert into audience_members (audience, customer_id)
      select distinct ${name}, coalesce(c.merged_into, x.id) from unnest(${[...ids]}::text[]) as x(id)
        left join customers c on c.id = x.id order by 2 on conflict do nothing`.execute(tx);
    await tellBroadcasts(tx, name);
    return true;
  });

/** One that is to begin may begin sooner now: its people may be on other clocks. */
async function tellBroadcasts(tx: Tx, audience: string): Promise<void> {
  const planned = await tx
    .selectFrom('broadcasts')
    .select('id')
    .where('audience', '=', audience)
    .where('state', '=', 'planned')
    .execute();
  await callWorkflows(
    tx,
    planned.map(({ id }) => ({ kind: 'broadcast', ref: id })),
    0, // at once
  );
}

/** Without counting a list's members, as a broadcast asks for it again and again. */
export async function findAudience(db: Db, name: string): Promise<Segment | null> {
  const query = db.selectFrom('audiences').select(['name', 'condition']).where('name', '=', name);
  return (await query.executeTakeFirst()) ?? null;
}

/** With the number of a list's members. */
export async function getAudience(db: Db, name: string): Promise<Audience | null> {
  return (await read(db, name))[0] ?? null;
}
export const listAudiences = (db: Db): Promise<Audience[]> => read(db, null);

async function read(db: Db, name: string | null): Promise<Audience[]> {
  const rows = await db
    .selectFrom('audiences as a')
    .select((eb) => [
      'a.name',
      'a.condition',
      'a.set_by',
      'a.set_at',
      eb
        .selectFrom('audience_members as m')
        .select((m) => m.fn.countAll<string>().as('count'))
        .whereRef('m.audience', '=', 'a.name')
        .as('members'),
    ])
    .$if(name !== null, (q) => q.where('a.name', '=', name))
    .orderBy('a.name')
    .execute();
  return rows.map((row) => ({
    name: row.name,
    condition: row.condition,
    setBy: row.set_by,
    setAt: row.set_at.getTime(),
    members: row.condition === null ? Number(row.members) : null,
  }));
}

/** Whether `customers c` are in it. An audience that was never set has nobody; a record that was merged is nobody. */
export const whereIn = (audience: Segment): RawBuilder<SqlBool> =>
  audience.condition === null
    ? sql`(c.merged_into is null and exists (
        select 1 from audience_members m where m.audience = ${audience.name} and m.customer_id = c.id))`
    : sql`(c.merged_into is null and ${whereHolds(audience.condition)})`;
