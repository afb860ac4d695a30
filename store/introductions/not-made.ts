import type { Tx } from '../open.ts';
import type { StoredTask } from '../tasks/row.ts';

/** A touch that was not even asked for: kept like any other, so that `why` tells of it. */
export async function recordNotMade(
  tx: Tx,
  {
    touchId,
    task,
    because,
    now,
  }: {
    readonly touchId: string;
    readonly task: Pick<StoredTask, 'id' | 'customerId'>;
    readonly because: string;
    readonly now: number;
  },
): Promise<void> {
  const says = `Nobody was introduced: ${because}.`;
  const at = new Date(now);
  await tx
    .insertInto('touches')
    .values({
      ...{ id: touchId, customer_id: task.customerId, task_id: task.id, journey: 'a person', purpose: 'service' },
      ...{ template: 'introduction', made_by: 'tech', state: 'refused', ask: 1, considered: '[]' },
      answer: JSON.stringify({ is: 'dropped', because, says }),
      record: JSON.stringify({ tried: [], says }),
      asked_at: at,
      decided_at: at,
    })
    .onConflict((c) => c.column('id').doNothing())
    .execute();
}
