import { expire } from '../../core/budget/reserve.ts';
import type { BudgetRow, Killed } from '../../core/budget/row.ts';
import { load } from '../budget/load.ts';
import { gatesOf } from '../budget/row.ts';
import { runOn } from '../budget/run.ts';
import type { Db } from '../open.ts';

export interface Seen {
  readonly row: BudgetRow;
  readonly killed: Killed;
  /** With which keys of shared limits are made. */
  readonly salt: string | null;
  /** What is not stored of that time, in sentences; empty for now. */
  readonly notKnown: readonly string[];
}

/** As the budget itself reads it, without places whose time is over. A customer without a row has asked for nothing yet. */
export async function rowNow(db: Db, customerId: string, now: number): Promise<Seen> {
  const [loaded] = await load(runOn(db), [{ touchId: '', customerId }]);
  if (!loaded) {
    const row = { customerId, version: 0, recent: [], waiting: [], gates: gatesOf({}) };
    return { row, killed: [], salt: null, notKnown: [] };
  }
  return { row: expire(loaded.row, now), killed: loaded.killed, salt: loaded.salt, notKnown: [] };
}
