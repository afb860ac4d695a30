import { sql } from 'kysely';
import type { Db } from '../open.ts';
import { touchesToldApart, type SentFigures } from './figures.ts';

interface Row {
  readonly is: 'by' | 'customers';
  readonly made_by: 'tech' | 'human' | null;
  readonly channel: string | null;
  readonly touches: number | null;
  readonly count: string;
  readonly pestered: string | null;
}

/** One look at the touches that were sent in a span: `figures.sent` of a day. */
export async function countSent(db: Db, from: number, to: number): Promise<SentFigures> {
  const { rows } = await sql<Row>`
    with sent as materialized (
      select customer_id, made_by, channel, cost,
        case when answer -> 'warnings' @? '$[*].gate ? (@ == "windows")' then 1 else 0 end as passed
      from (select customer_id, made_by, channel, cost, answer::jsonb as answer from touches
        where sent_at >= ${new Date(from)} and sent_at < ${new Date(to)} and state = 'sent') t
    ), each_customer as (
      select least(count(*), ${touchesToldApart}::int)::int as touches, max(passed) as passed from sent where cost > 0 group by customer_id
    )
    select 'by' as is, made_by, channel, null::int as touches, count(*) as count, null::bigint as pestered from sent group by made_by, channel
    union all
    select 'customers', null, null, touches, count(*), sum(passed) from each_customer group by touches`.execute(db);
  const customers = Array.from({ length: touchesToldApart }, () => 0);
  let pestered = 0;
  const by: SentFigures['by'][number][] = [];
  for (const row of rows) {
    if (row.touches !== null) {
      customers[row.touches - 1] = Number(row.count);
      pestered += Number(row.pestered);
    } else if (row.made_by !== null)
      by.push({ madeBy: row.made_by, channel: row.channel ?? 'none', count: Number(row.count) });
  }
  by.sort((a, b) => `${a.madeBy} ${a.channel}`.localeCompare(`${b.madeBy} ${b.channel}`));
  return { by, customers, pestered };
}
