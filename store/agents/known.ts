import type { Db } from '../open.ts';

/**
 * Whether somebody of this name works here: as an agent that was put, or with an account that is open. Where nobody was said to work here
 * yet, names are taken as they come.
 */
export async function isKnownPerson(db: Db, name: string): Promise<boolean> {
  const agents = db.selectFrom('agents').select('name');
  const accounts = db.selectFrom('accounts').select('name').where('disabled_at', 'is', null);
  const { known, some } = await db
    .selectNoFrom((eb) => [
      eb.or([eb.exists(agents.where('name', '=', name)), eb.exists(accounts.where('name', '=', name))]).as('known'),
      eb.or([eb.exists(agents), eb.exists(accounts)]).as('some'),
    ])
    .executeTakeFirstOrThrow();
  return Boolean(known) || !some;
}
