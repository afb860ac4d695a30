/** What opens and closes a customer's gates, each next to the record it copies. Called inside the transaction that writes the record. */
import type { Gates } from '../core/budget/types.ts';
import type { Channel } from '../core/journey/channels.ts';
import type { Tx } from './open.ts';

/** Who wrote to us may be answered on that channel for this long. */
export const inboundOpenMs = 14 * 86_400_000;

export const openInbound = (tx: Tx, customerId: string, channel: Channel, now: number): Promise<void> =>
  changeGates(tx, customerId, (gates) => ({
    ...gates,
    inboundOpen: [
      ...gates.inboundOpen.filter((open) => open.channel !== channel && open.until > now),
      { channel, until: now + inboundOpenMs },
    ],
  }));

export const closeBySuppression = (
  tx: Tx,
  customerId: string,
  suppression: Gates['suppressions'][number],
): Promise<void> =>
  changeGates(tx, customerId, (gates) => ({
    ...gates,
    suppressions: [...gates.suppressions.filter((s) => s.channel !== suppression.channel), suppression],
    // STOP ends what their writing had opened.
    inboundOpen: gates.inboundOpen.filter((o) => suppression.channel !== 'all' && o.channel !== suppression.channel),
  }));

export const liftSuppressionGate = (tx: Tx, customerId: string, channel: Channel | 'all'): Promise<void> =>
  changeGates(tx, customerId, (gates) => ({
    ...gates,
    suppressions: gates.suppressions.filter((s) => s.channel !== channel),
  }));

export const setConsentGate = (tx: Tx, customerId: string, consent: Gates['consents'][number]): Promise<void> =>
  changeGates(tx, customerId, (gates) => ({
    ...gates,
    consents: [
      ...gates.consents.filter((c) => c.channel !== consent.channel || c.purpose !== consent.purpose),
      consent,
    ],
  }));

export const setZoneGate = (
  tx: Tx,
  customerId: string,
  zone: string | null,
  plausible: readonly string[],
): Promise<void> => changeGates(tx, customerId, (gates) => ({ ...gates, zone, zonesPlausible: plausible }));

/** A person has the conversation: automated touches other than services wait until it ends, or at the latest until then. */
export const placeHold = (tx: Tx, customerId: string, hold: { until: number; taskId: string }): Promise<void> =>
  changeGates(tx, customerId, (gates) => ({ ...gates, hold }));

/** A hold of another task stays. */
export const endHold = (tx: Tx, customerId: string, taskId: string): Promise<void> =>
  changeGates(tx, customerId, (gates) => (gates.hold?.taskId === taskId ? { ...gates, hold: null } : gates));

const open: Gates = {
  consents: [],
  suppressions: [],
  guards: [],
  hold: null,
  zone: null,
  zonesPlausible: [],
  own: null,
  inboundOpen: [],
};

async function changeGates(tx: Tx, customerId: string, change: (gates: Gates) => Gates): Promise<void> {
  const row = await tx
    .selectFrom('budgets')
    .select('gates')
    .where('customer_id', '=', customerId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow(() => new Error(`Customer ${customerId} has no budget row`));
  const before = { ...open, ...row.gates };
  const after = change(before);
  if (after === before) return;
  await tx
    .updateTable('budgets')
    .set(({ eb }) => ({ gates: JSON.stringify(after), version: eb('version', '+', '1') }))
    .where('customer_id', '=', customerId)
    .execute();
}
