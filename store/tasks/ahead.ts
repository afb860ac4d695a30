import type { Db } from '../open.ts';

/** Open tasks that wait for somebody of this team to take them. */
export async function tasksAhead(db: Db, team: string): Promise<number> {
  const { count } = await db
    .selectFrom('tasks')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('asked_team', '=', team)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow();
  return Number(count);
}
