/** One task as a row: reading it under lock, and writing what a rule made of it. */
import { sql } from 'kysely';
import { nextDeadline, type Task } from '../../core/task/task.ts';
import { lockCustomer } from '../lock-customer.ts';
import type { Db, Tx } from '../open.ts';
import { writeNotice } from '../notices/write.ts';
import { callWorkflows } from '../outbox.ts';
import { routeTask, type Suggested } from '../routing/route-task.ts';
import { suggestedIn } from '../routing/suggested-in.ts';

export interface StoredTask extends Task {
  readonly id: string;
  /** What people call it: T-12. */
  readonly number: number;
  readonly version: number;
  readonly customerId: string;
  readonly claimedAt: number | null;
  readonly outcome: string | null;
  readonly deadlineAt: number | null;
  readonly createdAt: number;
  readonly doneAt: number | null;
  /** Its reasons stand with that task now. */
  readonly mergedInto: string | null;
  /** While it is open: whom it is suggested to. */
  readonly suggested: Suggested | null;
}

export const nameOf = (task: { readonly number: number }): string => `T-${task.number}`;

export const taskRows = (db: Db) =>
  db
    .selectFrom('tasks')
    .select(['id', 'number', 'version', 'customer_id', 'team', 'state', 'rung', 'ladder', 'asked_team', 'asked_person'])
    .select(['claimed_by', 'claimed_at', 'outcome', 'within', 'claim_by_at', 'warn_at', 'answer_by_at', 'wake_at'])
    .select(['deadline_at', 'created_at', 'done_at', 'merged_into', 'routed_to', 'routed_because', 'held_out']);
type Row = Awaited<ReturnType<ReturnType<typeof taskRows>['executeTakeFirstOrThrow']>>;

const ms = (at: Date | null): number | null => at?.getTime() ?? null;
const date = (at: number | null): Date | null => (at === null ? null : new Date(at));

export const readTask = (row: Row): StoredTask => ({
  id: row.id,
  number: Number(row.number),
  version: row.version,
  customerId: row.customer_id,
  team: row.team,
  state: row.state,
  rung: row.rung,
  ladder: row.ladder,
  askedTeam: row.asked_team,
  askedPerson: row.asked_person,
  within: row.within,
  claimedBy: row.claimed_by,
  claimedAt: ms(row.claimed_at),
  claimBy: ms(row.claim_by_at),
  warnAt: ms(row.warn_at),
  answerBy: ms(row.answer_by_at),
  wakeAt: ms(row.wake_at),
  outcome: row.outcome,
  deadlineAt: ms(row.deadline_at),
  createdAt: row.created_at.getTime(),
  doneAt: ms(row.done_at),
  mergedInto: row.merged_into,
  suggested: suggestedIn(row),
});

/** Takes the customer first, as everybody does who changes what is between us and them; so nobody waits in a circle. */
export async function lockTask(tx: Tx, id: string): Promise<StoredTask | null> {
  const of = await tx.selectFrom('tasks').select('customer_id').where('id', '=', id).executeTakeFirst();
  if (!of || (await lockCustomer(tx, of.customer_id)) === null) return null;
  const row = await taskRows(tx).where('id', '=', id).executeTakeFirst();
  return row ? readTask(row) : null;
}

/** The one open task of a customer and team, in a transaction that holds the customer. */
export async function openOneOf(tx: Tx, customerId: string, team: string): Promise<StoredTask | null> {
  const row = await taskRows(tx)
    .where('customer_id', '=', customerId)
    .where('team', '=', team)
    .where('state', '<>', 'done')
    .executeTakeFirst();
  return row ? readTask(row) : null;
}

/** The columns of what a rule decides. A state and its deadline are always written together. */
export const columnsOf = (task: Task) => ({
  state: task.state,
  team: task.team,
  ladder: JSON.stringify(task.ladder),
  rung: task.rung,
  asked_team: task.askedTeam,
  asked_person: task.askedPerson,
  claimed_by: task.claimedBy,
  claim_by_at: date(task.claimBy),
  warn_at: date(task.warnAt),
  answer_by_at: date(task.answerBy),
  wake_at: date(task.wakeAt),
  deadline_at: date(nextDeadline(task)),
});

export interface Change {
  readonly actor: string;
  readonly action: string;
  readonly note?: Readonly<Record<string, unknown>>;
  readonly outcome?: string;
  readonly mergedInto?: string;
  readonly now: number;
}

/** Writes the task if it is still what was read, keeps a line of its log, and tells its workflow. */
export async function writeTask(tx: Tx, before: StoredTask, after: Task, change: Change): Promise<StoredTask> {
  const at = new Date(change.now);
  const isClaimed = after.state === 'claimed' && (before.state !== 'claimed' || before.claimedBy !== after.claimedBy);
  const ended =
    after.state === 'done'
      ? { doneAt: change.now, outcome: change.outcome ?? null, mergedInto: change.mergedInto ?? null }
      : { doneAt: null, outcome: null, mergedInto: null };
  const row = await tx
    .updateTable('tasks')
    .set((eb) => ({
      ...columnsOf(after),
      version: eb('version', '+', 1),
      ...(isClaimed ? { claimed_at: at } : {}),
      done_at: date(ended.doneAt),
      outcome: ended.outcome,
      merged_into: ended.mergedInto,
    }))
    .where('id', '=', before.id)
    .where('version', '=', before.version)
    .returning(sql<number>`version`.as('version'))
    .executeTakeFirst();
  if (!row) throw new Error(`Task ${nameOf(before)} was changed by somebody who did not hold its customer`);
  await logTask(tx, before.id, change);
  const suggested = after.state === 'open' ? await suggestedAnew(tx, before, after) : null;
  await writeNotice(tx, before.id, change.action, after, change.now);
  await callWorkflows(tx, [{ kind: 'task', ref: before.id }], change.now);
  return {
    ...before,
    ...after,
    version: row.version,
    deadlineAt: nextDeadline(after),
    claimedAt: isClaimed ? change.now : before.claimedAt,
    ...ended,
    suggested,
  };
}

/** Whoever is asked anew gets a suggestion of their own. */
const suggestedAnew = async (tx: Tx, before: StoredTask, after: Task): Promise<Suggested | null> =>
  before.state === 'open' && before.askedTeam === after.askedTeam && before.askedPerson === after.askedPerson
    ? before.suggested
    : routeTask(tx, { ...after, id: before.id, customerId: before.customerId });

export async function logTask(tx: Tx, taskId: string, { actor, action, note = {}, now }: Change): Promise<void> {
  await tx
    .insertInto('task_log')
    .values({ task_id: taskId, at: new Date(now), actor, action, note: JSON.stringify(note) })
    .execute();
}
