/** An introduction is asked for, in a transaction that holds its customer. The task's workflow gets its place in the budget and sends it. */
import { sql } from 'kysely';
import { decideIntroduction, type Introduced, type Introduction } from '../../core/introduction/decide.ts';
import { fragmentsOf } from '../agents/fragments.ts';
import { latestDefinition } from '../definitions.ts';
import { newId } from '../ids.ts';
import type { Db, Tx } from '../open.ts';
import { callWorkflows } from '../outbox.ts';
import { lockTask, type StoredTask } from '../tasks/row.ts';
import { unknownTask, type TaskRefusal } from '../tasks/change.ts';
import { guardsHolding } from './guards-holding.ts';
import { recordNotMade } from './not-made.ts';
import { introductionRows, readIntroduction, touchIdOf, type StoredIntroduction } from './row.ts';

export interface IntroduceAsked {
  readonly id: string;
  readonly agent: string;
  /** When they make contact; null: soon. */
  readonly whenAt: number | null;
  readonly now: number;
}
export type IntroduceAnswer =
  | { readonly introduction: StoredIntroduction }
  | TaskRefusal
  | { readonly refused: 'unknown-agent'; readonly because: string };

/** A card is seen for so long after contact is due. */
const cardForMs = 14 * 86_400_000;

/** One that is not made is kept with its reason, for `why` as well. Call `notifyPump` afterwards. */
export const introduce = (db: Db, { id, agent, whenAt, now }: IntroduceAsked): Promise<IntroduceAnswer> =>
  db.transaction().execute(async (tx) => {
    const task = await lockTask(tx, id);
    if (!task) return unknownTask(id);
    const who = await tx.selectFrom('agents').select('name').where('name', '=', agent).executeTakeFirst();
    if (!who) return { refused: 'unknown-agent', because: `There is no agent '${agent}'` };
    const decided =
      task.state === 'done' ? ({ is: 'none', because: 'the task is over' } as const) : await decideFor(tx, task, agent);
    return { introduction: await write(tx, task, { agent, whenAt, now }, decided) };
  });

/** Another person has the task now: whoever was announced and has not come is corrected, if anything may be said at all. */
export async function correctAnnounced(tx: Tx, task: StoredTask, agent: string, now: number): Promise<void> {
  const announced = await introductionRows(tx)
    .where('task_id', '=', task.id)
    .where('state', '<>', 'none')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!announced || announced.agent === agent) return;
  const known = await tx.selectFrom('agents').select('name').where('name', '=', agent).executeTakeFirst();
  if (!known) return;
  const whenAt = announced.when_at?.getTime() ?? null;
  // What was not said yet need not be corrected.
  if (announced.state !== 'placed') return takeBack(tx, announced.id, 'another person comes', task, now);
  const decided = await decideFor(tx, task, agent);
  if (decided.is === 'correction') await write(tx, task, { agent, whenAt, now }, decided);
}

async function takeBack(tx: Tx, id: string, because: string, task: StoredTask, now: number): Promise<void> {
  await tx.updateTable('introductions').set({ state: 'none', because, ask_at: null }).where('id', '=', id).execute();
  await callWorkflows(tx, [{ kind: 'task', ref: task.id }], now);
}

async function decideFor(tx: Tx, { id, customerId }: StoredTask, agent: string): Promise<Introduction> {
  const { introduces } = await tx
    .selectFrom('agents')
    .select('introduces')
    .where('name', '=', agent)
    .executeTakeFirstOrThrow();
  const refusal = await tx
    .selectFrom('introduction_refusals')
    .select('customer_id')
    .where('customer_id', '=', customerId)
    .executeTakeFirst();
  const fragments = await fragmentsOf(tx, agent);
  return decideIntroduction({
    agent,
    taskId: id,
    before: await before(tx, customerId),
    guards: await guardsHolding(tx, customerId),
    isCustomerWilling: refusal === undefined,
    isAgentWilling: introduces,
    hasName: fragments.some(({ fragment, isApproved }) => fragment === 'name' && isApproved),
    isPolicyWilling: (await latestDefinition(tx, 'policy'))?.data.introductions !== 'none',
  });
}

/** What surely never went out, or was dropped, told them of nobody. */
async function before(tx: Tx, customerId: string): Promise<Introduced[]> {
  const { rows } = await sql<Introduced>`
    select i.agent, i.task_id as "taskId", i.kind, exists (
      select from touches contact where contact.customer_id = i.customer_id and contact.made_by = 'human'
        and contact.state in ('reserved', 'sending', 'sent', 'unknown') and contact.asked_at >= i.at
    ) as "isContactMade"
    from introductions i left join touches t on t.id = 'introduction/' || i.id
    where i.customer_id = ${customerId} and i.state <> 'none'
      and coalesce(t.state, 'reserved') not in ('failed', 'refused', 'withdrawn')
    order by i.number`.execute(tx);
  return rows;
}

async function write(
  tx: Tx,
  task: StoredTask,
  { agent, whenAt, now }: Pick<IntroduceAsked, 'agent' | 'whenAt' | 'now'>,
  decided: Introduction,
): Promise<StoredIntroduction> {
  const isMade = decided.is !== 'none';
  const id = newId('i');
  const row = await tx
    .insertInto('introductions')
    .values({
      ...{ id, agent, customer_id: task.customerId, task_id: task.id, card: newId('c'), at: new Date(now) },
      kind: decided.is === 'correction' ? 'correction' : 'introduction',
      instead_of: decided.is === 'correction' ? decided.insteadOf : null,
      when_at: whenAt === null ? null : new Date(whenAt),
      state: isMade ? 'asked' : 'none',
      because: isMade ? null : decided.because,
      ask_at: isMade ? new Date(now) : null,
      card_until: new Date((whenAt ?? now) + cardForMs),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  if (isMade) await callWorkflows(tx, [{ kind: 'task', ref: task.id }], now);
  else await recordNotMade(tx, { touchId: touchIdOf(id), task, because: decided.because, now });
  return readIntroduction(row);
}
