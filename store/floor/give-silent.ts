/** The floor: whoever has waited for us longer than `maxSilence` gets a person, also where it was the budget that silenced us. */
import { sayInstant } from '../../core/budget/explain.ts';
import { openDefaultTask, type Desk } from '../default-task.ts';
import { teamOf } from '../end-enrolment.ts';
import { lockKnown } from '../lock-customer.ts';
import type { Db, Tx } from '../open.ts';
import { lastRefusal, waitsSince } from './silence.ts';

/** Answers with the customers who were given to a person. Call `notifyPump` afterwards. */
export async function giveSilent(
  db: Db,
  { now, limit, desk }: { readonly now: number; readonly limit: number; readonly desk: () => Promise<Desk> },
): Promise<string[]> {
  const due = await db
    .selectFrom('silences')
    .select('customer_id')
    .where('due_at', '<=', new Date(now))
    .orderBy('due_at')
    .limit(limit)
    .execute();
  if (due.length === 0) return [];
  const at = await desk();
  const given: string[] = [];
  for (const { customer_id } of due)
    if (await db.transaction().execute((tx) => look(tx, customer_id, at, now))) given.push(customer_id);
  return given;
}

/** Whoever writes, is answered or gets a task meanwhile holds the customer, as we do. */
async function look(tx: Tx, given: string, desk: Desk, now: number): Promise<boolean> {
  const customerId = await lockKnown(tx, given);
  const row = await tx
    .deleteFrom('silences')
    .where('customer_id', '=', customerId)
    .where('due_at', '<=', new Date(now))
    .returning('since')
    .executeTakeFirst();
  if (!row) return false;
  const waits = await waitsSince(tx, customerId, desk.theyWaitAfter);
  if (waits === null || (await hasPerson(tx, customerId))) return false;
  const { since, event } = waits;
  const { team, zone } = await whose(tx, customerId);
  const dueAt = desk.addSpan(team ?? desk.team, since, desk.within);
  if (dueAt > now) {
    // They were answered and wrote again: that silence has its own time.
    await tx
      .insertInto('silences')
      .values({ customer_id: customerId, since: new Date(since), due_at: new Date(dueAt) })
      .execute();
    return false;
  }
  const why = await lastRefusal(tx, customerId, since);
  await openDefaultTask(tx, desk, {
    customerId,
    team,
    reasonId: `silence/${customerId}/${String(since)}`,
    journey: null,
    step: null,
    because: `They ${event === null ? 'wrote to us' : `came to us (${event})`} on ${sayInstant(since, zone)} and have heard nothing since${why === null ? '' : `. ${why}`}`,
    now,
  });
  return true;
}

/** An open task has its own deadlines, and whoever has it sees what they wrote. */
async function hasPerson(tx: Tx, customerId: string): Promise<boolean> {
  const open = await tx
    .selectFrom('tasks')
    .select('id')
    .where('customer_id', '=', customerId)
    .where('state', '<>', 'done')
    .limit(1)
    .executeTakeFirst();
  return open !== undefined;
}

async function whose(tx: Tx, customerId: string): Promise<{ team: string | null; zone: string | null }> {
  const last = await tx
    .selectFrom('enrolments')
    .select('id')
    .where('customer_id', '=', customerId)
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const { zone } = await tx
    .selectFrom('customers')
    .select('zone')
    .where('id', '=', customerId)
    .executeTakeFirstOrThrow();
  return { team: last ? await teamOf(tx, last.id) : null, zone };
}
