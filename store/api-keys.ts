/** API keys: 256 random bits, shown once, stored as their SHA-256. A random key needs no slow hash: there is nothing to guess. */
import { createHash, randomBytes } from 'node:crypto';
import type { Db } from './open.ts';

export interface ApiKey {
  id: string;
  /** Who it is: the actor of what is done with it. */
  name: string;
  scopes: string[];
  createdAt: Date;
  revokedAt: Date | null;
}
export type CreatedApiKey =
  { created: true; apiKey: ApiKey; secret: string } | { created: false; because: 'name taken' };

const form = /^rt_[A-Za-z0-9_-]{43}$/;

/** Whether a text could be a key at all: what is not is refused without asking the database. */
export const looksLikeApiKey = (secret: string): boolean => form.test(secret);
export const hashApiKey = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** The only time that the secret is known. */
export async function createApiKey(
  db: Db,
  { name, scopes }: { name: string; scopes: readonly string[] },
  now: number,
): Promise<CreatedApiKey> {
  const secret = `rt_${randomBytes(32).toString('base64url')}`;
  const row = await db
    .insertInto('api_keys')
    .values({
      id: randomBytes(9).toString('base64url'),
      name,
      hash: hashApiKey(secret),
      scopes: [...new Set(scopes)].sort(),
      created_at: new Date(now),
    })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning(columns)
    .executeTakeFirst();
  return row ? { created: true, apiKey: asApiKey(row), secret } : { created: false, because: 'name taken' };
}

/** The key with this hash, unless it is revoked. */
export async function findApiKey(db: Db, hash: Buffer): Promise<ApiKey | undefined> {
  const row = await db
    .selectFrom('api_keys')
    .select(columns)
    .where('hash', '=', hash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row && asApiKey(row);
}

/** At most `limit` keys by name, after a name. Revoked ones stay listed. */
export async function listApiKeys(
  db: Db,
  { after, limit }: { after: string | null; limit: number },
): Promise<ApiKey[]> {
  let query = db.selectFrom('api_keys').select(columns).orderBy('name').limit(limit);
  if (after !== null) query = query.where('name', '>', after);
  return (await query.execute()).map(asApiKey);
}

/** Revoking twice keeps the first instant. Undefined: there is no such key. */
export async function revokeApiKey(db: Db, name: string, now: number): Promise<ApiKey | undefined> {
  const row = await db
    .updateTable('api_keys')
    .set((is) => ({ revoked_at: is.fn.coalesce('revoked_at', is.val(new Date(now))) }))
    .where('name', '=', name)
    .returning(columns)
    .executeTakeFirst();
  return row && asApiKey(row);
}

const columns = ['id', 'name', 'scopes', 'created_at', 'revoked_at'] as const;

function asApiKey(row: {
  id: string;
  name: string;
  scopes: string[];
  created_at: Date;
  revoked_at: Date | null;
}): ApiKey {
  return { id: row.id, name: row.name, scopes: row.scopes, createdAt: row.created_at, revokedAt: row.revoked_at };
}
