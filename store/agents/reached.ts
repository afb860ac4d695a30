/** How our people are reached outside the desk, and when they want to be left alone. */
import type { Db } from '../open.ts';

export interface Reached {
  readonly email: string | null;
  /** Their member id: 'U024BE7LH'. */
  readonly slack: string | null;
  /** The machine's clock; null: they may be told. */
  readonly focusUntil: number | null;
}

export async function reachedBy(db: Db, agent: string): Promise<Reached | null> {
  const row = await db
    .selectFrom('agents')
    .select(['email', 'slack', 'focus_until'])
    .where('name', '=', agent)
    .executeTakeFirst();
  return row ? { email: row.email, slack: row.slack, focusUntil: row.focus_until?.getTime() ?? null } : null;
}

/** 'taken': another agent has this Slack account. Null: there is no such agent. */
export async function setReached(
  db: Db,
  agent: string,
  { email, slack, focusUntil }: Reached,
): Promise<'set' | 'taken' | null> {
  if (slack !== null) {
    const other = await db.selectFrom('agents').select('name').where('slack', '=', slack).executeTakeFirst();
    if (other && other.name !== agent) return 'taken';
  }
  const row = await db
    .updateTable('agents')
    .set({ email, slack, focus_until: focusUntil === null ? null : new Date(focusUntil) })
    .where('name', '=', agent)
    .executeTakeFirst();
  return row.numUpdatedRows > 0n ? 'set' : null;
}

export async function agentInSlack(
  db: Db,
  member: string,
): Promise<{ readonly name: string; readonly teams: readonly string[] } | null> {
  const row = await db.selectFrom('agents').select(['name', 'teams']).where('slack', '=', member).executeTakeFirst();
  return row ?? null;
}
