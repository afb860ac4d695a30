import { sharedOf } from '../../core/budget/shared-rows.ts';
import { load, type Wanted } from './load.ts';
import { lockRow } from './lock-row.ts';
import type { Run } from './run.ts';
import type { Loaded } from './touch.ts';

const lockShared =
  'select key from shared_budgets where key in (select json_array_elements_text($1)) order by key for update';

/** What is read for one customer's work, with all its rows held until the transaction ends: their own first, then what they share. */
export async function loadLocked(
  run: Run,
  customerId: string,
  wanted: readonly Wanted[],
): Promise<readonly (Loaded | null)[]> {
  const held = await lockRow(run, customerId);
  const theirs = wanted.map((one) => (one.customerId === undefined ? one : { ...one, customerId: held.customerId }));
  const loaded = await load(run, theirs);
  const keys = new Set(loaded.flatMap((one) => (one ? sharedOf(one.row).map(({ key }) => key) : [])));
  if (keys.size === 0) return loaded;
  await run(lockShared, [JSON.stringify([...keys].sort())]);
  return load(run, theirs);
}
