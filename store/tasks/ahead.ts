import { sql } from 'kysely';
import type { Db } from '../open.ts';

/** Open tasks that wait for somebody of this team to take them. */
export const aheadOf = (team: string) =>
  sql<number>`(select count(*)::int from tasks where state = 'open' and asked_team = ${team})`;

export async function tasksAhead(db: Db, team: string): Promise<number> {
  const { ahead } = await db.selectNoFrom(aheadOf(team).as('ahead')).executeTakeFirstOrThrow();
  return ahead;
}
