/** What the pump has given up on, until somebody looks or a further reason to call comes. */
import type { WorkflowKind } from '../core/run/workflow-id.ts';
import type { Db } from './open.ts';

export interface ParkedCall {
  readonly workflowId: string;
  readonly kind: WorkflowKind;
  readonly ref: string;
  readonly attempts: number;
  readonly lastError: string | null;
  /** Epoch milliseconds. */
  readonly parkedAt: number;
}

/** By workflow id. */
export async function parkedCalls(
  db: Db,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<ParkedCall[]> {
  let query = db
    .selectFrom('outbox')
    .select(['workflow_id', 'kind', 'ref', 'attempts', 'last_error', 'parked_at'])
    .where('parked_at', 'is not', null)
    .orderBy('workflow_id')
    .limit(limit);
  if (after !== null) query = query.where('workflow_id', '>', after);
  return (await query.execute()).map((row) => ({
    workflowId: row.workflow_id,
    kind: row.kind,
    ref: row.ref,
    attempts: row.attempts,
    lastError: row.last_error,
    parkedAt: row.parked_at?.getTime() ?? 0,
  }));
}
