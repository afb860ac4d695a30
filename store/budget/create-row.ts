import type { Run } from './run.ts';

const statement = `
    insert into budgets (customer_id, gates)
    select id, json_build_object('zone', zone) from customers where id in (select json_array_elements_text($1)) order by id
    on conflict do nothing`;
const known = `select customer_id, coalesce(merged_into, customer_id) as at from budgets
    where customer_id in (select json_array_elements_text($1))`;

/**
 * Every customer is created with a row; this is for one who was not. Nothing but their zone is known then, because
 * consents and the like are never recorded without the row. Answers with those who have a row now, and whose that is: their own, or that
 * of the record they were merged into.
 */
export async function createRows(run: Run, customerIds: readonly string[]): Promise<Map<string, string>> {
  const ids = JSON.stringify([...new Set(customerIds)].sort());
  await run(statement, [ids]);
  const rows = await run<{ customer_id: string; at: string }>(known, [ids]);
  return new Map(rows.map(({ customer_id, at }) => [customer_id, at]));
}
