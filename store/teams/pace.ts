/** How fast tasks come to a team, of the last four weeks, the hour that goes on among them; and how long one takes. */
import { sql } from 'kysely';
import type { Db } from '../open.ts';
import { handledLately, medianHandlingMs } from './handling.ts';

export interface TeamPace {
  /** From being taken until it is done; the median of what was finished. Null: nothing was. */
  readonly medianMs: number | null;
  readonly finished: number;
  /** By hour of real time: the hour's first instant → how many were opened in it. */
  readonly cameAt: ReadonlyMap<number, number>;
}
export const noPace: TeamPace = { medianMs: null, finished: 0, cameAt: new Map() };

const hourMs = 3_600_000;
export const paceMs = (28 * 24 + 1) * hourMs;

/** Each by the task's own team: who is asked later did not make it come. */
export async function teamPaces(db: Db, now: number): Promise<ReadonlyMap<string, TeamPace>> {
  const [since, until] = [new Date(now - paceMs), new Date(now)];
  const [took, came] = [
    await sql<{ team: string; finished: number; medianMs: number | null }>`
      select team, count(*)::int as finished, ${medianHandlingMs} as "medianMs"
      from tasks where ${handledLately(now)} group by team`.execute(db),
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
  for (const { team, finished, medianMs } of took.rows) paces.set(team, { ...of(team), finished, medianMs });
  return paces;
}
