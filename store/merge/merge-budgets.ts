/** The budget rows of two records become one, in the transaction that merges them. */
import { sql } from 'kysely';
import { mergeRows } from '../../core/budget/merge.ts';
import type { Gates } from '../../core/budget/row.ts';
import { sharedOf, waitingIn } from '../../core/budget/shared-rows.ts';
import { changeOfOne } from '../budget/apply.ts';
import { createRows } from '../budget/create-row.ts';
import { free } from '../budget/free.ts';
import { giveBackAll } from '../budget/give-back.ts';
import { loadLocked } from '../budget/load-locked.ts';
import { lockRow } from '../budget/lock-row.ts';
import { runOn } from '../budget/run.ts';
import { save } from '../budget/save.ts';
import type { Loaded } from '../budget/touch.ts';
import type { Tx } from '../open.ts';
import type { JoinedTask } from './join-tasks.ts';

interface Budgets {
  readonly from: string;
  readonly into: string;
  readonly now: number;
  readonly tasks: readonly JoinedTask[];
}

/** Both rings become one, the gates the stricter. Answers with those. */
export async function mergeBudgets(tx: Tx, { from, into, now, tasks }: Budgets): Promise<Gates> {
  const run = runOn(tx);
  await createRows(run, [from, into]);
  const loaded = new Map<string, Loaded>();
  const ids = [from, into].sort();
  for (const id of ids) await lockRow(run, id);
  for (const id of ids) {
    const [one] = await loadLocked(run, id, [{ touchId: '', customerId: id }]);
    if (one) loaded.set(id, one);
  }
  const [ours, theirs] = [loaded.get(into), loaded.get(from)];
  if (!ours || !theirs)
    throw new Error(`A budget row of ${from} or ${into} is gone although this transaction holds both`);
  const human = new Set(
    await byHand(
      tx,
      [...ours.row.recent, ...theirs.row.recent].map((t) => t.touchId),
    ),
  );
  const united = { ...ours.row, shared: sharedOf(ours.row) };
  const { row, givenBack } = mergeRows(united, theirs.row, (touchId) => human.has(touchId), now);
  const before = {
    read: ours.read,
    row: { ...ours.row, shared: [...sharedOf(ours.row), ...sharedOf(theirs.row)] },
  };
  await save(run, changeOfOne(before, { row }), now);
  const gates = withHold(row.gates, tasks);
  await tx
    .updateTable('budgets')
    .set({
      gates: JSON.stringify(gates),
      shared: sql<string[] | null>`nullif(array(select distinct k from unnest(
        shared || (select shared from budgets f where f.customer_id = ${from})) k order by k), '{}')`,
    })
    .where('customer_id', '=', into)
    .execute();
  await tx
    .updateTable('budgets')
    .set({
      version: sql`version + 1`,
      recent: Buffer.alloc(0),
      waiting: '[]',
      gates: '{}',
      shared: null,
      merged_into: into,
    })
    .where('customer_id', '=', from)
    .execute();
  await giveBackAll(
    tx,
    givenBack.map(({ touchId }) => touchId),
    now,
  );
  // A gate may have opened for the one by what is known of the other; at worst they ask in vain.
  await free(
    run,
    waitingIn(row).map(({ touchId }) => touchId),
    now,
  );
  return gates;
}

/** The task that holds may have become one with another. */
const withHold = (gates: Gates, tasks: readonly JoinedTask[]): Gates => {
  const stays = tasks.find(({ closed }) => closed === gates.hold?.taskId);
  return gates.hold && stays ? { ...gates, hold: { ...gates.hold, taskId: stays.into } } : gates;
};

async function byHand(tx: Tx, touchIds: readonly string[]): Promise<string[]> {
  if (touchIds.length === 0) return [];
  const rows = await tx
    .selectFrom('touches')
    .select('id')
    .where((eb) => eb('id', '=', eb.fn.any(eb.val([...touchIds]))))
    .where('made_by', '=', 'human')
    .execute();
  return rows.map(({ id }) => id);
}
