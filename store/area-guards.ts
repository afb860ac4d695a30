/** Sensitive facts about whoever is in an area, now or later while they hold. */
import { sql } from 'kysely';
import { guardsHere } from '../core/budget/area-guards.ts';
import { gatesOf } from './budget/row.ts';
import type { CustomerGuard, GuardSet } from './guards.ts';
import { newId } from './ids.ts';
import type { Db } from './open.ts';

export interface AreaGuardSet extends GuardSet {
  readonly areas: readonly string[];
}
export interface StoredAreaGuard extends Omit<CustomerGuard, 'customerId'> {
  readonly id: string;
  readonly areas: readonly string[];
}

/** From the next decision on it holds for whoever is there, also later. The same fact for the same areas is set anew. */
export async function setAreaGuard(db: Db, guard: AreaGuardSet): Promise<StoredAreaGuard> {
  const { fact, contradicts, reason, actor, reviewAt, now } = guard;
  const areas = [...new Set(guard.areas)].sort();
  const id = newId('g');
  await db.transaction().execute(async (tx) => {
    await sql`update area_guards set lifted_at = ${new Date(now)}, lifted_by = ${actor}
      where fact = ${fact} and areas = ${areas}::text[] and lifted_at is null`.execute(tx);
    await tx
      .insertInto('area_guards')
      .values({
        id,
        fact,
        contradicts: [...contradicts],
        areas,
        reason,
        actor,
        at: new Date(now),
        review_at: new Date(reviewAt),
      })
      .execute();
  });
  return { id, fact, contradicts, areas, reason, actor, at: now, reviewAt };
}

/** Answers whether it held. */
export async function liftAreaGuard(
  db: Db,
  { id, actor, now }: { id: string; actor: string; now: number },
): Promise<boolean> {
  const lifted = await db
    .updateTable('area_guards')
    .set({ lifted_at: new Date(now), lifted_by: actor })
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .executeTakeFirst();
  return lifted.numUpdatedRows > 0n;
}

export async function areaGuards(db: Db): Promise<StoredAreaGuard[]> {
  const rows = await db
    .selectFrom('area_guards')
    .selectAll()
    .where('lifted_at', 'is', null)
    .orderBy('review_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    fact: row.fact,
    contradicts: row.contradicts,
    areas: row.areas,
    reason: row.reason,
    actor: row.actor,
    at: row.at.getTime(),
    reviewAt: row.review_at.getTime(),
  }));
}

/** Those of areas where this customer is or may be. */
export async function areaGuardsOver(db: Db, customerId: string): Promise<StoredAreaGuard[]> {
  const all = await areaGuards(db);
  if (all.length === 0) return [];
  const row = await db.selectFrom('budgets').select('gates').where('customer_id', '=', customerId).executeTakeFirst();
  if (!row) return [];
  return guardsHere(gatesOf(row.gates), all);
}
