import type { BudgetRow } from '../../core/budget/row.ts';
import { createRows } from './create-row.ts';
import { encodeRing } from '../../core/budget/ring.ts';
import { rowOf, type StoredRow } from './row.ts';
import type { Run } from './run.ts';

const lock =
  "select customer_id, merged_into, version, convert_from(recent, 'UTF8') as recent, waiting, gates from budgets where customer_id = $1 for update";
const write =
  "update budgets set version = version + 1, recent = convert_to($2, 'UTF8'), waiting = $3, gates = $4 where customer_id = $1";
type Locked = StoredRow & { readonly merged_into: string | null };

/** The customer's row, or that of the record they were merged into, held until the transaction ends. Whoever holds other locks too takes this one first. */
export async function lockRow(run: Run, customerId: string): Promise<BudgetRow> {
  const [found] = await run<Locked>(lock, [customerId]);
  if (found) return found.merged_into === null ? rowOf(found) : lockRow(run, found.merged_into);
  await createRows(run, [customerId]);
  const [created] = await run<StoredRow>(lock, [customerId]);
  if (!created) throw new Error(`There is no customer '${customerId}'`);
  return rowOf(created);
}

/** Writes a row that this transaction holds. */
export async function writeRow(run: Run, row: BudgetRow): Promise<void> {
  await run(write, [row.customerId, encodeRing(row.recent), JSON.stringify(row.waiting), JSON.stringify(row.gates)]);
}
