/** Finding somebody among millions by what one knows of them: each way to look has its index, so each is asked for by itself. */
import { sql } from 'kysely';
import type { Scalar } from '../core/run/inputs.ts';
import type { Db } from './open.ts';

export type FoundBy = 'id' | 'address' | 'record' | 'said';
export interface FoundCustomer {
  readonly id: string;
  readonly fields: Readonly<Record<string, Scalar>>;
  readonly zone: string | null;
  /** Why they are among those found: the surest of all that is so. */
  readonly by: FoundBy;
  /** The address that was looked for, or their first one. */
  readonly address: string | null;
  /** When they wrote last. */
  readonly wroteAt: number | null;
  /** The number of a task that is not done. */
  readonly task: number | null;
}

/** The surest first, then whoever wrote last. `said`: also by what was said, unless that is confidential. */
export async function findCustomers(
  db: Db,
  { words, said, limit }: { readonly words: string; readonly said: boolean; readonly limit: number },
): Promise<FoundCustomer[]> {
  const query = wordsOf(words);
  const whole = words.trim();
  const beginning = `${escaped(whole)}%`;
  const digits = digitsOf(whole);
  const ends = digits === null ? null : `${Array.from(digits).reverse().join('')}%`;
  const { rows } = await sql<{
    id: string;
    fields: Record<string, Scalar>;
    zone: string | null;
    by: number;
    address: string | null;
    wrote_at: Date | null;
    task: string | null;
  }>`
    with found as (
      (select id, 0 as by, null as address from customers where id like ${beginning} limit ${limit})
      union all (select customer_id, 1, address from addresses where address like ${beginning.toLowerCase()} limit ${limit})
      union all (select customer_id, 1, address from addresses where ${ends}::text is not null and reverse(address) like ${ends} limit ${limit})
      union all (select id, 2, null from customers
        where ${query} <> '' and jsonb_to_tsvector('simple', fields, '["string", "numeric"]') @@ to_tsquery('simple', ${query}) limit ${limit})
      union all (select m.customer_id, 3, null from messages m
        where ${said && query !== ''} and to_tsvector('simple', coalesce(m.subject, '') || ' ' || left(m.body, 20000)) @@ to_tsquery('simple', ${query})
          and not exists (select from confidences k where k.customer_id = m.customer_id and k.lifted_at is null)
        limit ${limit * 10})
    ), best as (select id, min(by) as by, max(address) as address from found group by id)
    select c.id, c.fields, c.zone, best.by, coalesce(best.address, a.address) as address, c.wrote_at, t.number as task
    from best join customers c on c.id = best.id and c.merged_into is null
      left join lateral (select address from addresses where customer_id = c.id order by channel, address limit 1) a on true
      left join lateral (select number from tasks where customer_id = c.id and state <> 'done' order by number limit 1) t on true
    order by best.by, c.wrote_at desc nulls last, c.id limit ${limit}`.execute(db);
  const byWhat = ['id', 'address', 'record', 'said'] as const;
  return rows.map(({ by, wrote_at, task, ...row }) => ({
    ...row,
    by: byWhat[by] ?? 'said',
    wroteAt: wrote_at?.getTime() ?? null,
    task: task === null ? null : Number(task),
  }));
}

const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** Each word may be the beginning of one: "mia san" finds Mia Sandberg. Empty: there is none. */
const wordsOf = (words: string): string =>
  words
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, 8)
    .map((word) => `${word}:*`)
    .join(' & ');

/** The end of a number as it is kept, whichever way it was written: '0170 123-456' and '+49 170 123456' end alike. Null: it is none. */
function digitsOf(words: string): string | null {
  const digits = words.replace(/[\s()/.-]/g, '').replace(/^(\+|00)/, '');
  return /^\d{4,}$/.test(digits) ? digits.replace(/^0/, '') : null;
}
