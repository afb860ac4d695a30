import { sql } from 'kysely';
import type { TeamLoad } from '../../core/task/forecast.ts';
import type { Db } from '../open.ts';
import { aheadOf } from '../tasks/ahead.ts';
import { handledLately, medianHandlingMs } from './handling.ts';

/** What waits for a team, who is there, and how long a task takes them. */
export async function teamLoad(db: Db, team: string, now: number): Promise<TeamLoad> {
  const { rows } = await sql<TeamLoad>`
    select
      ${aheadOf(team)} as ahead,
      (select count(*)::int from agents where on_shift and teams @> array[${team}::text]) as "onShift",
      count(*)::int as finished, ${medianHandlingMs} as "medianMs"
    from tasks where team = ${team} and ${handledLately(now)}`.execute(db);
  const [load] = rows;
  if (!load) throw new Error('A count has one row');
  return load;
}
