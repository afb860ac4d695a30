import { sql } from 'kysely';
import { gates } from '../../core/budget/gates.ts';
import type { Db } from '../open.ts';
import type { NotMade } from './figures.ts';

const openByThemselves = gates.filter(({ opensByItself }) => opensByItself).map(({ name }) => name);

/** What was decided in a span: `figures.notMade` of a day. What the fence takes back for good is counted as it asks again. */
export async function countNotMade(db: Db, from: number, to: number): Promise<NotMade[]> {
  const { rows } = await sql<{ is: NotMade['is']; because: string; touches: string }>`
    select case decided when 'dropped' then 'not-made' when 'to-human' then 'to-person' else 'waited' end as is,
      coalesce(because, 'unknown') as because, count(distinct touch_id) as touches
    from asks
    where at >= ${new Date(from)} and at < ${new Date(to)}
      and (decided in ('deferred', 'to-human', 'dropped') or (decided = 'stopped' and because = any(${openByThemselves})))
    group by 1, 2 order by 1, 2`.execute(db);
  return rows.map(({ touches, ...row }) => ({ ...row, touches: Number(touches) }));
}
