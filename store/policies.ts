/** Policies as they were published, and who is held to which. */
import { sql } from 'kysely';
import type { Db } from './open.ts';

export interface PolicyVersion {
  readonly number: number;
  readonly name: string;
  readonly publishedAt: number;
  /** Journeys whose newest version is held to it. */
  readonly journeys: readonly string[];
}

/** Newest first. */
export async function listPolicies(db: Db): Promise<PolicyVersion[]> {
  const rows = await db
    .selectFrom('definitions as d')
    .select((eb) => [
      'd.number',
      'd.published_at',
      sql<string>`d.data ->> 'name'`.as('name'),
      eb
        .selectFrom('journeys as j')
        .select(sql<string[] | null>`array_agg(j.name order by j.name)`.as('names'))
        .whereRef('j.policy_hash', '=', 'd.hash')
        .where((e) =>
          e.not(
            e.exists(
              e
                .selectFrom('journeys as newer')
                .select('newer.version')
                .whereRef('newer.name', '=', 'j.name')
                .whereRef('newer.version', '>', 'j.version'),
            ),
          ),
        )
        .as('journeys'),
    ])
    .where('d.kind', '=', 'policy')
    .orderBy('d.number', 'desc')
    .execute();
  return rows.map(({ number, name, published_at, journeys }) => ({
    number,
    name,
    publishedAt: published_at.getTime(),
    journeys: journeys ?? [],
  }));
}
