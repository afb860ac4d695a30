/** A soft cap that is passed lets the touch go out; the policy's team hears of it, once for a customer and window in the window's span. */
import { openDefaultTask, type Desk } from './default-task.ts';
import { lockKnown } from './lock-customer.ts';
import type { Db } from './open.ts';

export interface SoftCapPassed {
  readonly customerId: string;
  /** The policy's. */
  readonly team: string;
  readonly window: string;
  /** For so long it is not told again. */
  readonly spanMs: number;
  readonly because: string;
  readonly now: number;
}

/** Answers whether it was told now. Call `notifyPump` afterwards. */
export const tellSoftCap = (
  db: Db,
  desk: Desk,
  { customerId: given, team, window, spanMs, because, now }: SoftCapPassed,
): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    const customerId = await lockKnown(tx, given);
    const told = await tx
      .insertInto('soft_caps')
      .values({ customer_id: customerId, window_name: window, told_at: new Date(now) })
      .onConflict((c) =>
        c
          .columns(['customer_id', 'window_name'])
          .doUpdateSet({ told_at: new Date(now) })
          .where('soft_caps.told_at', '<=', new Date(now - spanMs)),
      )
      .returning('told_at')
      .executeTakeFirst();
    if (!told) return false;
    await openDefaultTask(tx, desk, {
      customerId,
      team,
      reasonId: `soft-cap/${customerId}/${window}/${String(now)}`,
      journey: null,
      step: null,
      because,
      outcomes: ['looked at'],
      now,
    });
    return true;
  });
