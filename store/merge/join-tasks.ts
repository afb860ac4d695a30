/** One open task for a customer and team: of two, one stays and has the reasons of both. */
import { done, joined } from '../../core/task/move.ts';
import { nextDeadline } from '../../core/task/task.ts';
import type { Tx } from '../open.ts';
import { nameOf, readTask, taskRows, writeTask, type StoredTask } from '../tasks/row.ts';

export interface JoinedTask {
  readonly closed: string;
  readonly into: string;
}

/** Before the rest is re-pointed: the table allows no two. The one that somebody is at stays, and of two such the kept record's. */
export async function joinTasks(tx: Tx, from: string, into: string, now: number): Promise<readonly JoinedTask[]> {
  const open = (
    await taskRows(tx).where('customer_id', 'in', [from, into]).where('state', '<>', 'done').orderBy('id').execute()
  ).map(readTask);
  const joinedTasks: JoinedTask[] = [];
  for (const theirs of open.filter((task) => task.customerId === from)) {
    const ours = open.find((task) => task.customerId === into && task.team === theirs.team);
    if (!ours) continue;
    const isTheirs = theirs.state === 'claimed' && ours.state !== 'claimed';
    const [stays, closes] = isTheirs ? [theirs, ours] : [ours, theirs];
    await joinOne(tx, stays, closes, now);
    joinedTasks.push({ closed: closes.id, into: stays.id });
  }
  return joinedTasks;
}

async function joinOne(tx: Tx, stays: StoredTask, closes: StoredTask, now: number): Promise<void> {
  for (const table of ['task_reasons', 'messages', 'touches'] as const)
    await tx.updateTable(table).set({ task_id: stays.id }).where('task_id', '=', closes.id).execute();
  const change = { actor: 'engine', now };
  const dueAt = nextDeadline(closes) ?? now;
  await writeTask(tx, closes, done(closes), {
    ...change,
    action: 'close',
    outcome: 'joined',
    note: { into: nameOf(stays), because: 'the two customers are one person' },
  });
  await writeTask(tx, stays, joined(stays, dueAt), {
    ...change,
    action: 'join',
    note: { of: nameOf(closes), claimedBy: closes.claimedBy, because: 'the two customers are one person' },
  });
}
