/** Writes a batch in one statement. Whatever belongs to a customer is written only if their row has still the version it was read with. */
import type { BudgetRow } from '../../core/budget/types.ts';
import { packed } from './row.ts';
import type { Run } from './run.ts';
import type { MadeDecision, MadeTouch, MovedTouch } from './touch.ts';

export interface Change {
  /** As it was read. */
  readonly version: number;
  readonly row: BudgetRow;
  readonly made: readonly MadeTouch[];
  readonly moved: readonly MovedTouch[];
  readonly decisions: readonly MadeDecision[];
  readonly freed: readonly string[];
}

// An insert that conflicts, and not an update with a join: it locks the rows in the order in which they are given, sorted,
// so that two batches never wait for each other, and it goes by the key whatever the planner believes of the table's size.
const statement = `
    with won as (
      insert into budgets as b (customer_id, version, recent, waiting)
      select customer_id, version, recent, waiting from json_to_recordset($1) as x(customer_id text, version bigint, recent json, waiting json)
      on conflict (customer_id) do update
        set version = excluded.version, recent = excluded.recent, waiting = excluded.waiting
        where b.version = excluded.version - 1
      returning customer_id
    ), made as (
      insert into touches (id, customer_id, enrolment_id, task_id, journey, version, step, visit, purpose, cause, template,
        made_by, channel, address, cost, state, ask, answer, considered, request, asked_at, until, sent_at)
      select id, customer_id, enrolment_id, task_id, journey, version, step, visit, purpose, cause, template,
        made_by, channel, address, cost, state, ask, answer, considered, request, asked_at, until, sent_at
      from json_to_recordset($2) as x(id text, customer_id text, enrolment_id text, task_id text, journey text,
        version integer, step text, visit integer, purpose text, cause text, template text, made_by text, channel text,
        address text, cost integer, state text, ask integer, answer json, considered json, request json,
        asked_at timestamptz, until timestamptz, sent_at timestamptz)
      where x.customer_id in (select customer_id from won)
      on conflict (id) do update set purpose = excluded.purpose, cause = excluded.cause, template = excluded.template,
        made_by = excluded.made_by, channel = excluded.channel, address = excluded.address, cost = excluded.cost,
        state = excluded.state, ask = excluded.ask, answer = excluded.answer, considered = excluded.considered,
        request = excluded.request, until = excluded.until, sent_at = excluded.sent_at, attempt = null, sending_at = null,
        settled_at = null, provider_id = null, receipt = null, failure = null
    ), moved as (
      update touches t set state = x.state, attempt = x.attempt, sending_at = x.sending_at, until = x.until,
        sent_at = x.sent_at, settled_at = x.settled_at, provider_id = x.provider_id, failure = x.failure
      from json_to_recordset($3) as x(id text, customer_id text, state text, attempt text, sending_at timestamptz,
        until timestamptz, sent_at timestamptz, settled_at timestamptz, provider_id text, failure text)
      where t.id = x.id and x.customer_id in (select customer_id from won)
    ), decided as (
      insert into decisions (touch_id, ask, customer_id, decided, because, explanation, at)
      select touch_id, ask, customer_id, decided, because, explanation, at
      from json_to_recordset($4) as x(touch_id text, ask integer, customer_id text, decided text, because text,
        explanation json, at timestamptz)
      where x.customer_id in (select customer_id from won)
      on conflict do nothing
    ), freed as (
      insert into outbox (workflow_id, kind, ref, freed, due_at)
      select distinct 'run:' || t.enrolment_id, 'enrolment', t.enrolment_id, true, $6::timestamptz
      from json_to_recordset($5) as x(touch text, customer_id text) join touches t on t.id = x.touch
      where t.enrolment_id is not null and x.customer_id in (select customer_id from won)
      order by 1
      on conflict (workflow_id) do update set freed = true, generation = outbox.generation + 1,
        due_at = least(outbox.due_at, excluded.due_at), parked_at = null
    )
    select customer_id from won`;

/** Answers with the customers whose changes were written. `changes` are sorted by customer. */
export async function save(run: Run, changes: readonly Change[], now: number): Promise<Set<string>> {
  const rows = changes.map(({ row, version }) => ({
    customer_id: row.customerId,
    version: version + 1,
    ...packed(row),
  }));
  const freed = changes.flatMap((c) => c.freed.map((touch) => ({ touch, customer_id: c.row.customerId })));
  const won = await run<{ customer_id: string }>(statement, [
    JSON.stringify(rows),
    JSON.stringify(changes.flatMap((c) => c.made)),
    JSON.stringify(changes.flatMap((c) => c.moved)),
    JSON.stringify(changes.flatMap((c) => c.decisions)),
    JSON.stringify(freed),
    new Date(now),
  ]);
  return new Set(won.map((w) => w.customer_id));
}
