/** What opens and closes a customer's gates, each next to the record it copies. Called inside the transaction that writes the record. */
import { consented, suppressed, unheld, wroteBy } from '../core/budget/move-gates.ts';
import type { Gates } from '../core/budget/types.ts';
import type { Channel } from '../core/journey/channels.ts';
import { changeGates } from './budget/change-gates.ts';
import type { Tx } from './open.ts';

export const openInbound = (tx: Tx, customerId: string, channel: Channel, now: number): Promise<void> =>
  changeGates(tx, customerId, (gates) => wroteBy(gates, channel, now));

export const closeBySuppression = (
  tx: Tx,
  customerId: string,
  suppression: Gates['suppressions'][number],
): Promise<void> => changeGates(tx, customerId, (gates) => suppressed(gates, suppression));

export const liftSuppressionGate = (tx: Tx, customerId: string, channel: Channel | 'all', now: number): Promise<void> =>
  changeGates(
    tx,
    customerId,
    (gates) => ({ ...gates, suppressions: gates.suppressions.filter((s) => s.channel !== channel) }),
    now,
  );

export const setConsentGate = (
  tx: Tx,
  customerId: string,
  consent: Gates['consents'][number],
  now: number,
): Promise<void> => changeGates(tx, customerId, (gates) => consented(gates, consent), now);

export const setZoneGate = (
  tx: Tx,
  customerId: string,
  { zone, plausible }: { readonly zone: string | null; readonly plausible: readonly string[] },
  now: number,
): Promise<void> => changeGates(tx, customerId, (gates) => ({ ...gates, zone, zonesPlausible: plausible }), now);

/** A person has the conversation: automated touches other than services wait until it ends, or at the latest until then. */
export const placeHold = (tx: Tx, customerId: string, hold: { until: number; taskId: string }): Promise<void> =>
  changeGates(tx, customerId, (gates) => ({ ...gates, hold }));

/** A hold of another task stays. */
export const endHold = (tx: Tx, customerId: string, taskId: string, now: number): Promise<void> =>
  changeGates(tx, customerId, (gates) => unheld(gates, taskId), now);
