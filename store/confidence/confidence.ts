/** A conversation that is confidential: only its people read what was said. That there is one, and who they are, is no secret. */
import { lockCustomer } from '../lock-customer.ts';
import type { Db, Tx } from '../open.ts';

export interface Confidant {
  readonly agent: string;
  readonly letInBy: string;
  readonly reason: string;
  /** Epoch milliseconds, like all instants here. */
  readonly at: number;
}
export interface Confidence {
  readonly reason: string;
  readonly actor: string;
  readonly at: number;
  readonly people: readonly Confidant[];
}

/** Null: anybody may read who reads conversations. */
export async function confidenceOf(db: Db, customerId: string): Promise<Confidence | null> {
  const marked = await db
    .selectFrom('confidences')
    .select(['reason', 'actor', 'at'])
    .where('customer_id', '=', customerId)
    .where('lifted_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!marked) return null;
  const people = await db
    .selectFrom('confidants')
    .select(['agent', 'let_in_by', 'reason', 'at'])
    .where('customer_id', '=', customerId)
    .orderBy('at')
    .orderBy('agent')
    .execute();
  return {
    ...marked,
    at: marked.at.getTime(),
    people: people.map(({ let_in_by, at, ...one }) => ({ ...one, letInBy: let_in_by, at: at.getTime() })),
  };
}

export interface Marked {
  readonly reason: string;
  readonly actor: string;
  /** Besides whoever has a task of this customer just now. */
  readonly people: readonly string[];
  readonly now: number;
}

/** Marked again it has the new reason, and those who read it go on. False: there is no such customer. */
export const markConfidential = (db: Db, given: string, marked: Marked): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    const customerId = await lockCustomer(tx, given);
    if (customerId === null) return false;
    const { reason, actor, now } = marked;
    const wasMarked = await liftRecord(tx, customerId, { actor, because: 'said anew', now });
    // Who was let in before it was lifted is not let in again by that.
    if (!wasMarked) await tx.deleteFrom('confidants').where('customer_id', '=', customerId).execute();
    await tx
      .insertInto('confidences')
      .values({ customer_id: customerId, reason, actor, at: new Date(now) })
      .execute();
    const owners = await tx
      .selectFrom('tasks')
      .select('claimed_by')
      .where('customer_id', '=', customerId)
      .where('state', 'in', ['claimed', 'snoozed'])
      .where('claimed_by', 'is not', null)
      .execute();
    const all = new Set([...marked.people, ...owners.flatMap(({ claimed_by }) => claimed_by ?? [])]);
    for (const agent of all) await addConfidant(tx, customerId, { agent, by: actor, reason, now });
    return true;
  });

interface LetIn {
  readonly agent: string;
  readonly by: string;
  readonly reason: string;
  readonly now: number;
}
async function addConfidant(tx: Tx, customerId: string, { agent, by, reason, now }: LetIn): Promise<void> {
  await tx
    .insertInto('confidants')
    .values({ customer_id: customerId, agent, let_in_by: by, reason, at: new Date(now) })
    .onConflict((c) => c.columns(['customer_id', 'agent']).doNothing())
    .execute();
}

/** False: it is not confidential. Who may let others in is asked before. */
export const letIn = (db: Db, given: string, asked: LetIn): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    const customerId = await lockCustomer(tx, given);
    if (customerId === null || (await confidenceOf(tx, customerId)) === null) return false;
    await addConfidant(tx, customerId, asked);
    return true;
  });

/** Whoever of its people gives the task to somebody lets them in: they could not work otherwise. */
export async function letInWithTask(tx: Tx, customerId: string, asked: LetIn): Promise<void> {
  const confidence = await confidenceOf(tx, customerId);
  if (confidence?.people.some(({ agent }) => agent === asked.by)) await addConfidant(tx, customerId, asked);
}

/** Answers whether it was confidential; null: there is no such customer. */
export const endConfidence = (
  db: Db,
  given: string,
  lifted: { readonly actor: string; readonly because: string; readonly now: number },
): Promise<boolean | null> =>
  db.transaction().execute(async (tx) => {
    const customerId = await lockCustomer(tx, given);
    return customerId === null ? null : liftRecord(tx, customerId, lifted);
  });

async function liftRecord(
  tx: Tx,
  customerId: string,
  { actor, because, now }: { readonly actor: string; readonly because: string; readonly now: number },
): Promise<boolean> {
  const lifted = await tx
    .updateTable('confidences')
    .set({ lifted_at: new Date(now), lifted_by: actor, lifted_because: because })
    .where('customer_id', '=', customerId)
    .where('lifted_at', 'is', null)
    .executeTakeFirst();
  return lifted.numUpdatedRows > 0n;
}
