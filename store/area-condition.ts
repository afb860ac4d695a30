/** Who is in an area or may be, as SQL on `customers c`: it means what `core/budget/area` means, and a test holds them against each other. */
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { readArea } from '../core/budget/area.ts';

export function whereInArea(said: string): RawBuilder<SqlBool> {
  const area = readArea(said);
  if (area === null) return sql<SqlBool>`false`;
  const { country, region = null, postal = null } = area;
  const plausible = region === null ? [country] : [country, `${country}-${region}`];
  return sql<SqlBool>`(case when c.country is not null then c.country = ${country}
      and (${region}::text is null or c.region is null or c.region = ${region})
      and (${postal}::text is null or c.postal_code is null or starts_with(c.postal_code, ${postal}))
    else exists (select 1 from budgets b, json_array_elements_text(coalesce(b.gates -> 'jurisdictions', '[]')) as j(at)
      where b.customer_id = c.id and (j.at = any(${plausible}::text[])
        or (${region}::text is null and starts_with(j.at, ${`${country}-`})))) end)`;
}
