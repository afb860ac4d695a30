/** How fast tasks come to a team, and how long one takes: of the last four weeks, the hour that goes on among them. */
import { sql } from 'kysely';
import type { Db } from '../open.ts';

export interface TeamPace {
  /** From being taken until it is done; the median of what was finished. Null: nothing was. */
  readonly handlingMinutes: number | null;
  readonly finished: number;
  /** By hour of real time: the hour's first instant → how many were opened in it. */
  readonly cameAt: ReadonlyMap<number, number>;
}
export const noPace: TeamPace = { handlingMinutes: null, finished: 0, cameAt: new Map() };

const hourMs = 3_600_000;
export const paceMs = (28 * 24 + 1) * hourMs;

/** Each by the task's own team: who is asked later did not make it come. */
export async function teamPaces(db: Db, now: number): Promise<ReadonlyMap<string, TeamPace>> {
  const [since, until] = [new Date(now - paceMs), new Date(now)];
  const [took, came] = [
    await sql<{ team: string; finished: string; minutes: number | null }>`
      select team, count(*) as finished,
        percentile_cont(0.5) within group (order by extract(epoch from done_at - claimed_at) / 60) as minutes
      from tasks where done_at >= ${since} and done_at <= ${until} and claimed_at is not null and done_at >= claimed_at
        and outcome is distinct from 'merged' and outcome is distinct from 'obsolete'
      group by team`.execute(db),
    await sql<{ team: string; hour: string; count: string }>`
      select team, floor(extract(epoch from created_at) / 3600) as hour, count(*) as count
      from tasks where created_at >= ${since} and created_at <= ${until} group by 1, 2`.execute(db),
  ];
  const paces = new Map<string, TeamPace & { cameAt: Map<number, number> }>();
  const of = (team: string) => {
    const found = paces.get(team) ?? { ...noPace, cameAt: new Map<number, number>() };
    paces.set(team, found);
    return found;
  };
  for (const { team, hour, count } of came.rows) of(team).cameAt.set(Number(hour) * hourMs, Number(count));
  for (const { team, finished, minutes } of took.rows)
    paces.set(team, {
      ...of(team),
      finished: Number(finished),
      handlingMinutes: minutes === null ? null : Math.round(minutes * 10) / 10,
    });
  return paces;
}
