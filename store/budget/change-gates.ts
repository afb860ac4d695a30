import type { Gates } from '../../core/budget/row.ts';
import type { Tx } from '../open.ts';
import { free } from './free.ts';
import { lockRow, writeRow } from './lock-row.ts';
import { runOn } from './run.ts';

/**
 * Changes the copies of what may stop a touch, inside the transaction that changes their records. It holds the customer's
 * row until that ends; so call it before anything that locks further rows. If a gate opened, those who wait ask again; and if a guard was set,
 * which opens by nobody's waiting, so that what dies of it dies now.
 * `now` is when they do, in epoch milliseconds; without it, at once.
 */
export async function changeGates(tx: Tx, customerId: string, change: (gates: Gates) => Gates, now = 0): Promise<void> {
  const run = runOn(tx);
  const row = await lockRow(run, customerId);
  const gates = change(row.gates);
  if (JSON.stringify(gates) === JSON.stringify(row.gates)) return;
  await writeRow(run, { ...row, gates });
  if (mayOpen(row.gates, gates) || gates.guards.length > row.gates.guards.length)
    await free(
      run,
      row.waiting.map((w) => w.touchId),
      now,
    );
}

/** Is anything less closed than before? Whoever waits asks again in vain at worst. */
function mayOpen(before: Gates, after: Gates): boolean {
  const heldLess = before.hold !== null && (after.hold === null || after.hold.until < before.hold.until);
  const elsewhere = before.zone !== after.zone || String(before.zonesPlausible) !== String(after.zonesPlausible);
  const heldByHandLess = before.held !== undefined && (after.held?.until ?? 0) < before.held.until;
  const own = JSON.stringify(before.own) !== JSON.stringify(after.own) && before.own !== null;
  const stops = (gates: Gates): string[] =>
    (gates.stopped ?? []).map(({ journey, until }) => `${journey} ${String(until)}`);
  const stoppedLess = stops(before).some((one) => !stops(after).includes(one));
  return (
    heldLess ||
    stoppedLess ||
    heldByHandLess ||
    elsewhere ||
    own ||
    after.suppressions.length < before.suppressions.length ||
    after.guards.length < before.guards.length ||
    after.consents.filter((c) => c.granted).length > before.consents.filter((c) => c.granted).length
  );
}
