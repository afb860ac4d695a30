/** The pump's side of the outbox. A call is leased, not locked: whoever has more to tell meanwhile need not wait for Temporal. */
import { sql } from 'kysely';
import type { WorkflowKind } from '../core/run/workflow-id.ts';
import type { Db } from './open.ts';

export interface ClaimedCall {
  readonly workflowId: string;
  readonly kind: WorkflowKind;
  readonly ref: string;
  readonly freed: boolean;
  readonly generation: string;
  readonly attempts: number;
}

/** Takes calls that are due, the longest due first; nobody else takes them until `leaseUntil`. Instants in epoch milliseconds. */
export async function claimCalls(
  db: Db,
  { now, leaseUntil, limit }: { readonly now: number; readonly leaseUntil: number; readonly limit: number },
): Promise<ClaimedCall[]> {
  const due = db
    .selectFrom('outbox')
    .select('workflow_id')
    .where('parked_at', 'is', null)
    .where('due_at', '<=', new Date(now))
    .orderBy('due_at')
    .limit(limit)
    .forUpdate()
    .skipLocked();
  return db
    .updateTable('outbox')
    .set({ due_at: new Date(leaseUntil) })
    .where('workflow_id', 'in', due)
    .returning(['workflow_id as workflowId', 'kind', 'ref', 'freed', 'generation', 'attempts'])
    .execute();
}

/** Told. A reason that came meanwhile raised the generation, and made it due again by itself. */
export async function removeCall(db: Db, { workflowId, generation }: ClaimedCall): Promise<void> {
  await db.deleteFrom('outbox').where('workflow_id', '=', workflowId).where('generation', '=', generation).execute();
}

/** Tried again at `dueAt`; `attempts` counts failures that were its own. */
export async function putBackCall(
  db: Db,
  { workflowId }: ClaimedCall,
  again: { readonly dueAt: number; readonly attempts: number; readonly error: string },
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ due_at: sql`least(due_at, ${new Date(again.dueAt)})`, attempts: again.attempts, last_error: again.error })
    .where('workflow_id', '=', workflowId)
    .execute();
}

/** Given up on, and listed, until somebody looks at it or a further reason to call comes. */
export async function parkCall(
  db: Db,
  { workflowId, generation }: ClaimedCall,
  parked: { readonly at: number; readonly attempts: number; readonly error: string },
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ parked_at: new Date(parked.at), attempts: parked.attempts, last_error: parked.error })
    .where('workflow_id', '=', workflowId)
    .where('generation', '=', generation)
    .execute();
}
