/** What happened to tasks since somebody looked: read from their log, in its order. */
import type { Db } from '../open.ts';
import type { Whose } from '../tasks/whose.ts';

export interface TaskChange extends Whose {
  /** Of the line in the log. */
  readonly line: number;
  readonly taskId: string;
  readonly customerId: string;
  readonly action: string;
  readonly actor: string;
}

/** A line's number is given before it is committed: whoever looks only beyond the last one misses a slow transaction. */
const lookBack = 200;

/** The lines after a number, and those shortly before it, oldest first. `after` null: the last ones. */
export async function taskChanges(db: Db, after: number | null): Promise<TaskChange[]> {
  const rows = await db
    .selectFrom('task_log')
    .innerJoin('tasks', 'tasks.id', 'task_log.task_id')
    .select(['task_log.id as line', 'task_log.task_id', 'task_log.action', 'task_log.actor'])
    .select(['tasks.customer_id', 'tasks.team', 'tasks.asked_team', 'tasks.asked_person', 'tasks.claimed_by'])
    .$if(after !== null, (query) => query.where('task_log.id', '>', String((after ?? 0) - lookBack)))
    .orderBy('task_log.id', 'desc')
    .limit(lookBack * 5)
    .execute();
  return rows.reverse().map((row) => ({
    line: Number(row.line),
    taskId: row.task_id,
    customerId: row.customer_id,
    team: row.team,
    askedTeam: row.asked_team,
    askedPerson: row.asked_person,
    claimedBy: row.claimed_by,
    action: row.action,
    actor: row.actor,
  }));
}
