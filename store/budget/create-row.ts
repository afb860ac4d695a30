import type { Run } from './run.ts';

const statement = `
    insert into budgets (customer_id, gates)
    select id, json_build_object('zone', zone) from customers where id in (select json_array_elements_text($1)) order by id
    on conflict do nothing`;
const known = `select customer_id from budgets where customer_id in (select json_array_elements_text($1))`;

/**
 * Every customer is created with a row; this is for one who was not. Nothing but their zone is known then, because
 * consents and the like are never recorded without the row. Answers with those who have a row now.
 */
export async function createRows(run: Run, customerIds: readonly string[]): Promise<Set<string>> {
  const ids = JSON.stringify([...new Set(customerIds)].sort());
  await run(statement, [ids]);
  return new Set((await run<{ customer_id: string }>(known, [ids])).map((row) => row.customer_id));
}
