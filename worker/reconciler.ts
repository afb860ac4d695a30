/**
 * Looks for what was left lying: rows that should have woken long ago, places that were reserved and never used, sends whose worker is gone,
 * and touches whose outcome a provider may know by now. Several may run: all it does is idempotent.
 */
import type { Logger } from 'pino';
import { lookUpUnknown } from '../activities/look-up.ts';
import type { ChannelAdapter } from '../channels/channel.ts';
import type { Clock } from '../config/clock.ts';
import { dayMs } from '../core/calendar/zone.ts';
import type { Channel } from '../core/journey/channels.ts';
import type { Budgets } from '../store/budget/index.ts';
import { gatherLate } from '../store/merge/gather-late.ts';
import { notifyPump } from '../store/outbox.ts';
import type { Db } from '../store/open.ts';
import { countAsSent } from '../store/count-as-sent.ts';
import { callOverdue, unknownTouches } from '../store/overdue.ts';
import { touchToSend } from '../store/touch-to-send.ts';
import { lookAgain, type LookingAgain } from './look-again.ts';

export interface ReconcilerSettings {
  readonly db: Db;
  readonly budgets: Budgets;
  readonly channels: Readonly<Partial<Record<Channel, ChannelAdapter>>>;
  readonly clock: Clock;
  readonly log: Logger;
}
/** What one look found. */
export interface Reconciled {
  readonly called: number;
  readonly expired: number;
  readonly uncertain: number;
  readonly settled: number;
  /** Counted as sent by the rule of their policy. */
  readonly assumed: number;
}

/** Real milliseconds between two looks. */
const everyMs = 10_000;
/** By the engine's clock. */
const lateMs = 30_000;
const page = 200;
/** A provider's list is asked about a touch for so long; after that a receipt tells, or the rule of its policy. */
const askProviderForMs = 3 * dayMs;

export async function reconcile({ db, budgets, channels, clock }: ReconcilerSettings): Promise<Reconciled> {
  const now = clock.now();
  const called = await callOverdue(db, { now, lateMs: lateMs * clock.spec.rate, limit: page });
  if (called.length > 0) await notifyPump(db);
  const expired = await budgets.expireReservations();
  const uncertain = await budgets.markUncertain();
  await gatherLate(db, now);
  let settled = 0;
  for (const id of await unknownTouches(db, { since: now - askProviderForMs, limit: page })) {
    const found = await lookUpUnknown({ db, budgets, channels, clock }, await touchToSend(db, id));
    if (found !== 'unknown') settled += 1;
  }
  const assumed = await countAsSent({ db, budgets }, { now, limit: page });
  return { called: called.length, expired, uncertain: uncertain.length, settled, assumed };
}

export const startReconciler = (settings: ReconcilerSettings): LookingAgain =>
  lookAgain(
    { everyMs, log: settings.log, failed: 'what was left lying could not be looked for; it is tried again' },
    async () => {
      const found = await reconcile(settings);
      if (Object.values(found).some((count: number) => count > 0))
        settings.log.info(found, 'what was left lying is taken up');
    },
  );
