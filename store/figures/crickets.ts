import { sql } from 'kysely';
import type { Db } from '../open.ts';

/** Whoever has waited for longer than this is not found any more: by then a person has had them for weeks. */
const looksBackMs = 30 * 86_400_000;

/**
 * `figures.crickets` of a day that begins at `from`: who wrote last before it, or last came to us by one of the events `theyWaitAfter`, and heard
 * nothing from then until `to`. What counts as hearing is what counts for the floor (`store/floor/silence`).
 */
export async function countCrickets(
  db: Db,
  from: number,
  to: number,
  theyWaitAfter: readonly string[],
): Promise<number> {
  // The earliest instant says nothing more than the message's own does, but bounds each table for a plan that is made without values.
  const [begin, end, earliest] = [new Date(from), new Date(to), new Date(from - looksBackMs)];
  const { rows } = await sql<{ count: string }>`
    select count(*) as count from (
      select customer_id, max(at) as at from (
        select customer_id, at from messages
        where at >= ${earliest} and at < ${begin} and direction = 'in' and kind = 'message'
        union all
        select customer_id, least(at, received_at) from events
        where at >= ${earliest} and at < ${begin} and type = any(${[...theyWaitAfter]}::text[])
      ) came group by customer_id
    ) wrote
    where not exists (select from messages o left join touches t on t.id = o.touch_id
        where o.customer_id = wrote.customer_id and o.at >= wrote.at and o.at >= ${earliest} and o.at < ${end} and o.direction = 'out'
          and (t.id is null or ((t.made_by = 'human' or t.purpose = 'service') and t.state in ('sending', 'sent'))))
      and not exists (select from events e
        where e.customer_id = wrote.customer_id and e.at >= wrote.at and e.at >= ${earliest} and e.at < ${end} and e.type = 'we-answered')
      and not exists (select from tasks k
        where k.customer_id = wrote.customer_id and k.done_at >= wrote.at and k.done_at >= ${earliest} and k.done_at < ${end})`.execute(
    db,
  );
  return Number(rows[0]?.count ?? 0);
}
