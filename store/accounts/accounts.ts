/** People who sign in at the desk. */
import { randomBytes } from 'node:crypto';
import type { Db } from '../open.ts';

export const roles = ['agent', 'lead', 'designer', 'ops'] as const;
export type Role = (typeof roles)[number];

export interface Account {
  readonly id: string;
  /** Under which they act: what tasks and logs call them. */
  readonly name: string;
  readonly role: Role;
  readonly teams: readonly string[];
  readonly hasPassword: boolean;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
}

export const accountColumns = ['id', 'name', 'role', 'teams', 'password', 'created_at', 'disabled_at'] as const;
interface Row {
  id: string;
  name: string;
  role: Role;
  teams: string[];
  password: string | null;
  created_at: Date;
  disabled_at: Date | null;
}
export const readAccount = (row: Row): Account => ({
  id: row.id,
  name: row.name,
  role: row.role,
  teams: row.teams,
  hasPassword: row.password !== null,
  createdAt: row.created_at,
  disabledAt: row.disabled_at,
});

export interface NewAccount {
  readonly name: string;
  readonly role: Role;
  readonly teams: readonly string[];
}

/** Undefined: the name is taken. It has no password: a link opens the desk, and there one is set. */
export async function addAccount(
  db: Db,
  { name, role, teams }: NewAccount,
  realNow: number,
): Promise<Account | undefined> {
  const row = await db
    .insertInto('accounts')
    .values({
      id: `a_${randomBytes(9).toString('base64url')}`,
      name,
      role,
      teams: [...new Set(teams)].sort(),
      created_at: new Date(realNow),
    })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning(accountColumns)
    .executeTakeFirst();
  return row && readAccount(row);
}

export async function findAccount(db: Db, name: string): Promise<Account | undefined> {
  const row = await db.selectFrom('accounts').select(accountColumns).where('name', '=', name).executeTakeFirst();
  return row && readAccount(row);
}

/** At most `limit` by name, after a name. Disabled ones stay listed: what they did is kept under their name. */
export async function listAccounts(
  db: Db,
  { after, limit }: { after: string | null; limit: number },
): Promise<Account[]> {
  let query = db.selectFrom('accounts').select(accountColumns).orderBy('name').limit(limit);
  if (after !== null) query = query.where('name', '>', after);
  return (await query.execute()).map(readAccount);
}

/** They are signed out everywhere, and no link of theirs works. Twice keeps the first instant. Undefined: there is none. */
export const disableAccount = (db: Db, name: string, realNow: number): Promise<Account | undefined> =>
  db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable('accounts')
      .set((is) => ({ disabled_at: is.fn.coalesce('disabled_at', is.val(new Date(realNow))) }))
      .where('name', '=', name)
      .returning(accountColumns)
      .executeTakeFirst();
    if (!row) return undefined;
    await tx.deleteFrom('sessions').where('account_id', '=', row.id).execute();
    await tx.deleteFrom('sign_in_links').where('account_id', '=', row.id).execute();
    return readAccount(row);
  });
