/**
 * Keeps the rows that customers share, in the transaction that changes an address or an account. A row begins with all that its members'
 * own rows know of touches to it, and stays when its members leave: what an address has got, it has got.
 */
import { sql } from 'kysely';
import { encodeRing } from '../../core/budget/ring.ts';
import { addressKind } from '../../core/budget/shared-rows.ts';
import type { RecentTouch, WaitingTouch } from '../../core/budget/row.ts';
import { createRows } from '../budget/create-row.ts';
import { rowOf, sharedRowOf } from '../budget/row.ts';
import { runOn } from '../budget/run.ts';
import type { Tx } from '../open.ts';
import { othersAt, pointsOf, type Point, type Reached } from './points.ts';

/** `before` and `after` of one customer; the points of both are held. */
export async function keepShared(tx: Tx, customerId: string, before: Reached, after: Reached): Promise<void> {
  const had = await pointsOf(tx, before);
  const has = await pointsOf(tx, after);
  const left = had.filter(({ key }) => !has.some((point) => point.key === key));
  const joining: Joining[] = [];
  for (const point of has) {
    const others = await othersAt(tx, point, customerId);
    if (others.length > 0 || point.kind === 'account') joining.push({ point, members: [customerId, ...others] });
  }
  const outside = await lacking(tx, joining);
  if (outside.size === 0 && left.length === 0) return;
  const rows = await holdRows(tx, [...new Set([customerId, ...outside.keys()])]);
  for (const { point } of joining) {
    const joined = rows.filter(({ customerId: id }) => outside.get(id)?.has(point.key) === true);
    if (joined.length > 0) await join(tx, point, joined);
  }
  await leave(
    tx,
    customerId,
    left.map(({ key }) => key),
  );
}

interface Joining {
  readonly point: Point;
  readonly members: readonly string[];
}
type Member = ReturnType<typeof rowOf>;

/** Who is to count in a row and does not yet: by customer, the keys. Only these need be held. */
async function lacking(tx: Tx, joining: readonly Joining[]): Promise<Map<string, Set<string>>> {
  const members = [...new Set(joining.flatMap((one) => one.members))];
  const held = new Map<string, readonly string[]>();
  if (members.length > 0)
    for (const { customer_id, shared } of await tx
      .selectFrom('budgets')
      .select(['customer_id', 'shared'])
      .where((eb) => eb('customer_id', '=', eb.fn.any(eb.val(members))))
      .execute())
      held.set(customer_id, shared ?? []);
  const outside = new Map<string, Set<string>>();
  for (const { point, members: ids } of joining)
    for (const id of ids)
      if (held.get(id)?.includes(point.key) !== true) outside.set(id, (outside.get(id) ?? new Set()).add(point.key));
  return outside;
}

/** In one order, as every batch does. */
async function holdRows(tx: Tx, customerIds: readonly string[]): Promise<readonly Member[]> {
  await createRows(runOn(tx), customerIds);
  const rows = await tx
    .selectFrom('budgets')
    .select(['customer_id', 'version', 'recent', 'waiting', 'gates'])
    .where((eb) => eb('customer_id', '=', eb.fn.any(eb.val([...customerIds]))))
    .orderBy('customer_id')
    .forUpdate()
    .execute();
  return rows.map(rowOf);
}

async function join(tx: Tx, { key, kind, value }: Point, members: readonly Member[]): Promise<void> {
  await tx
    .insertInto('shared_budgets')
    .values({ key, kind, waiting: '[]' })
    .onConflict((c) => c.doNothing())
    .execute();
  const stored = await tx
    .selectFrom('shared_budgets')
    .selectAll()
    .where('key', '=', key)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const there = sharedRowOf({ ...stored, version: Number(stored.version) });
  const isAbout = ({ channel }: { readonly channel: RecentTouch['channel'] }): boolean =>
    kind === 'account' || addressKind(channel) === kind;
  const elsewhere = kind === 'account' ? new Set<string>() : await sentElsewhere(tx, members, value);
  const recent = members.flatMap((m) => m.recent.filter((t) => isAbout(t) && !elsewhere.has(t.touchId)));
  // By which address they will ask again is not known: they are called at worst in vain.
  const waiting = members.flatMap((m) => m.waiting.filter(isAbout));
  await tx
    .updateTable('shared_budgets')
    .set({
      version: sql`version + 1`,
      recent: Buffer.from(encodeRing(byInstant(once([...there.recent, ...recent])))),
      waiting: JSON.stringify(once<WaitingTouch>([...there.waiting, ...waiting])),
    })
    .where('key', '=', key)
    .execute();
  await tx
    .updateTable('budgets')
    .set({
      version: sql`version + 1`,
      shared: sql<string[]>`array(select distinct k from unnest(shared || ${key}::text) k order by k)`,
    })
    .where((eb) => eb('customer_id', '=', eb.fn.any(eb.val(members.map((m) => m.customerId)))))
    .execute();
}

/** Touches of these rings of which the ledger says that they went to another address. */
async function sentElsewhere(tx: Tx, members: readonly Member[], address: string): Promise<Set<string>> {
  const ids = members.flatMap((m) => m.recent.map((t) => t.touchId));
  if (ids.length === 0) return new Set();
  const rows = await tx
    .selectFrom('touches')
    .select('id')
    .where((eb) => eb('id', '=', eb.fn.any(eb.val(ids))))
    .where('address', '<>', address)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** What is on its way still settles there: the touch itself says from now on where it counts. */
async function leave(tx: Tx, customerId: string, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const stored = await tx
      .selectFrom('shared_budgets')
      .selectAll()
      .where('key', '=', key)
      .forUpdate()
      .executeTakeFirst();
    if (!stored) continue;
    const { recent, waiting } = sharedRowOf({ ...stored, version: Number(stored.version) });
    const open = recent.filter(({ state }) => state !== 'sent').map(({ touchId }) => touchId);
    await sql`update touches set request = (coalesce(request::jsonb, '{}') || jsonb_build_object('countsIn',
        (select jsonb_agg(distinct k) from jsonb_array_elements(coalesce(request::jsonb -> 'countsIn', '[]') || to_jsonb(${key}::text)) k)))::json
      where id = any(${open}::text[]) and customer_id = ${customerId}`.execute(tx);
    const theirs = await sql<{ id: string }>`select id from touches
      where id = any(${waiting.map(({ touchId }) => touchId)}::text[]) and customer_id = ${customerId}`.execute(tx);
    const gone = new Set(theirs.rows.map(({ id }) => id));
    await tx
      .updateTable('shared_budgets')
      .set({
        version: sql`version + 1`,
        waiting: JSON.stringify(waiting.filter(({ touchId }) => !gone.has(touchId))),
      })
      .where('key', '=', key)
      .execute();
    await tx
      .updateTable('budgets')
      .set({ version: sql`version + 1`, shared: sql<string[] | null>`nullif(array_remove(shared, ${key}), '{}')` })
      .where('customer_id', '=', customerId)
      .execute();
  }
}

const once = <T extends { readonly touchId: string }>(all: readonly T[]): T[] => [
  ...new Map(all.map((one) => [one.touchId, one])).values(),
];
const byInstant = (touches: readonly RecentTouch[]): RecentTouch[] => touches.toSorted((a, b) => a.at - b.at);
