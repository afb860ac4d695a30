/** What each team has now. */
import { sql } from 'kysely';
import type { Db } from '../open.ts';

export interface TeamLoad {
  /** Wait for somebody of this team to take them. */
  readonly open: number;
  readonly claimed: number;
  readonly snoozed: number;
  /** Of what is open or claimed: its time is over. */
  readonly overdue: number;
  /** Of what is open: since when the first waits. */
  readonly waitsSince: number | null;
}
export const noLoad: TeamLoad = { open: 0, claimed: 0, snoozed: 0, overdue: 0, waitsSince: null };

/** By the team that is asked now. It looks at what is not done, and at nothing else. */
export async function teamLoads(db: Db, now: number): Promise<ReadonlyMap<string, TeamLoad>> {
  const inState = (state: string) => sql<string>`count(*) filter (where state = ${state})`;
  const rows = await db
    .selectFrom('tasks')
    .select('asked_team')
    .select([inState('open').as('open'), inState('claimed').as('claimed'), inState('snoozed').as('snoozed')])
    .select(sql<string>`count(*) filter (where coalesce(claim_by_at, answer_by_at) <= ${new Date(now)})`.as('overdue'))
    .select(sql<Date | null>`min(created_at) filter (where state = 'open')`.as('waits_since'))
    .where('state', '<>', 'done')
    .groupBy('asked_team')
    .execute();
  return new Map(
    rows.map((row) => [
      row.asked_team,
      {
        open: Number(row.open),
        claimed: Number(row.claimed),
        snoozed: Number(row.snoozed),
        overdue: Number(row.overdue),
        waitsSince: row.waits_since?.getTime() ?? null,
      },
    ]),
  );
}

/** How many tasks each person has in hand. */
export async function inHand(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('tasks')
    .select(['claimed_by', (eb) => eb.fn.countAll<string>().as('count')])
    .where('state', '=', 'claimed')
    .groupBy('claimed_by')
    .execute();
  return new Map(rows.map(({ claimed_by, count }) => [claimed_by ?? '', Number(count)]));
}
