/** Sensitive facts about customers' situations: set for some of them, reviewed, and lifted by somebody. */
import { sql, type Selectable } from 'kysely';
import type { Gates } from '../core/budget/row.ts';
import type { Database } from './database.ts';
import { changeGuards } from './gates.ts';
import { lockCustomer } from './lock-customer.ts';
import type { Db, Tx } from './open.ts';

export interface GuardSet {
  readonly fact: string;
  /** What a template may not assume while it holds, as the words say. */
  readonly contradicts: readonly string[];
  readonly reason: string;
  readonly actor: string;
  readonly reviewAt: number;
  readonly now: number;
}
export interface CustomerGuard {
  readonly customerId: string;
  readonly fact: string;
  readonly contradicts: readonly string[];
  readonly reason: string;
  readonly actor: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly reviewAt: number;
}

/** Sorted, one transaction each: a list of ten thousand holds nobody up. Answers with those that nobody knows. */
export async function setGuards(db: Db, customerIds: readonly string[], guard: GuardSet): Promise<string[]> {
  const unknown: string[] = [];
  for (const id of [...new Set(customerIds)].sort())
    if (!(await db.transaction().execute((tx) => setGuardIn(tx, id, guard)))) unknown.push(id);
  return unknown;
}

/** Set again, it has the new reason and review; the old entry stays in the history as lifted. False: there is no such customer. */
async function setGuardIn(tx: Tx, given: string, guard: GuardSet): Promise<boolean> {
  const { fact, contradicts, reason, actor, reviewAt, now } = guard;
  const customerId = await lockCustomer(tx, given);
  if (customerId === null) return false;
  await liftRecord(tx, customerId, fact, actor, now);
  // Two in one millisecond would have one key: the later one is the one that holds.
  await tx
    .deleteFrom('guards')
    .where('customer_id', '=', customerId)
    .where('fact', '=', fact)
    .where('at', '=', new Date(now))
    .execute();
  await tx
    .insertInto('guards')
    .values({
      customer_id: customerId,
      fact,
      contradicts: [...contradicts],
      reason,
      actor,
      at: new Date(now),
      review_at: new Date(reviewAt),
    })
    .execute();
  await changeGuards(tx, customerId, (guards) => [...without(guards, fact), { fact, contradicts, reviewAt }], now);
  return true;
}

const without = (guards: Gates['guards'], fact: string): Gates['guards'] => guards.filter((g) => g.fact !== fact);

const liftRecord = (tx: Tx, customerId: string, fact: string, actor: string, now: number) =>
  tx
    .updateTable('guards')
    .set({ lifted_at: new Date(now), lifted_by: actor })
    .where('customer_id', '=', customerId)
    .where('fact', '=', fact)
    .where('lifted_at', 'is', null)
    .executeTakeFirst();

/** Answers whether it held; null: there is no such customer. */
export const liftGuard = (
  db: Db,
  { customerId: given, fact, actor, now }: { customerId: string; fact: string; actor: string; now: number },
): Promise<boolean | null> =>
  db.transaction().execute(async (tx) => {
    const customerId = await lockCustomer(tx, given);
    if (customerId === null) return null;
    const lifted = await liftRecord(tx, customerId, fact, actor, now);
    await changeGuards(tx, customerId, (guards) => without(guards, fact), now);
    return lifted.numUpdatedRows > 0n;
  });

const guardOf = (row: Selectable<Database['guards']>): CustomerGuard => ({
  customerId: row.customer_id,
  fact: row.fact,
  contradicts: row.contradicts,
  reason: row.reason,
  actor: row.actor,
  at: row.at.getTime(),
  reviewAt: row.review_at.getTime(),
});

/** Those that hold for one customer. */
export async function guardsOf(db: Db, customerId: string): Promise<CustomerGuard[]> {
  const rows = await db
    .selectFrom('guards')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('lifted_at', 'is', null)
    .orderBy('at')
    .execute();
  return rows.map(guardOf);
}

/** A cursor may have been made up: PostgreSQL takes no later instant than JavaScript's last. */
const latestMs = 8.64e15;

/** Customers' guards by their review date, the most urgent first; `until`: only those that are due by then. */
export async function guardsToReview(
  db: Db,
  { until, after, limit }: { until: number | null; after: readonly [number, string, string] | null; limit: number },
): Promise<CustomerGuard[]> {
  const rows = await db
    .selectFrom('guards')
    .selectAll()
    .where('lifted_at', 'is', null)
    .$if(until !== null, (q) => q.where('review_at', '<=', new Date(until ?? 0)))
    .$if(after !== null, (q) => {
      const [at, customer, fact] = after ?? [0, '', ''];
      return q.where(
        sql<boolean>`(review_at, customer_id, fact) > (${new Date(Math.min(Math.max(at, 0), latestMs))}, ${customer}, ${fact})`,
      );
    })
    .orderBy('review_at')
    .orderBy('customer_id')
    .orderBy('fact')
    .limit(limit)
    .execute();
  return rows.map(guardOf);
}
