import { sql } from 'kysely';
import type { Db } from '../open.ts';
import type { ToPerson } from './figures.ts';

/** Who takes a task, or is given it by name, has it. */
const taking = sql`('claim', 'reassign')`;

/** `figures.toPerson` of a day. */
export async function countToPerson(db: Db, from: number, to: number): Promise<ToPerson> {
  const { rows } = await sql<{ taken: string; minutes: number[] | null }>`
    with taken as (
      select task_id, min(at) as at from task_log
      where at >= ${new Date(from)} and at < ${new Date(to)} and action in ${taking} group by task_id
    )
    select count(*) as taken,
      percentile_cont(array[0.5, 0.9]) within group (order by greatest(extract(epoch from t.at - k.created_at), 0) / 60) as minutes
    from taken t join tasks k on k.id = t.task_id
    where not exists (
      select from task_log e where e.task_id = t.task_id and e.action in ${taking} and e.at < ${new Date(from)})`.execute(
    db,
  );
  const [row] = rows;
  const [median, most] = row?.minutes ?? [];
  return { taken: Number(row?.taken ?? 0), medianMinutes: tenths(median), mostMinutes: tenths(most) };
}
const tenths = (minutes: number | null | undefined): number | null =>
  minutes === null || minutes === undefined ? null : Math.round(minutes * 10) / 10;
