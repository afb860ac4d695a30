import { deadlineOf, type Renewal, type Spans } from '../../core/promise/promise.ts';
import { followed } from '../../core/journey/phrases.ts';
import { movePromises } from '../beside/move.ts';
import { newestValues } from '../beside/newest.ts';
import { lockKnown } from '../lock-customer.ts';
import type { Db, Tx } from '../open.ts';
import { callWorkflows } from '../outbox.ts';
import { getPromise, type StoredPromise } from './row.ts';

export interface PromiseMade {
  /** 'run/step/visit': the same again changes nothing. */
  readonly id: string;
  readonly customerId: string;
  readonly enrolmentId: string;
  readonly step: string;
  readonly team: string;
  readonly dueAt: number;
  readonly keptBy: readonly string[];
  readonly renew?: Renewal | null;
  /** The newest delivery its run had heard: what keeps it and came after that was too early for this row. */
  readonly heard: number;
  /** Its run had heard already what keeps it. */
  readonly isKept?: boolean;
  /** How its time was said, and from when it is counted: found anew when the date it hangs on moves. */
  readonly said?: string;
  readonly from?: number;
  readonly now: number;
  readonly spans: Spans;
}

/** Made as kept if what keeps it has come already: an early answer is no broken promise. Call `notifyPump` afterwards. */
export const makePromise = (db: Db, made: PromiseMade): Promise<StoredPromise> =>
  db.transaction().execute(async (tx) => {
    const { id, team, dueAt, now, renew = null, said = null, from } = made;
    const follows = said === null ? null : followed(said);
    const customerId = await lockKnown(tx, made.customerId);
    const isKept = made.isKept === true || (await cameEarly(tx, made));
    const deadlineAt = isKept ? null : deadlineOf({ team, dueAt, renew, renewed: 0 }, now, made.spans);
    const row = await tx
      .insertInto('promises')
      .values({
        id,
        customer_id: customerId,
        enrolment_id: made.enrolmentId,
        step: made.step,
        team,
        kept_by: [...made.keptBy],
        state: isKept ? 'kept' : 'open',
        due_at: new Date(dueAt),
        renew: renew && JSON.stringify(renew),
        deadline_at: deadlineAt === null ? null : new Date(deadlineAt),
        made_at: new Date(now),
        settled_at: isKept ? new Date(now) : null,
        said,
        follows,
        from_at: from === undefined ? null : new Date(from),
      })
      .onConflict((c) => c.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (row && !isKept) {
      await callWorkflows(tx, [{ kind: 'promise', ref: id }], now);
      await follow(tx, { ...made, customerId }, follows);
    }
    const stored = await getPromise(tx, id);
    if (!stored) throw new Error(`Promise ${id} is gone although this transaction holds its customer`);
    return stored;
  });

/** The date may have moved between the run's asking and this row. */
async function follow(tx: Tx, made: PromiseMade, follows: string | null): Promise<void> {
  const values = follows === null ? null : await newestValues(tx, { ...made, follows });
  if (follows !== null && values) await movePromises(tx, [made.id], { root: follows, values, now: made.now });
}

/** Whoever takes an event in holds the customer, as we do: it is either among these, or finds the promise. */
async function cameEarly(tx: Tx, { enrolmentId, heard, keptBy }: PromiseMade): Promise<boolean> {
  const early = await tx
    .selectFrom('deliveries')
    .select('body')
    .where('enrolment_id', '=', enrolmentId)
    .where('number', '>', heard)
    .where('kind', '=', 'event')
    .execute();
  return early.some(({ body }) => body.kind === 'event' && keptBy.includes(body.event));
}
