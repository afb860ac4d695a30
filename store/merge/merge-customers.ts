/**
 * Two records are found to be one person. One transaction makes them one: whatever anybody decides afterwards, they decide on one budget, the
 * stricter of both (`core/budget/merge`), and all that names the one record names the other.
 *
 * It holds, in this order as everybody does: addresses and accounts, customers by id (what was merged earlier first), budget rows by id, and
 * what those share by key.
 */
import { sql } from 'kysely';
import { mergeRows } from '../../core/budget/merge.ts';
import { sharedOf, waitingIn } from '../../core/budget/shared-rows.ts';
import type { Gates } from '../../core/budget/row.ts';
import { recordChanged } from '../beside/record-changed.ts';
import { changeOfOne } from '../budget/apply.ts';
import { createRows } from '../budget/create-row.ts';
import { free } from '../budget/free.ts';
import { loadLocked } from '../budget/load-locked.ts';
import { lockRow } from '../budget/lock-row.ts';
import { giveBackAll } from '../budget/give-back.ts';
import { runOn } from '../budget/run.ts';
import { save } from '../budget/save.ts';
import type { Loaded } from '../budget/touch.ts';
import { getCustomer, placeColumns, type Customer } from '../customers.ts';
import { keepDateEntries } from '../dates/keep.ts';
import { idNow } from '../lock-customer.ts';
import type { Db, Tx } from '../open.ts';
import { keepShared } from '../sharing/keep.ts';
import { holdPlaces, holdPoints, pointsOf, reachedNow } from '../sharing/points.ts';
import { rekey, type Doubled } from './entry-keys.ts';
import { joinTasks, type JoinedTask } from './join-tasks.ts';
import { repoint } from './repoint.ts';

export interface MergeAsked {
  /** The record that ceases to be one of its own. */
  readonly from: string;
  readonly into: string;
  readonly actor: string;
  readonly reason: string;
  readonly now: number;
}
export interface Merged {
  /** 'again': it was done before; nothing has changed. */
  readonly merged: 'now' | 'again';
  readonly into: string;
  /** Rows re-pointed, by what they are. */
  readonly moved: Readonly<Record<string, number>>;
  /** Both had a run of it: both go on. */
  readonly doubled: readonly Doubled[];
  readonly tasks: readonly JoinedTask[];
}
export type MergeAnswer =
  | Merged
  | { readonly refused: 'unknown-customer'; readonly id: string }
  | { readonly refused: 'same' }
  /** `from` was merged into somebody else before. */
  | { readonly refused: 'merged-elsewhere'; readonly into: string };

/** Call `notifyPump` afterwards. */
export async function mergeCustomers(db: Db, asked: MergeAsked): Promise<MergeAnswer> {
  const done = await mergeOnce(db, asked);
  return 'again' in done ? mergeCustomers(db, { ...asked, into: done.again }) : done;
}

/** `again`: into whom it is meant, who is another one by now. */
const mergeOnce = (db: Db, asked: MergeAsked): Promise<MergeAnswer | { readonly again: string }> =>
  db.transaction().execute(async (tx) => {
    // Two merges of one record come one after the other, and the second one finds what the first has done without holding a row.
    await holdPlaces(tx, [`merge:${asked.from}`, `merge:${asked.into}`]);
    const [gone, into] = [await idNow(tx, asked.from), await idNow(tx, asked.into)];
    if (gone === null || into === null)
      return { refused: 'unknown-customer', id: gone === null ? asked.from : asked.into };
    if (asked.from === asked.into || into === asked.from) return { refused: 'same' };
    if (gone !== asked.from)
      return gone === into ? againstBefore(tx, asked.from, into) : { refused: 'merged-elsewhere', into: gone };
    // Where the other was merged before, it is that record which counts.
    if (into !== asked.into) return { again: into };
    await holdPoints(tx, [
      ...(await pointsOf(tx, await reachedNow(tx, asked.from))),
      ...(await pointsOf(tx, await reachedNow(tx, into))),
    ]);
    await holdCustomers(tx, asked.from, into);
    return merge(tx, { ...asked, into });
  });

/** Who was merged into either of them, and then these two by id. Nobody may even refer to them meanwhile. */
async function holdCustomers(tx: Tx, from: string, into: string): Promise<void> {
  const pair = [from, into];
  for (const column of ['merged_into', 'id'] as const)
    await tx.selectFrom('customers').select('id').where(column, 'in', pair).orderBy('id').forUpdate().execute();
}

async function againstBefore(tx: Tx, from: string, into: string): Promise<Merged> {
  const before = await tx.selectFrom('merges').select('moved').where('from_id', '=', from).executeTakeFirst();
  return { merged: 'again', into, moved: before?.moved ?? {}, doubled: [], tasks: [] };
}

async function merge(tx: Tx, { from, into, actor, reason, now }: MergeAsked): Promise<Merged> {
  const [theirs, ours] = [await customerOf(tx, from), await customerOf(tx, into)];
  const tasks = await joinTasks(tx, from, into, now);
  const gates = await mergeBudgets(tx, { from, into, now, tasks });
  const fields = { ...theirs.fields, ...ours.fields };
  // Whose time hangs on a field hears of it on the record that it knows, before both are one.
  await recordChanged(tx, { customerId: from, before: theirs.fields, after: fields, now });
  await recordChanged(tx, { customerId: into, before: ours.fields, after: fields, now });
  const doubled = await rekey(tx, from, into);
  const reached = { from: await reachedNow(tx, from), into: await reachedNow(tx, into) };
  const refused = await writeRefusals(tx, { from, into, gates, actor, now });
  const moved = await repoint(tx, from, into);
  await tx
    .updateTable('customers')
    .set({ ...recordOf(ours, theirs, gates), fields: JSON.stringify(fields), updated_at: new Date(now) })
    .where('id', '=', into)
    .execute();
  await tx
    .updateTable('customers')
    .set({ merged_into: into, account_id: null, fields: '{}', zone: null, updated_at: new Date(now) })
    .where('id', '=', from)
    .execute();
  await tx.updateTable('customers').set({ merged_into: into }).where('merged_into', '=', from).execute();
  await tx.updateTable('budgets').set({ merged_into: into }).where('merged_into', '=', from).execute();
  await keepShared(tx, into, reached.into, await reachedNow(tx, into));
  await keepDateEntries(tx, { customerId: into, fields: Object.keys(fields), isZoneGiven: true }, now);
  const counted = { ...moved, ...(refused > 0 ? { refusals: refused } : {}) };
  await tx
    .insertInto('merges')
    .values({ from_id: from, into_id: into, actor, reason, moved: JSON.stringify(counted), at: new Date(now) })
    .execute();
  return { merged: 'now', into, moved: counted, doubled, tasks };
}

async function customerOf(tx: Tx, id: string): Promise<Customer> {
  const customer = await getCustomer(tx, id);
  if (!customer) throw new Error(`Customer ${id} is gone although this transaction holds it`);
  return customer;
}

/** What the kept record says of itself stays; the other one tells what it does not say. */
const recordOf = (ours: Customer, theirs: Customer, { zone }: Gates) => {
  const wroteLast = (theirs.wroteAt ?? -1) > (ours.wroteAt ?? -1) ? theirs : ours;
  return {
    zone,
    preferred_channel: ours.preferredChannel ?? theirs.preferredChannel,
    account_id: ours.accountId ?? theirs.accountId,
    jurisdiction: ours.jurisdiction ?? theirs.jurisdiction,
    ...(ours.place === null && theirs.place !== null ? placeColumns(theirs.place) : {}),
    wrote_on: wroteLast.wroteOn,
    wrote_at: wroteLast.wroteAt === null ? null : new Date(wroteLast.wroteAt),
  };
};

interface Budgets {
  readonly from: string;
  readonly into: string;
  readonly now: number;
  readonly tasks: readonly JoinedTask[];
}

/** Both rings become one, the gates the stricter. Answers with those. */
async function mergeBudgets(tx: Tx, { from, into, now, tasks }: Budgets): Promise<Gates> {
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
  const { row, givenBack } = mergeRows(united, theirs.row, (touchId) => human.has(touchId));
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

/** Where one record's no outweighs the other's yes, the last word on record is that no. */
async function writeRefusals(
  tx: Tx,
  { from, into, gates, actor, now }: { from: string; into: string; gates: Gates; actor: string; now: number },
): Promise<number> {
  const { rows } = await sql<{ channel: Gates['consents'][number]['channel']; purpose: string }>`
    select distinct channel, purpose from consents where customer_id in (${from}, ${into}) and granted`.execute(tx);
  const refused = rows.filter(({ channel, purpose }) =>
    gates.consents.some((c) => c.channel === channel && c.purpose === purpose && !c.granted),
  );
  if (refused.length === 0) return 0;
  await tx
    .insertInto('consents')
    .values(
      refused.map(({ channel, purpose }) => ({
        customer_id: into,
        channel,
        purpose,
        granted: false,
        source: `merged with ${from}: one of both records says no`,
        proof: null,
        actor,
        at: new Date(now),
      })),
    )
    .execute();
  return refused.length;
}
