/** Words, policies and templates as they were published: content-addressed, never changed, never removed. */
import type { Policy } from '../core/budget/policy.ts';
import { hashOf } from '../core/journey/hash.ts';
import { frozen } from '../core/journey/frozen.ts';
import type { StoredWords } from '../core/journey/stored-words.ts';
import type { Template } from '../core/journey/template.ts';
import { remember } from './memory.ts';
import type { Db, Tx } from './open.ts';

/** As `readTemplate` read them: each name in each locale. */
export type Templates = readonly Template[];
export interface Definitions {
  readonly words: StoredWords;
  readonly policy: Policy;
  readonly templates: Templates;
}
export type Kind = keyof Definitions;
export interface Stored<T> {
  readonly hash: string;
  /** Counts what was published of its kind, from 1. */
  readonly number: number;
  readonly data: T;
}

export const hashOfDefinition = <K extends Kind>(kind: K, data: Definitions[K]): string => hashOf({ kind, data });

/** Keeps it if it is new, and answers with its hash. Whoever calls holds the lock of publishing, so that numbers have no gaps. */
export async function putDefinition<K extends Kind>(
  tx: Tx,
  kind: K,
  data: Definitions[K],
  now: number,
): Promise<string> {
  const hash = hashOfDefinition(kind, data);
  const { number } = await tx
    .selectFrom('definitions')
    .select((eb) => eb.fn.coalesce(eb.fn.max('number'), eb.val(0)).as('number'))
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('definitions')
    .values({ hash, kind, number: number + 1, data: JSON.stringify(data), published_at: new Date(now) })
    .onConflict((c) => c.column('hash').doNothing())
    .execute();
  return hash;
}

const kept = remember<Stored<unknown>>(200);

export async function definitionAt<K extends Kind>(db: Db, kind: K, hash: string): Promise<Stored<Definitions[K]>> {
  const stored = await kept(hash, async () => {
    const row = await db
      .selectFrom('definitions')
      .select(['hash', 'kind', 'number', 'data'])
      .where('hash', '=', hash)
      .executeTakeFirstOrThrow(() => new Error(`No ${kind} with hash ${hash} has been published`));
    return { hash: row.hash, number: row.number, data: frozen(row.data) };
  });
  return stored as Stored<Definitions[K]>; // A hash names one text for ever, and that text was stored as this kind.
}

/** What the newest publication used, for what is not pinned to a journey: an agent's own message, a default task's calendar. */
export async function latestDefinition<K extends Kind>(db: Db, kind: K): Promise<Stored<Definitions[K]> | null> {
  const used = await db
    .selectFrom('journeys')
    .innerJoin('definitions', (join) =>
      join.on((eb) =>
        eb.or([
          eb('definitions.hash', '=', eb.ref('journeys.words_hash')),
          eb('definitions.hash', '=', eb.ref('journeys.policy_hash')),
          eb('definitions.hash', '=', eb.ref('journeys.templates_hash')),
        ]),
      ),
    )
    .select('definitions.hash')
    .where('definitions.kind', '=', kind)
    .orderBy('journeys.published_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return used ? definitionAt(db, kind, used.hash) : null;
}
