import { sql, type Kysely, type RawBuilder } from 'kysely';

/** A customer's recent touches become lines (core/budget/ring), of which a write sends only what is new. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
  await escapeWhatIsNotAscii(db);
}

const ringAsLines: RawBuilder<unknown> = sql`create function pg_temp.lines(ring json) returns bytea language sql immutable as $$
    select convert_to(coalesce(string_agg(format(E'[%s,%s,%s,%s,%s,%s,%s,%s],\n', t -> 0, t -> 1, t -> 2, t -> 3, t -> 4,
      ring -> 'names' -> (t ->> 5)::int, ring -> 'names' -> (t ->> 6)::int, t -> 7), '' order by n), ''), 'UTF8')
    from json_array_elements(case when json_typeof(ring) = 'object' then ring -> 'touches' else '[]' end) with ordinality x(t, n)
  $$`;

const statements = [
  ringAsLines,
  sql`alter table budgets
    alter column recent drop default,
    alter column recent type bytea using pg_temp.lines(recent),
    alter column recent set default '',
    -- Never stored: by these an upsert says which bytes of the old lines stay in front of the new ones.
    add column kept_from integer,
    add column kept integer`,
  sql`alter table shared_budgets
    alter column recent drop default,
    alter column recent type bytea using pg_temp.lines(recent),
    alter column recent set default ''`,
  // A ring of twenty touches is nearly 2 KB, from where on each write would compress the row anew.
  sql`alter table budgets set (toast_tuple_target = 8160)`,
  sql`drop function pg_temp.lines(json)`,
];

/** Offsets in the lines are counted in bytes and in characters alike. */
async function escapeWhatIsNotAscii(db: Kysely<never>): Promise<void> {
  for (const [table, key] of [
    ['budgets', 'customer_id'],
    ['shared_budgets', 'key'],
  ] as const) {
    const { rows } = await sql<{
      id: string;
      recent: Buffer;
    }>`select ${sql.ref(key)} as id, recent from ${sql.table(table)}
      where length(convert_from(recent, 'UTF8')) <> length(recent)`.execute(db);
    for (const { id, recent } of rows) {
      const lines = recent
        .toString()
        .replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
      await sql`update ${sql.table(table)} set recent = convert_to(${lines}, 'UTF8') where ${sql.ref(key)} = ${id}`.execute(
        db,
      );
    }
  }
}
