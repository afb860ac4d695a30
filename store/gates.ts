/** What opens and closes a customer's gates, each next to the record it copies. Called inside the transaction that writes the record. */
import type { Whereabouts } from '../core/budget/area.ts';
import {
  checked,
  consented,
  heldBy,
  stoppedFor,
  suppressed,
  unheld,
  withOwn,
  wroteBy,
} from '../core/budget/move-gates.ts';
import type { Gates, OwnLimits } from '../core/budget/row.ts';
import type { Channel } from '../core/journey/channels.ts';
import { changeGates } from './budget/change-gates.ts';
import { gatesOf } from './budget/row.ts';
import type { Db, Tx } from './open.ts';

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

/** Where they are, as far as we know: their clock, their place, and whose law may hold for them. */
export const setWhereaboutsGate = (
  tx: Tx,
  customerId: string,
  {
    zone,
    plausible,
    place,
    jurisdictions = [],
    isSaidNow,
  }: Omit<Whereabouts, 'alsoAt'> & {
    readonly zone: string | null;
    readonly plausible: readonly string[];
    /** Their place was said just now: what a merged record had said of it is over. */
    readonly isSaidNow: boolean;
  },
  now: number,
): Promise<void> =>
  changeGates(
    tx,
    customerId,
    ({ place: _, alsoAt = [], jurisdictions: __, ...gates }) => ({
      ...gates,
      zone,
      zonesPlausible: zone === null ? plausible : [],
      ...(place ? { place } : {}),
      ...(isSaidNow || alsoAt.length === 0 ? {} : { alsoAt }),
      ...(jurisdictions.length > 0 ? { jurisdictions } : {}),
    }),
    now,
  );

export const changeGuards = (
  tx: Tx,
  customerId: string,
  change: (guards: Gates['guards']) => Gates['guards'],
  now: number,
): Promise<void> => changeGates(tx, customerId, (gates) => ({ ...gates, guards: change(gates.guards) }), now);

export const checkedGate = (tx: Tx, customerId: string, check: NonNullable<Gates['checks']>[number]): Promise<void> =>
  changeGates(tx, customerId, (gates) => checked(gates, check), check.at);

/** By hand, not by a task; null ends it. */
export const setHeld = (tx: Tx, customerId: string, held: Gates['held'] | null, now: number): Promise<void> =>
  changeGates(tx, customerId, (gates) => heldBy(gates, held), now);

/** One journey, by one of our people; null: it may go on. */
export const setStopped = (
  tx: Tx,
  customerId: string,
  journey: string,
  stop: { readonly until: number | null; readonly by: string } | null,
  now: number,
): Promise<void> => changeGates(tx, customerId, (gates) => stoppedFor(gates, journey, stop), now);

/** Answers with what holds now. */
export async function setOwnGate(
  tx: Tx,
  customerId: string,
  change: (own: OwnLimits | null) => OwnLimits | null,
  now: number,
): Promise<OwnLimits | null> {
  let own: OwnLimits | null = null;
  await changeGates(
    tx,
    customerId,
    (gates) => {
      const next = withOwn(gates, change(gates.own), now);
      own = next.own;
      return next;
    },
    now,
  );
  return own;
}

export async function ownLimitsNow(db: Db, customerId: string): Promise<OwnLimits | null> {
  const row = await db.selectFrom('budgets').select('gates').where('customer_id', '=', customerId).executeTakeFirst();
  return row ? gatesOf(row.gates).own : null;
}

/** A person has the conversation: automated touches other than services wait until it ends, or at the latest until then. */
export const placeHold = (tx: Tx, customerId: string, hold: { until: number; taskId: string }): Promise<void> =>
  changeGates(tx, customerId, (gates) => ({ ...gates, hold }));

/** A hold of another task stays. */
export const endHold = (tx: Tx, customerId: string, taskId: string, now: number): Promise<void> =>
  changeGates(tx, customerId, (gates) => unheld(gates, taskId), now);
