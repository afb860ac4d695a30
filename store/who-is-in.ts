import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { readArea } from '../core/budget/area.ts';
import { whereInArea } from './area-condition.ts';
import type { Db } from './open.ts';

/** How many are in some areas or may be; `among` is the condition on `customers c`. It looks at everybody: for whoever sets a guard, not for a decision. */
export async function whoIsIn(
  db: Db,
  areas: readonly string[],
): Promise<{
  readonly reach: { readonly there: number; readonly perhaps: number; readonly notKnown: number };
  readonly among: RawBuilder<SqlBool>;
}> {
  const among = sql<SqlBool>`(${sql.join(areas.map(whereInArea), sql` or `)})`;
  const surely = sql<SqlBool>`(${sql.join(areas.map(surelyIn), sql` or `)})`;
  const { rows } = await sql<{ there: string; perhaps: string; not_known: string }>`
    select count(*) filter (where ${among} and ${surely}) as there,
      count(*) filter (where ${among} and not ${surely}) as perhaps,
      count(*) filter (where c.country is null and (select b.gates -> 'jurisdictions' from budgets b where b.customer_id = c.id) is null) as not_known
    from customers c`.execute(db);
  const [found] = rows;
  const reach = {
    there: Number(found?.there ?? 0),
    perhaps: Number(found?.perhaps ?? 0),
    notKnown: Number(found?.not_known ?? 0),
  };
  return { reach, among };
}

/** By all that the area says, and all of it on record. */
function surelyIn(said: string): RawBuilder<SqlBool> {
  const area = readArea(said);
  const { country = '', region = null, postal = null } = area ?? {};
  return sql<SqlBool>`coalesce(c.country = ${country} and (${region}::text is null or c.region = ${region})
    and (${postal}::text is null or starts_with(c.postal_code, ${postal})), false)`;
}
