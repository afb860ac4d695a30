/** Who is signed in: 256 random bits in the browser, their SHA-256 here. All instants are the machine's. */
import { createHash, randomBytes } from 'node:crypto';
import type { Db } from '../open.ts';
import { accountColumns, readAccount, type Account } from './accounts.ts';
import { isPassword, sealPassword } from './password.ts';

const hourMs = 3_600_000;
/** A session ends when nobody used it for so long, */
const idleMs = 12 * hourMs;
/** and in any case after so long. */
const mostMs = 7 * 24 * hourMs;
/** How exactly it is kept when it was used last: not every request writes. */
const usedEveryMs = 5 * 60_000;

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
const newSecret = (): string => randomBytes(32).toString('base64url');
export const looksLikeSecret = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

export interface SignedIn {
  readonly account: Account;
  /** For the cookie; known this once. */
  readonly secret: string;
}

/** Null: there is no such account, it is disabled, or this is not its password. Which of them, nobody is told. */
export async function signInWithPassword(
  db: Db,
  { name, password }: { readonly name: string; readonly password: string },
  realNow: number,
): Promise<SignedIn | null> {
  const row = await db
    .selectFrom('accounts')
    .select(accountColumns)
    .where('name', '=', name)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  if (!(await isPassword(password, row?.password ?? null)) || !row) return null;
  return { account: readAccount(row), secret: await begin(db, row.id, realNow) };
}

/** A link works once. Null: it was used, its time is over, or it is none of ours. */
export const signInWithLink = (db: Db, link: string, realNow: number): Promise<SignedIn | null> =>
  db.transaction().execute(async (tx) => {
    const now = new Date(realNow);
    const used = await tx
      .updateTable('sign_in_links')
      .set({ used_at: now })
      .where('hash', '=', hashOf(link))
      .where('used_at', 'is', null)
      .where('ends_at', '>', now)
      .returning('account_id')
      .executeTakeFirst();
    if (!used) return null;
    const row = await tx
      .selectFrom('accounts')
      .select(accountColumns)
      .where('id', '=', used.account_id)
      .where('disabled_at', 'is', null)
      .executeTakeFirst();
    return row ? { account: readAccount(row), secret: await begin(tx, row.id, realNow) } : null;
  });

/** A link that opens the desk once, as this account. It is known this once. */
export async function makeSignInLink(db: Db, accountId: string, endsAt: number): Promise<string> {
  const secret = newSecret();
  await db
    .insertInto('sign_in_links')
    .values({ hash: hashOf(secret), account_id: accountId, ends_at: new Date(endsAt) })
    .execute();
  return secret;
}

async function begin(db: Db, accountId: string, realNow: number): Promise<string> {
  const secret = newSecret();
  const now = new Date(realNow);
  await db.deleteFrom('sessions').where('account_id', '=', accountId).where('ends_at', '<=', now).execute();
  await db
    .insertInto('sessions')
    .values({
      hash: hashOf(secret),
      account_id: accountId,
      created_at: now,
      used_at: now,
      ends_at: new Date(realNow + idleMs),
    })
    .execute();
  return secret;
}

/** Whose session this is, while it lasts. Its use makes it last longer. */
export async function findSession(db: Db, secret: string, realNow: number): Promise<Account | null> {
  const hash = hashOf(secret);
  const row = await db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .select(accountColumns.map((column) => `accounts.${column}` as const))
    .select(['sessions.used_at', 'sessions.created_at as begun_at'])
    .where('sessions.hash', '=', hash)
    .where('sessions.ends_at', '>', new Date(realNow))
    .where('accounts.disabled_at', 'is', null)
    .executeTakeFirst();
  if (!row) return null;
  if (realNow - row.used_at.getTime() > usedEveryMs) {
    const endsAt = Math.min(realNow + idleMs, row.begun_at.getTime() + mostMs);
    await db
      .updateTable('sessions')
      .set({ used_at: new Date(realNow), ends_at: new Date(endsAt) })
      .where('hash', '=', hash)
      .execute();
  }
  return readAccount(row);
}

export async function endSession(db: Db, secret: string): Promise<void> {
  await db.deleteFrom('sessions').where('hash', '=', hashOf(secret)).execute();
}

/** Whoever else is signed in with this account is so no longer. */
export async function setPassword(
  db: Db,
  { accountId, password, keep }: { readonly accountId: string; readonly password: string; readonly keep: string },
): Promise<void> {
  const sealed = await sealPassword(password);
  await db.transaction().execute(async (tx) => {
    await tx.updateTable('accounts').set({ password: sealed }).where('id', '=', accountId).execute();
    await tx.deleteFrom('sessions').where('account_id', '=', accountId).where('hash', '<>', hashOf(keep)).execute();
    await tx.deleteFrom('sign_in_links').where('account_id', '=', accountId).execute();
  });
}
