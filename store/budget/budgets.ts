/** The budget of all customers: reserve → fence → settle, and what happens when somebody dies in between. */
import type { SentRule } from '../../core/budget/unknown-is-sent.ts';
import { notifyPump } from '../outbox.ts';
import type { Db } from '../open.ts';
import { fenceWork, type FenceAsk, type Fenced } from './fence.ts';
import { reserveWork, type ReserveAnswer, type ReserveAsk } from './reserve.ts';
import {
  resolve,
  takeReceipt,
  tellRun,
  type Named,
  type OnSettled,
  type Receipt,
  type ReceiptTaken,
} from './resolve.ts';
import { runOn } from './run.ts';
import {
  expireWork,
  settleWork,
  uncertainAfterMs,
  uncertainWork,
  withdrawWork,
  type SendOutcome,
  type Settled,
} from './settle.ts';
import { createSwap } from './swap.ts';
import type { Work } from './apply.ts';

export interface BudgetsOptions {
  /** Epoch milliseconds of the engine's time; with a rate, workers are given as long as by a real clock. */
  readonly clock: { now(): number; readonly spec?: { readonly rate: number } };
  /** In the transaction that makes an unknown touch certain. Unless given: its run gets a delivery. */
  readonly onSettled?: OnSettled;
  /** After a commit that put runs into the outbox. Unless given: the pump is called. */
  readonly onFreed?: () => void;
  /** Pieces of work decided together, at most; 500 unless given. */
  readonly mostInBatch?: number;
  /** Batches on their way at one time. */
  readonly mostBatches?: number;
  /** How many pieces of work were decided together, and how long it took; for metrics. */
  readonly onBatch?: (size: number, tookMs: number) => void;
}

export interface Budgets {
  reserve(ask: ReserveAsk): Promise<ReserveAnswer>;
  fence(touchId: string, ask: FenceAsk): Promise<Fenced>;
  settle(touchId: string, attempt: string, outcome: SendOutcome): Promise<Settled>;
  settleByReceipt(named: Named, receipt: Receipt): Promise<ReceiptTaken>;
  /** What a look-up at the provider found of a touch that is unknown. */
  settleByLookUp(touchId: string, outcome: Extract<SendOutcome, { is: 'sent' | 'failed' }>): Promise<Settled>;
  /** Nobody found out what came of a touch that is unknown, and its policy says that it counts as sent by now. */
  settleByRule(touchId: string, rule: SentRule): Promise<Settled>;
  /** Answers whether it was still to be sent. */
  withdraw(touchId: string): Promise<boolean>;
  /** Gives back the places of touches that were not sent in their time; their number. Never an unknown one's. */
  expireReservations(): Promise<number>;
  /** Touches that have been `sending` for too long become unknown; their ids. */
  markUncertain(): Promise<readonly string[]>;
}

/** As many as are looked at in one go by `expireReservations` and `markUncertain`. */
const page = 1_000;

export function createBudgets(db: Db, { clock, onSettled = tellRun, onFreed, ...most }: BudgetsOptions): Budgets {
  const now = (): number => clock.now();
  const uncertain = uncertainAfterMs * (clock.spec?.rate ?? 1);
  const swap = createSwap({
    run: runOn(db),
    transaction: (work) => db.transaction().execute((tx) => work(runOn(tx))),
    now,
    // The pump looks by itself every few seconds: a call that fails is none the worse.
    onFreed: onFreed ?? (() => void notifyPump(db).catch(() => undefined)),
    ...most,
  });

  async function allOf(ids: readonly string[], work: (id: string) => Work<boolean>): Promise<string[]> {
    const done = await Promise.all(ids.map(async (id) => ((await swap(work(id))) ? [id] : [])));
    return done.flat();
  }

  return {
    reserve: (ask) => swap(reserveWork(ask)),
    fence: (touchId, ask) => swap(fenceWork(touchId, ask)),
    async settle(touchId, attempt, outcome) {
      const answer = await swap(settleWork(touchId, attempt, outcome));
      return answer === 'told' ? resolve(db, { touchId, outcome, by: null }, now(), onSettled) : answer;
    },
    settleByReceipt: (named, receipt) => takeReceipt(db, named, receipt, now(), onSettled),
    settleByLookUp: (touchId, outcome) => resolve(db, { touchId, outcome, by: { by: 'look-up' } }, now(), onSettled),
    settleByRule: (touchId, rule) =>
      resolve(db, { touchId, outcome: { is: 'assumed' }, by: { by: 'rule', ...rule } }, now(), onSettled),
    withdraw: (touchId) => swap(withdrawWork(touchId)),
    async expireReservations() {
      const late = db
        .selectFrom('touches')
        .select('id')
        .where('state', '=', 'reserved')
        .where('until', '<', new Date(now()));
      return (
        await allOf(
          (await late.orderBy('until').limit(page).execute()).map((t) => t.id),
          expireWork,
        )
      ).length;
    },
    async markUncertain() {
      const before = new Date(now() - uncertain);
      const stale = db
        .selectFrom('touches')
        .select('id')
        .where('state', '=', 'sending')
        .where('sending_at', '<=', before);
      return allOf(
        (await stale.orderBy('sending_at').limit(page).execute()).map((t) => t.id),
        (id) => uncertainWork(id, uncertain),
      );
    },
  };
}
