import type { TaskState } from '../../core/task/task.ts';
import type { Db } from '../open.ts';
import { readTask, taskRows, type StoredTask } from './row.ts';

export interface TaskQuery {
  /** The team that is asked now. */
  readonly team?: string;
  readonly customerId?: string;
  readonly claimedBy?: string;
  /** Without a word, all that are not done. */
  readonly state?: TaskState;
  /** Only what this person sees: what is asked of their teams or of them, and what they have. */
  readonly seenBy?: { readonly teams: readonly string[]; readonly name: string };
  /** The last one of the page before, from the same query. */
  readonly after?: { readonly number: number };
  readonly limit?: number;
}

/** In the order in which they were opened. */
export async function listTasks(db: Db, query: TaskQuery = {}): Promise<StoredTask[]> {
  const { team, customerId, claimedBy, state, seenBy, after, limit = 50 } = query;
  let rows = taskRows(db).orderBy('number').limit(limit);
  rows = state === undefined ? rows.where('state', '<>', 'done') : rows.where('state', '=', state);
  if (team !== undefined) rows = rows.where('asked_team', '=', team);
  if (customerId !== undefined) rows = rows.where('customer_id', '=', customerId);
  if (claimedBy !== undefined) rows = rows.where('claimed_by', '=', claimedBy);
  if (seenBy)
    rows = rows.where((eb) => {
      const teams = eb.fn.any(eb.val([...seenBy.teams]));
      const theirs = [eb('team', '=', teams), eb('asked_team', '=', teams)];
      return eb.or([...theirs, eb('asked_person', '=', seenBy.name), eb('claimed_by', '=', seenBy.name)]);
    });
  if (after) rows = rows.where('number', '>', String(after.number));
  return (await rows.execute()).map(readTask);
}
