/** An uncertain touch becomes certain: by a receipt, a look-up, an attempt that reports late, or the rule that its policy states. */
import { sql } from 'kysely';
import { lockKnown } from '../lock-customer.ts';
import { deliver } from '../deliver.ts';
import type { Db, Tx } from '../open.ts';
import { changeOfOne } from './apply.ts';
import { loadLocked } from './load-locked.ts';
import { runOn } from './run.ts';
import { save } from './save.ts';
import type { SettledBy } from '../database.ts';
import { settled, type SendOutcome, type Settled } from './settle.ts';

export interface SettledTouch {
  readonly id: string;
  readonly customerId: string;
  readonly enrolmentId: string | null;
}
/** Called in the same transaction: whoever was told that it is unknown hears what became of it. */
export type OnSettled = (tx: Tx, touch: SettledTouch, as: 'sent' | 'failed', now: number) => Promise<void>;

export const tellRun: OnSettled = async (tx, { id, enrolmentId }, as, now) => {
  if (enrolmentId === null) return;
  await deliver(tx, [{ enrolmentId, body: { kind: 'settled', touch: id, as } }], { eventId: null, at: now, now });
};

export interface Found {
  readonly touchId: string;
  readonly outcome: SendOutcome;
  /** Null: its own attempt, late. */
  readonly by: SettledBy | null;
}

/** Nothing changes unless it is `unknown` (or still `sending`, and then nobody need be told). */
export function resolve(db: Db, { touchId, outcome, by }: Found, now: number, onSettled: OnSettled): Promise<Settled> {
  return db.transaction().execute(async (tx) => {
    const run = runOn(tx);
    const owner = await tx.selectFrom('touches').select('customer_id').where('id', '=', touchId).executeTakeFirst();
    if (!owner) throw new Error(`There is no touch '${touchId}'`);
    const customer = await lockKnown(tx, owner.customer_id);
    const [loaded] = await loadLocked(run, customer, [{ touchId }]);
    const touch = loaded?.touch;
    // What is still on its way is nobody's to assume.
    const isOpen = touch?.state === 'unknown' || (touch?.state === 'sending' && outcome.is !== 'assumed');
    if (!loaded || !touch || !isOpen) return { settled: false, state: touch?.state ?? 'unknown' };
    const { answer, ...change } = settled(touch, loaded.row, outcome, now);
    if (change.row) await save(run, changeOfOne(loaded, { ...change, row: change.row }), now);
    if (by && answer.state !== 'reserved')
      await tx
        .updateTable('touches')
        .set({ settled_by: JSON.stringify(by) })
        .where('id', '=', touchId)
        .execute();
    const { id, customerId, enrolmentId } = touch;
    if (touch.state === 'unknown' && (answer.state === 'sent' || answer.state === 'failed'))
      await onSettled(tx, { id, customerId, enrolmentId }, answer.state, now);
    return answer;
  });
}

export type ReceiptStatus = 'sent' | 'delivered' | 'undelivered' | 'failed';
/** By the provider's name for it, or by ours where the provider gave none because it hung up on us. */
export type Named =
  { readonly channel: string; readonly providerId: string } | { readonly touchId: string; readonly providerId: string };
export interface Receipt {
  readonly status: ReceiptStatus;
  readonly errorCode?: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
}
/** `known` false: no touch of ours. `news` false: we knew it, or something later. */
export type ReceiptTaken =
  { readonly known: false } | { readonly known: true; readonly touchId: string; readonly news: boolean };

/** Receipts come twice and out of order: a final one stands, whatever comes after it. */
export async function takeReceipt(
  db: Db,
  named: Named,
  receipt: Receipt,
  now: number,
  onSettled: OnSettled,
): Promise<ReceiptTaken> {
  const touch = await db
    .selectFrom('touches')
    .select(['id', 'state'])
    .$if('touchId' in named, (q) => q.where('id', '=', 'touchId' in named ? named.touchId : ''))
    .$if('channel' in named, (q) =>
      q.where('channel', '=', 'channel' in named ? named.channel : '').where('provider_id', '=', named.providerId),
    )
    .executeTakeFirst();
  if (!touch) return { known: false };
  const failed = receipt.status === 'failed' || receipt.status === 'undelivered';
  const outcome: SendOutcome = failed
    ? { is: 'failed', code: receipt.errorCode ?? receipt.status }
    : { is: 'sent', providerId: named.providerId, at: receipt.at };
  if (touch.state === 'unknown' || touch.state === 'sending')
    await resolve(db, { touchId: touch.id, outcome, by: { by: 'receipt' } }, now, onSettled);
  const noted = await db
    .updateTable('touches')
    .set({
      receipt: receipt.status,
      ...(failed ? { failure: sql<string>`coalesce(failure, ${receipt.errorCode ?? receipt.status})` } : {}),
    })
    .where('id', '=', touch.id)
    .where((e) => e.or([e('receipt', 'is', null), ...(receipt.status === 'sent' ? [] : [e('receipt', '=', 'sent')])]))
    .executeTakeFirst();
  return { known: true, touchId: touch.id, news: noted.numUpdatedRows > 0n };
}
