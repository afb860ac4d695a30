/**
 * Fills the tables set by set, without checking foreign keys. The ledger gets one touch of each customer, so that its indexes
 * are as large as those of the rows; the other nineteen stand in the rings only, because no case reads them.
 */
import pg from 'pg';
import { encodeRing } from '../../core/budget/ring.ts';
import { customerOf, enrolmentOf, hotCustomer, ringOf, schema } from './setting.ts';

const page = 5_000;

const gates = JSON.stringify({
  consents: ['marketing', 'service'].map((purpose) => ({ channel: 'email', purpose, granted: true })),
  zone: 'Europe/Berlin',
});

/** Nothing here is in a hurry: no statement has to end in the seconds that a customer's may take. */
export const patientPool = (url: string): pg.Pool =>
  new pg.Pool({ connectionString: url, max: 2, options: `-c search_path=${schema}` });

/** Customers `from` up to `to`. */
export async function fillCustomers(pool: pg.Pool, from: number, to: number, now: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('set session_replication_role = replica');
    for (let at = from; at < to; at += page) {
      const ids = Array.from({ length: Math.min(page, to - at) }, (_, n) => customerOf(at + n));
      await fillPage(client, at === 0 ? [hotCustomer, ...ids] : ids, now);
    }
    await client.query('reset session_replication_role');
  } finally {
    client.release();
  }
}

async function fillPage(client: pg.PoolClient, ids: readonly string[], now: number): Promise<void> {
  const rings = ids.map((customerId) => ringOf(customerId, now));
  const stored = rings.map(encodeRing);
  const enrolments = ids.map(enrolmentOf);
  const touches = rings.map((ring) => ring[0]?.touchId);
  const at = new Date(now).toISOString();
  await client.query({
    name: 'fill',
    text: `with these as (select * from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as x(id, recent, enrolment, touch)),
      customer as (insert into customers (id, zone, created_at, updated_at) select id, 'Europe/Berlin', $5, $5 from these),
      enrolment as (insert into enrolments (id, customer_id, journey, version, rules, entry_key, state, started_at)
        select enrolment, id, 'offer', 1, 1, enrolment, 'running', $5::timestamptz from these),
      touch as (insert into touches (id, customer_id, enrolment_id, journey, version, step, visit, purpose, template, made_by, channel,
          address, cost, state, ask, answer, record, decided_at, asked_at, sending_at, sent_at, settled_at, provider_id)
        select touch, id, enrolment, 'offer', 1, 'hint', 1, 'service', 'offer-hint', 'tech', 'push', 'a', 1, 'sent', 1,
          '{"is":"reserved","channel":"push","cost":1,"until":0,"warnings":[],"says":"Allowed by push."}',
          '{"tried":[],"says":"Allowed by push."}', $5::timestamptz - interval '2 days', $5::timestamptz - interval '2 days', $5, $5, $5, touch from these)
    insert into budgets (customer_id, recent, gates) select id, convert_to(recent, 'UTF8'), $6::json from these`,
    values: [ids, stored, enrolments, touches, at, gates],
  });
}

/** The peers' tables: a row for each customer in both, so that all of them only ever update. */
export async function fillPeers(pool: pg.Pool, customers: number, limiters: readonly string[]): Promise<void> {
  const all = `select 'c' || lpad(n::text, 7, '0') as id from generate_series(0, ${customers} - 1) n union all select '${hotCustomer}'`;
  await pool.query(
    'create table bare (id text primary key, n bigint not null, at timestamptz not null) with (fillfactor = 70)',
  );
  await pool.query(`insert into bare select id, 0, now() from (${all}) a order by id`);
  for (const table of limiters) {
    await pool.query(
      `create table ${table} (key varchar(255) primary key, points integer not null default 0, expire bigint) with (fillfactor = 70)`,
    );
    await pool.query(
      `insert into ${table} select '${table}:' || id, 1, extract(epoch from now() + interval '5 days')::bigint * 1000 from (${all}) a order by id`,
    );
  }
}

/** As after hours of use: statistics are there, and nothing old is left to write out in the middle of a case. */
export async function settleDown(url: string): Promise<void> {
  const pool = patientPool(url);
  await pool.query('vacuum (analyze, freeze)');
  await pool.query('checkpoint');
  await pool.end();
}

export async function sizes(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ said: string }>(
    `select string_agg(relname || ' ' || pg_size_pretty(pg_total_relation_size(oid)), ', ' order by relname) as said
     from pg_class where relnamespace = '${schema}'::regnamespace and relkind = 'r'
       and relname in ('budgets', 'touches', 'enrolments', 'bare')`,
  );
  return rows[0]?.said ?? '';
}
