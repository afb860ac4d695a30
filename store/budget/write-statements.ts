/** The statements that write a batch: customers alone, customers with what they share, and touches that were refused. */
import { decisions, freedTouches, moves, rows, sharedRows, touches, type Types } from './written-columns.ts';

const names = (columns: Types): string => Object.keys(columns).join(', ');
let parameters = 0;
const listed = (columns: Types): string =>
  `unnest(${Object.values(columns)
    .map((type) => `$${(parameters += 1)}::${type}[]`)
    .join(', ')}) as x(${names(columns)})`;

/** What an ask overwrites of a touch that asked before; what came of an earlier ask is forgotten with it. */
const askedAfresh = Object.keys(touches).filter((name) => !['id', 'asked_at'].includes(name));
const overwritten = [
  ...askedAfresh.map((name) => `${name} = excluded.${name}`),
  ...['attempt', 'sending_at', 'settled_at', 'provider_id', 'receipt', 'failure'].map((name) => `${name} = null`),
].join(', ');
/** Of the ring, what is new comes behind what stays of the lines that are there. */
const written = `version = excluded.version, waiting = excluded.waiting,
  recent = substr(b.recent, excluded.kept_from, excluded.kept) || excluded.recent`;
const moved = Object.keys(moves).filter((name) => !['id', 'customer_id'].includes(name));

/** What follows from a customer's row being written; its parameters stand behind those of the rows. */
function following(): string {
  const now = (): string => `$${String(parameters)}::timestamptz`;
  return `made as (
    insert into touches (${names(touches)}) select ${names(touches)} from ${listed(touches)}
    where x.customer_id in (select customer_id from won)
  ), again as materialized (
    select * from ${listed(touches)} where x.customer_id in (select customer_id from won)
  ), kept as (
    insert into decisions (${names(decisions)})
    select id, ask, customer_id, answer ->> 'is', answer ->> 'because', record, decided_at from touches
    where id in (select id from again) and record is not null
    on conflict do nothing
  ), remade as (
    insert into touches (${names(touches)}) select ${names(touches)} from again
    on conflict (id) do update set ${overwritten}
  ), decided as (
    insert into decisions (${names(decisions)}) select ${names(decisions)} from ${listed(decisions)}
    where x.customer_id in (select customer_id from won)
    on conflict do nothing
  ), moved as (
    update touches t set ${moved.map((name) => `${name} = x.${name}`).join(', ')}
    from ${listed(moves)}
    where t.id = x.id and x.customer_id in (select customer_id from won)
  ), free as (
    select x.touch from ${listed(freedTouches)} where x.customer_id in (select customer_id from won)
  ), waits as (
    update broadcast_waits w set due_at = least(w.due_at, $${String((parameters += 1))}::timestamptz)
    from free where w.touch_id = free.touch returning w.broadcast_id
  ), freed as (
    insert into outbox (workflow_id, kind, ref, freed, due_at)
    select 'run:' || t.enrolment_id, 'enrolment', t.enrolment_id, true, ${now()}
    from free join touches t on t.id = free.touch where t.enrolment_id is not null
    union select 'broadcast:' || broadcast_id, 'broadcast', broadcast_id, true, ${now()} from waits
    order by 1
    on conflict (workflow_id) do update set freed = true, generation = outbox.generation + 1,
      due_at = least(outbox.due_at, excluded.due_at), parked_at = null
  )
  select customer_id from won`;
}

// An insert that conflicts, and not an update with a join: it locks the rows in the order in which they are given, sorted,
// so that two batches never wait for each other, and it goes by the key whatever the planner believes of the table's size.
export const alone = statement(
  () => `
  with won as (
    insert into budgets as b (${names(rows)}) select ${names(rows)} from ${listed(rows)}
    on conflict (customer_id) do update
      set ${written}
      where b.version = excluded.version - 1
    returning customer_id
  ), ${following()}`,
);

// With what is shared: every row is locked before any is written, customers' rows first and each kind sorted, as everywhere.
// A unit of which one row has changed since it was read is left alone whole. What was locked with its version unchanged is
// the row that this statement sees, so that the inserts below find no other.
export const sharing = statement(
  () => `
  with mine as materialized (select * from ${listed({ ...rows, unit: 'integer' })}),
  ours as materialized (select * from ${listed({ ...sharedRows, unit: 'integer' })}),
  held as materialized (
    select x.customer_id from mine x cross join lateral (
      select 1 from budgets b where b.customer_id = x.customer_id and b.version = x.version - 1 limit 1 for update) l
  ), late as materialized (select unit from mine where customer_id not in (select customer_id from held)),
  held_shared as materialized (
    select x.key from ours x cross join lateral (
      select 1 from shared_budgets s where s.key = x.key and s.version = x.version - 1 limit 1 for update) l
    where x.unit not in (select unit from late)
  ), lost as materialized (
    select unit from late union select unit from ours where key not in (select key from held_shared)
  ), won as (
    insert into budgets as b (${names(rows)}) select ${names(rows)} from mine where unit not in (select unit from lost)
    on conflict (customer_id) do update set ${written}
    returning customer_id
  ), won_shared as (
    insert into shared_budgets (${names(sharedRows)}) select ${names(sharedRows)} from ours
    where unit not in (select unit from lost)
    on conflict (key) do update
      set version = excluded.version, recent = excluded.recent, waiting = excluded.waiting
  ), ${following()}`,
);

function statement(text: () => string): string {
  parameters = 0;
  return text();
}

// What is there already was asked for by another process, which alone knows what it was told.
export const refused = statement(
  () => `
  insert into touches (${names(touches)}) select ${names(touches)} from ${listed(touches)}
  on conflict (id) do nothing
  returning id`,
);
