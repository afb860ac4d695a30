/** What suggestions change: tasks that were suggested to somebody beside those that were held out, drawn at random. */
import { sql } from 'kysely';
import type { Db } from '../open.ts';

export interface Arm {
  readonly heldOut: boolean;
  readonly tasks: number;
  readonly claimed: number;
  /** By whoever was suggested; held out: by whoever would have been. */
  readonly byThem: number;
  /** From opening to the first claim; null: none was claimed. */
  readonly medianMsToClaim: number | null;
  readonly done: number;
}

/** Of tasks that were opened since then and for which there was somebody to suggest. */
export async function routingEffect(db: Db, since: number): Promise<Arm[]> {
  const { rows } = await sql<Arm>`
    select held_out as "heldOut", count(*)::int as tasks, count(first.at)::int as claimed,
      (count(*) filter (where first.actor = routed_to))::int as "byThem",
      percentile_cont(0.5) within group (order by extract(epoch from first.at - created_at)::float8 * 1000) as "medianMsToClaim",
      (count(*) filter (where state = 'done'))::int as done
    from tasks left join lateral (
      select l.at, l.actor from task_log l where l.task_id = tasks.id and l.action = 'claim' order by l.id limit 1
    ) first on true
    where routed_to is not null and created_at >= ${new Date(since)}
    group by held_out order by held_out`.execute(db);
  return rows;
}
