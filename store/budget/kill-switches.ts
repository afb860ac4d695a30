import type { Killed } from '../../core/budget/row.ts';
import type { Db } from '../open.ts';
import { callWorkflows } from '../outbox.ts';

export type KillScope = Killed[number]['scope'];
export interface KillSwitch {
  readonly scope: KillScope;
  readonly reason: string;
  readonly actor: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** From the next decision on, and for what is reserved and not yet on its way, nothing in this scope goes out. Answers whether it was off. */
export async function setKillSwitch(db: Db, { scope, reason, actor, at }: KillSwitch): Promise<boolean> {
  const row = { reason, actor, at: new Date(at) };
  const done = await db
    .insertInto('kill_switches')
    .values({ scope, ...row })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** Answers whether it was on. What it has refused has met its fate and does not come back. */
export const liftKillSwitch = (db: Db, scope: KillScope): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    const done = await tx.deleteFrom('kill_switches').where('scope', '=', scope).executeTakeFirst();
    // A broadcast that it stopped goes on with those it had not come to.
    const stopped = await tx.selectFrom('broadcasts').select('id').where('state', '=', 'running').execute();
    await callWorkflows(
      tx,
      stopped.map(({ id }) => ({ kind: 'broadcast', ref: id })),
      0, // at once
    );
    return done.numDeletedRows > 0n;
  });

export async function killSwitches(db: Db): Promise<KillSwitch[]> {
  const rows = await db.selectFrom('kill_switches').selectAll().orderBy('scope').execute();
  return rows.map(({ scope, reason, actor, at }) => ({ scope: scope as KillScope, reason, actor, at: at.getTime() }));
}
