/** What Temporal has still to be told: written in the transaction of what happened, told by the pump after it. */
import { sql } from 'kysely';
import { workflowIdOf, type WorkflowKind } from '../core/run/workflow-id.ts';
import type { Db, Tx } from './open.ts';

export interface Call {
  readonly kind: WorkflowKind;
  /** The enrolment's, task's, promise's or broadcast's id. */
  readonly ref: string;
  /** A place in the budget became free. */
  readonly freed?: true;
}

/** One row a workflow: a further reason raises its generation, makes it due at once, and gives a parked one another chance. */
export async function callWorkflows(tx: Tx, calls: readonly Call[], now: number): Promise<void> {
  // By id, so that two transactions which call the same workflows take their rows in the same order.
  const byId = new Map(calls.map((call) => [workflowIdOf(call.kind, call.ref), call]));
  const rows = [...byId].sort(([a], [b]) => (a < b ? -1 : 1));
  if (rows.length === 0) return;
  await tx
    .insertInto('outbox')
    .values(
      rows.map(([workflow_id, { kind, ref, freed = false }]) => ({
        workflow_id,
        kind,
        ref,
        freed,
        due_at: new Date(now),
      })),
    )
    .onConflict((c) =>
      c.column('workflow_id').doUpdateSet({
        generation: sql`outbox.generation + 1`,
        freed: sql`outbox.freed or excluded.freed`,
        due_at: sql`least(outbox.due_at, excluded.due_at)`,
        attempts: sql`case when outbox.parked_at is null then outbox.attempts else 0 end`,
        parked_at: null,
      }),
    )
    .execute();
}

/** How many calls wait to be made, counted up to a number: how far behind Temporal is. */
export async function callsWaiting(db: Db, atMost: number): Promise<number> {
  const waiting = db.selectFrom('outbox').select('workflow_id').where('parked_at', 'is', null).limit(atMost);
  const row = await db
    .selectFrom(waiting.as('waiting'))
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export const outboxChannel = 'righttouch_outbox';

/** After a commit, so that the pump need not wait for its next look. Inside a transaction it would make commits queue for each other. */
export async function notifyPump(db: Db): Promise<void> {
  await sql`select pg_notify(${outboxChannel}, '')`.execute(db);
}
