import { sql } from 'kysely';
import type { TeamLoad } from '../../core/task/forecast.ts';
import type { Db } from '../open.ts';

/** Fewer tell nothing. */
const enough = 5;
const lastDays = 30;

/** What waits for a team, who is there, and how long a task takes them from taking it to its end. */
export async function teamLoad(db: Db, team: string, now: number): Promise<TeamLoad> {
  const { rows } = await sql<{ ahead: number; on_shift: number; done: number; median_ms: number | null }>`
    select
      (select count(*)::int from tasks where state = 'open' and asked_team = ${team}) as ahead,
      (select count(*)::int from agents where on_shift and teams @> array[${team}::text]) as on_shift,
      done.done, done.median_ms
    from (
      select count(*)::int as done,
        percentile_cont(0.5) within group (order by extract(epoch from done_at - claimed_at)::float8 * 1000) as median_ms
      from tasks where state = 'done' and team = ${team} and done_at > ${new Date(now)}::timestamptz - make_interval(days => ${lastDays})
        and claimed_at is not null and outcome not in ('merged', 'joined', 'obsolete')
    ) done`.execute(db);
  const [row] = rows;
  return {
    ahead: row?.ahead ?? 0,
    onShift: row?.on_shift ?? 0,
    medianMs: row && row.done >= enough && row.median_ms !== null ? Math.round(row.median_ms) : null,
  };
}
