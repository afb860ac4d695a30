/** What customers asked of us: less often, these hours, these channels, not now. Every time is kept, with who wrote it down. */
import type { OwnLimits } from '../core/budget/row.ts';
import { ownLimitsNow, setOwnGate } from './gates.ts';
import { lockCustomer } from './lock-customer.ts';
import type { Db, Tx } from './open.ts';

export interface LimitsAsked {
  /** From what they have to what they want. */
  readonly change: (before: OwnLimits | null) => OwnLimits | null;
  /** Where it was said: 'phone', 'preference page', 'reply'. */
  readonly source: string;
  readonly actor: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Answers with what holds now; undefined: there is no such customer. */
export const askForLimits = (db: Db, given: string, asked: LimitsAsked): Promise<OwnLimits | null | undefined> =>
  db.transaction().execute(async (tx) => {
    const customerId = await lockCustomer(tx, given);
    if (customerId === null) return undefined;
    return askForLimitsIn(tx, customerId, asked);
  });

/** Inside a transaction that holds the customer. */
export async function askForLimitsIn(
  tx: Tx,
  customerId: string,
  { change, source, actor, at }: LimitsAsked,
): Promise<OwnLimits | null> {
  const limits = await setOwnGate(tx, customerId, change, at);
  await tx
    .insertInto('own_limits')
    .values({ customer_id: customerId, limits: JSON.stringify(limits), source, actor, at: new Date(at) })
    .execute();
  return limits;
}

export interface LimitsKept {
  readonly limits: OwnLimits | null;
  readonly source: string;
  readonly actor: string;
  readonly at: number;
}
/** Newest first. */
export async function limitsHistory(db: Db, customerId: string): Promise<LimitsKept[]> {
  const rows = await db
    .selectFrom('own_limits')
    .select(['limits', 'source', 'actor', 'at'])
    .where('customer_id', '=', customerId)
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

export const ownLimitsOf = (db: Db, customerId: string): Promise<OwnLimits | null> => ownLimitsNow(db, customerId);
