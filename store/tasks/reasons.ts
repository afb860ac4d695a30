/** Who asked for a person, and what they were told came of it. */
import type { Db, Tx } from '../open.ts';
import { deliver } from '../deliver.ts';

export interface TaskReason {
  readonly id: string;
  readonly enrolmentId: string | null;
  readonly journey: string | null;
  readonly step: string | null;
  readonly because: string;
  readonly outcomes: readonly string[];
  readonly dueAt: number;
  readonly at: number;
  /** The outcome that was told; 'obsolete' if its run went on without it. */
  readonly answered: string | null;
}

export async function reasonsOf(db: Db, taskId: string): Promise<TaskReason[]> {
  const rows = await db
    .selectFrom('task_reasons')
    .select(['id', 'enrolment_id', 'journey', 'step', 'because', 'outcomes', 'due_at', 'at', 'answered'])
    .where('task_id', '=', taskId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(({ enrolment_id, due_at, at, ...row }) => ({
    ...row,
    enrolmentId: enrolment_id,
    dueAt: due_at.getTime(),
    at: at.getTime(),
  }));
}

/** Each reason is answered once: its run gets the outcome as a delivery. */
export async function answerReasons(
  tx: Tx,
  reasons: readonly TaskReason[],
  outcomeOf: (reason: TaskReason) => string,
  now: number,
): Promise<void> {
  for (const reason of reasons) {
    if (reason.answered !== null) continue;
    const outcome = outcomeOf(reason);
    await tx
      .updateTable('task_reasons')
      .set({ answered: outcome, answered_at: new Date(now) })
      .where('id', '=', reason.id)
      .where('answered', 'is', null)
      .execute();
    if (reason.enrolmentId === null) continue;
    const body = { kind: 'outcome', of: reason.id, outcome } as const;
    await deliver(tx, [{ enrolmentId: reason.enrolmentId, body }], { eventId: null, at: now, now });
  }
}
