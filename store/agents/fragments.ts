/** What customers may see of somebody of us: each for itself, only while they approve of it. */
import { newId } from '../ids.ts';
import type { Fragment } from '../database/agents.ts';
import type { Db } from '../open.ts';

export const fragmentKinds = [
  'name',
  'photo',
  'since',
  'expertise',
  'languages',
  'detail',
] as const satisfies readonly Fragment[];
export interface StoredFragment {
  readonly fragment: Fragment;
  readonly address: string;
  readonly mediaType: string;
  readonly content: Buffer;
  readonly isApproved: boolean;
}

/** Said anew, it is another one, which is not approved yet: what was there is withdrawn. */
export const sayFragment = (
  db: Db,
  agent: string,
  { fragment, mediaType, content }: Pick<StoredFragment, 'fragment' | 'mediaType' | 'content'>,
  now: number,
): Promise<string> =>
  db.transaction().execute(async (tx) => {
    await withdrawFragment(tx, agent, fragment, now);
    const address = newId('p');
    await tx
      .insertInto('agent_fragments')
      .values({ agent, fragment, address, media_type: mediaType, content, said_at: new Date(now) })
      .execute();
    return address;
  });

/** Answers whether there is one. */
export async function approveFragment(db: Db, agent: string, fragment: Fragment, now: number): Promise<boolean> {
  const row = await db
    .updateTable('agent_fragments')
    .set((eb) => ({ approved_at: eb.fn.coalesce('approved_at', eb.val(new Date(now))) }))
    .where('agent', '=', agent)
    .where('fragment', '=', fragment)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return row.numUpdatedRows > 0n;
}

/** From now on its address says that it is gone; nobody can take that back. */
export async function withdrawFragment(db: Db, agent: string, fragment: Fragment, now: number): Promise<boolean> {
  const row = await db
    .updateTable('agent_fragments')
    .set({ withdrawn_at: new Date(now), content: Buffer.alloc(0) })
    .where('agent', '=', agent)
    .where('fragment', '=', fragment)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return row.numUpdatedRows > 0n;
}

export async function fragmentsOf(db: Db, agent: string): Promise<StoredFragment[]> {
  const rows = await db
    .selectFrom('agent_fragments')
    .select(['fragment', 'address', 'media_type', 'content', 'approved_at'])
    .where('agent', '=', agent)
    .where('withdrawn_at', 'is', null)
    .orderBy('fragment')
    .execute();
  return rows.map(({ media_type, approved_at, ...row }) => ({
    ...row,
    mediaType: media_type,
    isApproved: approved_at !== null,
  }));
}

/** As customers see it: nothing before it is approved, and gone once it is withdrawn. */
export async function fragmentAt(
  db: Db,
  address: string,
): Promise<Pick<StoredFragment, 'mediaType' | 'content'> | 'gone' | null> {
  const row = await db
    .selectFrom('agent_fragments')
    .select(['media_type', 'content', 'approved_at', 'withdrawn_at'])
    .where('address', '=', address)
    .executeTakeFirst();
  if (!row?.approved_at) return null;
  return row.withdrawn_at === null ? { mediaType: row.media_type, content: row.content } : 'gone';
}
