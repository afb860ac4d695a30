import { lockKnown } from '../lock-customer.ts';
import { openDefaultTask, type Desk } from '../default-task.ts';
import type { Db, Tx } from '../open.ts';

/** What was noted for now becomes a reason of the team's task. Answers with the notes that were told. Call `notifyPump` afterwards. */
export async function tellDueNotes(
  db: Db,
  { now, limit, desk }: { readonly now: number; readonly limit: number; readonly desk: () => Promise<Desk> },
): Promise<string[]> {
  const due = await db
    .selectFrom('notes')
    .select(['id', 'customer_id'])
    .where('state', '=', 'open')
    .where('due_at', '<=', new Date(now))
    .orderBy('due_at')
    .limit(limit)
    .execute();
  if (due.length === 0) return [];
  const at = await desk();
  const told: string[] = [];
  for (const { id, customer_id } of due)
    if (await db.transaction().execute((tx) => tell(tx, { id, customerId: customer_id, now, desk: at }))) told.push(id);
  return told;
}

interface Due {
  readonly id: string;
  readonly customerId: string;
  readonly now: number;
  readonly desk: Desk;
}

/** Whoever moves its date holds the customer, as we do: it is told at its time, or finds that its time has moved. */
async function tell(tx: Tx, { id, customerId, now, desk }: Due): Promise<boolean> {
  const known = await lockKnown(tx, customerId);
  const note = await tx
    .updateTable('notes')
    .set({ state: 'told', told_at: new Date(now) })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .where('due_at', '<=', new Date(now))
    .returning(['enrolment_id', 'step', 'team', 'about', 'actor'])
    .executeTakeFirst();
  if (!note) return false;
  const run = await tx
    .selectFrom('enrolments')
    .select('journey')
    .where('id', '=', note.enrolment_id)
    .executeTakeFirst();
  await openDefaultTask(tx, desk, {
    customerId: known,
    team: note.team,
    reasonId: id,
    journey: run?.journey ?? null,
    step: note.step,
    because: note.actor === null ? note.about : `${note.about} (${note.actor})`,
    outcomes: ['done', 'not needed'],
    now,
  });
  return true;
}
