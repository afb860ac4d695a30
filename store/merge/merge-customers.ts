/**
 * Two records are found to be one person. One transaction makes them one: whatever anybody decides afterwards, they decide on one budget, the
 * stricter of both (`core/budget/merge`), and all that names the one record names the other.
 *
 * It holds, in this order as everybody does: addresses and accounts, customers by id (what was merged earlier first), budget rows by id, and
 * what those share by key.
 */
import type { Gates } from '../../core/budget/row.ts';
import { recordChanged } from '../beside/record-changed.ts';
import { getCustomer, placeColumns, type Customer } from '../customers.ts';
import { keepDateEntries } from '../dates/keep.ts';
import { idNow } from '../lock-customer.ts';
import type { Db, Tx } from '../open.ts';
import { keepShared } from '../sharing/keep.ts';
import { holdPlaces, holdPoints, pointsOf, reachedNow } from '../sharing/points.ts';
import { rekey, type Doubled } from './entry-keys.ts';
import { joinTasks, type JoinedTask } from './join-tasks.ts';
import { mergeBudgets } from './merge-budgets.ts';
import { repoint } from './repoint.ts';
import { writeRefusals } from './write-refusals.ts';

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
