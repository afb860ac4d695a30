import type { Db } from '../open.ts';

export interface Whose {
  readonly team: string;
  /** The team that is asked now. */
  readonly askedTeam: string;
  /** A named person, on a rung that names one. */
  readonly askedPerson: string | null;
  readonly claimedBy: string | null;
}

/** By its id, or by what people call it: 'T-12'. Undefined: there is no such task. */
export async function whoseTask(db: Db, id: string): Promise<Whose | undefined> {
  const called = /^T-(\d{1,18})$/.exec(id)?.[1];
  const row = await db
    .selectFrom('tasks')
    .select(['team', 'asked_team', 'asked_person', 'claimed_by'])
    .where((eb) => (called === undefined ? eb('id', '=', id) : eb('number', '=', called)))
    .executeTakeFirst();
  return (
    row && {
      team: row.team,
      askedTeam: row.asked_team,
      askedPerson: row.asked_person,
      claimedBy: row.claimed_by,
    }
  );
}
