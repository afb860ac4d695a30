/** Every consent given or withdrawn and every stop, with who said so; what holds now is copied into the gates. */
import type { Channel } from '../core/journey/channels.ts';
import { lockCustomer } from './customers.ts';
import { closeBySuppression, liftSuppressionGate, setConsentGate } from './gates.ts';
import type { Db, Tx } from './open.ts';

export interface Consent {
  readonly channel: Channel;
  readonly purpose: string;
  readonly granted: boolean;
  /** Where it was given: 'web form', 'phone'. */
  readonly source: string;
  /** What shows it: a document's id, the words that were agreed to. */
  readonly proof?: string | null;
  readonly actor: string;
  readonly at: number;
}
export interface Suppression {
  readonly channel: Channel | 'all';
  readonly reason: string;
  readonly actor: string;
  readonly at: number;
}
type Recorded = { readonly recorded: true } | { readonly refused: 'unknown-customer' };

export function recordConsent(db: Db, customerId: string, consent: Consent): Promise<Recorded> {
  return db.transaction().execute(async (tx) => {
    if (!(await lockCustomer(tx, customerId))) return { refused: 'unknown-customer' };
    const { channel, purpose, granted } = consent;
    await tx
      .insertInto('consents')
      .values({ ...consent, customer_id: customerId, proof: consent.proof ?? null, at: new Date(consent.at) })
      .execute();
    await setConsentGate(tx, customerId, { channel, purpose, granted }, consent.at);
    return { recorded: true };
  });
}

export const consentsOf = async (db: Db, customerId: string): Promise<Consent[]> =>
  (await db.selectFrom('consents').selectAll().where('customer_id', '=', customerId).orderBy('id').execute()).map(
    (c) => ({
      channel: c.channel,
      purpose: c.purpose,
      granted: c.granted,
      source: c.source,
      proof: c.proof,
      actor: c.actor,
      at: c.at.getTime(),
    }),
  );

export function suppress(db: Db, customerId: string, suppression: Suppression): Promise<Recorded> {
  return db.transaction().execute(async (tx) => {
    if (!(await lockCustomer(tx, customerId))) return { refused: 'unknown-customer' };
    await suppressIn(tx, customerId, suppression);
    return { recorded: true };
  });
}

/** Inside a transaction that holds the customer. */
export async function suppressIn(tx: Tx, customerId: string, suppression: Suppression): Promise<void> {
  const { channel, reason, actor, at } = suppression;
  await tx
    .insertInto('suppressions')
    .values({ customer_id: customerId, channel, reason, actor, at: new Date(at) })
    .onConflict((c) => c.doNothing())
    .execute();
  await closeBySuppression(tx, customerId, { channel, reason, at });
}

export function liftSuppression(db: Db, customerId: string, channel: Channel | 'all', now: number): Promise<Recorded> {
  return db.transaction().execute(async (tx) => {
    if (!(await lockCustomer(tx, customerId))) return { refused: 'unknown-customer' };
    await tx
      .updateTable('suppressions')
      .set({ lifted_at: new Date(now) })
      .where('customer_id', '=', customerId)
      .where('channel', '=', channel)
      .where('lifted_at', 'is', null)
      .execute();
    await liftSuppressionGate(tx, customerId, channel, now);
    return { recorded: true };
  });
}

/** Those that hold. */
export const suppressionsOf = async (db: Db, customerId: string): Promise<Suppression[]> =>
  (
    await db
      .selectFrom('suppressions')
      .selectAll()
      .where('customer_id', '=', customerId)
      .where('lifted_at', 'is', null)
      .orderBy('at')
      .execute()
  ).map((s) => ({ channel: s.channel, reason: s.reason, actor: s.actor, at: s.at.getTime() }));
