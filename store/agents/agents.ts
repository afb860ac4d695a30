/** Our people at the desk: who they are to the desk, and whether they are there. */
import type { Db } from '../open.ts';

export interface Agent {
  readonly name: string;
  readonly teams: readonly string[];
  readonly languages: readonly string[];
  readonly skills: readonly string[];
  readonly interests: readonly string[];
  readonly sharesInterests: boolean;
  readonly hours: string | null;
  readonly zone: string | null;
  readonly capacity: number;
  readonly onShift: boolean;
  readonly shiftSince: number | null;
}
export type AgentSaid = Omit<Agent, 'onShift' | 'shiftSince'>;

const agentRows = (db: Db) =>
  db
    .selectFrom('agents')
    .select(['name', 'teams', 'languages', 'skills', 'interests', 'shares_interests', 'hours', 'zone', 'capacity'])
    .select(['on_shift', 'shift_since']);
type Row = Awaited<ReturnType<ReturnType<typeof agentRows>['executeTakeFirstOrThrow']>>;
const read = ({ shares_interests, on_shift, shift_since, ...row }: Row): Agent => ({
  ...row,
  sharesInterests: shares_interests,
  onShift: on_shift,
  shiftSince: shift_since?.getTime() ?? null,
});

export async function getAgent(db: Db, name: string): Promise<Agent | null> {
  const row = await agentRows(db).where('name', '=', name).executeTakeFirst();
  return row ? read(row) : null;
}

/** By name; of one team, or all. */
export async function listAgents(
  db: Db,
  { team, after, limit }: { readonly team: string | null; readonly after: string | null; readonly limit: number },
): Promise<Agent[]> {
  let rows = agentRows(db).orderBy('name').limit(limit);
  if (team !== null) rows = rows.where((eb) => eb(eb.val(team), '=', eb.fn.any('teams')));
  if (after !== null) rows = rows.where('name', '>', after);
  return (await rows.execute()).map(read);
}

/** All of it is said anew; whether they are on shift stays. */
export async function putAgent(db: Db, said: AgentSaid, now: number): Promise<void> {
  const values = {
    teams: [...said.teams],
    languages: [...said.languages],
    skills: [...said.skills],
    interests: [...said.interests],
    shares_interests: said.sharesInterests,
    hours: said.hours,
    zone: said.zone,
    capacity: said.capacity,
    updated_at: new Date(now),
  };
  await db
    .insertInto('agents')
    .values({ ...values, name: said.name, created_at: new Date(now) })
    .onConflict((c) => c.column('name').doUpdateSet(values))
    .execute();
}

/** Null: nobody is called so. What they have is given back by `leaveTasks`. */
export async function setShift(db: Db, name: string, isOn: boolean, now: number): Promise<Agent | null> {
  await db
    .updateTable('agents')
    .set({ on_shift: isOn, shift_since: new Date(now), updated_at: new Date(now) })
    .where('name', '=', name)
    .where('on_shift', '<>', isOn)
    .execute();
  return getAgent(db, name);
}
