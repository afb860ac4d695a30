/** The statements that write a batch: customers alone, customers with what they share, and touches that were refused. */
import { decisions, freedTouches, moves, rows, sharedRows, touches, type Types } from './written-columns.ts';

/** What may follow from a customer's row being written, in the order of its parameters. The instant stands behind those of who was freed. */
export const followers = {
  made: touches,
  remade: touches,
  decided: decisions,
  moved: moves,
  freed: freedTouches,
} as const satisfies Record<string, Types>;
export type Follower = keyof typeof followers;
export type Kind = 'alone' | 'sharing';

export const rowsOf = { alone: rows, sharing: { ...rows, unit: 'integer' } } as const satisfies Record<Kind, Types>;
export const sharedRowsOf = { ...sharedRows, unit: 'integer' } as const satisfies Types;

/**
 * The first parameter of every statement, and the limit of every list in it. It cuts nothing off. Without it the planner takes a list that it sees to be
 * shorter than one that it does not, and plans every small batch anew instead of keeping its plan, which takes longer than the batch.
 */
export const noLimit = 2 ** 31 - 1;

const names = (columns: Types): string => Object.keys(columns).join(', ');

/** Writes a statement; counts its parameters. */
class Parameters {
  #last = 1;
  next(): string {
    this.#last += 1;
    return `$${this.#last}`;
  }
  /** An array for each column, as rows named x. */
  listed(columns: Types): string {
    const arrays = Object.values(columns).map((type) => `${this.next()}::${type}[]`);
    return `(select ${names(columns)} from unnest(${arrays.join(', ')}) as x(${names(columns)}) limit $1::integer) as x`;
  }
}

/** What an ask overwrites of a touch that asked before; what came of an earlier ask is forgotten with it. */
const askedAfresh = Object.keys(touches).filter((name) => !['id', 'asked_at'].includes(name));
const overwritten = [
  ...askedAfresh.map((name) => `${name} = excluded.${name}`),
  ...['attempt', 'sending_at', 'settled_at', 'provider_id', 'receipt', 'failure', 'settled_by'].map(
    (name) => `${name} = null`,
  ),
].join(', ');
/** Of the ring, what is new comes behind what stays of the lines that are there. */
const written = `version = excluded.version, waiting = excluded.waiting,
  recent = substr(b.recent, excluded.kept_from, excluded.kept) || excluded.recent`;
const movedColumns = Object.keys(moves).filter((name) => !['id', 'customer_id'].includes(name));
const ofWon = 'x.customer_id in (select customer_id from won)';

const following: Record<Follower, (p: Parameters) => string> = {
  made: (p) => `made as (
    insert into touches (${names(touches)}) select ${names(touches)} from ${p.listed(touches)} where ${ofWon}
  )`,
  remade: (p) => `again as materialized (
    select ${names(touches)} from ${p.listed(touches)} where ${ofWon}
  ), kept as (
    insert into decisions (${names(decisions)})
    select id, ask, customer_id, answer ->> 'is', answer ->> 'because', record, decided_at from touches
    where id in (select id from again) and record is not null
    on conflict do nothing
  ), remade as (
    insert into touches (${names(touches)}) select ${names(touches)} from again
    on conflict (id) do update set ${overwritten}
  )`,
  decided: (p) => `decided as (
    insert into decisions (${names(decisions)}) select ${names(decisions)} from ${p.listed(decisions)} where ${ofWon}
    on conflict do nothing
  )`,
  moved: (p) => `moved as (
    update touches t set ${movedColumns.map((name) => `${name} = x.${name}`).join(', ')}
    from ${p.listed(moves)} where t.id = x.id and ${ofWon}
  )`,
  freed(p) {
    const listed = p.listed(freedTouches);
    const now = `${p.next()}::timestamptz`;
    return `free as (
    select x.touch from ${listed} where ${ofWon}
  ), waits as (
    update broadcast_waits w set due_at = least(w.due_at, ${now})
    from free where w.touch_id = free.touch returning w.broadcast_id
  ), freed as (
    insert into outbox (workflow_id, kind, ref, freed, due_at)
    select 'run:' || t.enrolment_id, 'enrolment', t.enrolment_id, true, ${now}
    from free join touches t on t.id = free.touch where t.enrolment_id is not null
    union select 'broadcast:' || broadcast_id, 'broadcast', broadcast_id, true, ${now} from waits
    order by 1
    on conflict (workflow_id) do update set freed = true, generation = outbox.generation + 1,
      due_at = least(outbox.due_at, excluded.due_at), parked_at = null
  )`;
  },
};

const winning: Record<Kind, (p: Parameters) => string> = {
  // An insert that conflicts, and not an update with a join: it locks the rows in the order in which they are given, sorted,
  // so that two batches never wait for each other, and it goes by the key whatever the planner believes of the table's size.
  alone: (p) => `
  with won as (
    insert into budgets as b (${names(rows)}) select ${names(rows)} from ${p.listed(rows)}
    on conflict (customer_id) do update
      set ${written}
      where b.version = excluded.version - 1
    returning customer_id
  )`,
  // With what is shared: every row is locked before any is written, customers' rows first and each kind sorted, as everywhere.
  // A unit of which one row has changed since it was read is left alone whole. What was locked with its version unchanged is
  // the row that this statement sees, so that the inserts below find no other.
  sharing: (p) => `
  with mine as materialized (select ${names(rowsOf.sharing)} from ${p.listed(rowsOf.sharing)}),
  ours as materialized (select ${names(sharedRowsOf)} from ${p.listed(sharedRowsOf)}),
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
  )`,
};

const statements = new Map<string, string>();
/** Answers with the customers whose rows were written. Only what there is of a batch stands in its statement: each part costs its start whether or not it has rows. */
export function writing(kind: Kind, also: readonly Follower[]): string {
  const key = [kind, ...also].join(' ');
  let text = statements.get(key);
  if (text === undefined) {
    const p = new Parameters();
    text = `${[winning[kind](p), ...also.map((one) => following[one](p))].join(', ')}
  select customer_id from won`;
    statements.set(key, text);
  }
  return text;
}

// What is there already was asked for by another process, which alone knows what it was told.
export const refused = `
  insert into touches (${names(touches)}) select ${names(touches)} from ${new Parameters().listed(touches)}
  on conflict (id) do nothing
  returning id`;
