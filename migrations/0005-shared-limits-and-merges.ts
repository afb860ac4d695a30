import { randomBytes } from 'node:crypto';
import { sql, type Kysely } from 'kysely';

/** Limits that span customers: of an address, of an account; and two records of one person that become one. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements(randomBytes(32))) await statement.execute(db);
}

const statements = (salt: Buffer) => [
  // What is random of this installation, made once: without it nobody can tell which address a shared row is about.
  sql`create table installation (
    "only" boolean primary key default true check ("only"),
    salt bytea not null
  )`,
  sql`insert into installation (salt) values (${salt})`,

  sql`alter table customers add column account_id text, add column merged_into text references customers`,
  sql`create index customers_by_account on customers (account_id) where account_id is not null`,
  sql`create index customers_merged on customers (merged_into) where merged_into is not null`,

  // One row for what several customers have in common, written by compare-and-swap on its version together with a customer's row.
  sql`create table shared_budgets (
    key text primary key,
    kind text not null check (kind in ('mailbox', 'phone', 'account')),
    version bigint not null default 1,
    recent json not null default '[]',
    waiting json not null default '[]'
  ) with (fillfactor = 70)`,
  // Null for most: a customer who shares nothing pays for nothing.
  sql`alter table budgets add column shared text[]`,

  // ── who shares an address already ──────────────────────────────────────────
  sql`create temporary table sharing on commit drop as
    select kind || ':' || left(encode(sha256((select salt from installation) || convert_to(kind || ':' || address, 'UTF8')), 'hex'), 32) as key,
      kind, address, array_agg(distinct customer_id) as members
    from (select customer_id, address,
        case when channel = 'email' then 'mailbox' when channel in ('sms', 'whatsapp', 'voice') then 'phone' end as kind
      from addresses) a
    where kind is not null
    group by kind, address having count(distinct customer_id) > 1`,
  // The ring as core/budget/ring packs it: names that repeat once, and each touch as numbers.
  sql`insert into shared_budgets (key, kind, recent)
    select s.key, s.kind, coalesce((
      select json_build_object('names', array_to_json(names), 'touches', touches) from (
        select names, json_agg(json_build_array(id, at, at - reserved_at, cost,
            array_position(array['email', 'sms', 'whatsapp', 'voice', 'push', 'chat'], channel) - 1,
            array_position(names, purpose) - 1, array_position(names, journey) - 1,
            array_position(array['reserved', 'sending', 'sent', 'unknown'], state) - 1) order by at) as touches
        from (select t.*, array(select distinct n from touches u, unnest(array[u.purpose, coalesce(u.journey, '')]) n
            where u.customer_id = any(s.members) and u.address = s.address) as names
          from (select id, cost, channel, purpose, coalesce(journey, '') as journey, state,
              floor(extract(epoch from case when state = 'reserved' then until else coalesce(sending_at, sent_at) end) * 1000)::bigint as at,
              floor(extract(epoch from least(asked_at, coalesce(sending_at, sent_at, until))) * 1000)::bigint as reserved_at
            from touches where customer_id = any(s.members) and address = s.address
              and state in ('reserved', 'sending', 'sent', 'unknown')) t) named
        where at is not null group by names) ring), '[]')
    from sharing s`,
  sql`update budgets b set version = version + 1, shared = keys
    from (select customer, array_agg(key order by key) as keys from sharing, unnest(members) customer group by customer) s
    where b.customer_id = s.customer`,

  // ── two records of one person ──────────────────────────────────────────────
  // Each record is merged once; \`customers.merged_into\` says where it is in the end.
  sql`create table merges (
    from_id text primary key references customers,
    into_id text not null references customers,
    actor text not null,
    reason text not null,
    moved jsonb not null,
    at timestamptz not null
  )`,
  sql`create index merges_by_kept on merges (into_id, at)`,
];
