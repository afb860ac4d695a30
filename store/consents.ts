/** Every consent given or withdrawn and every stop, with who said so; what holds now is copied into the gates. */
import type { Selectable } from 'kysely';
import type { Channel } from '../core/journey/channels.ts';
import { lockCustomer } from './customers.ts';
import type { Database } from './database.ts';
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
  /** The words that were agreed to. */
  readonly text?: string | null;
  /** Who said it, where that was not the customer: 'their daughter', 'Ana of care'. */
  readonly givenBy?: string | null;
  /** When it was said; `at` is when it was written down. */
  readonly givenAt?: number | null;
  readonly actor: string;
  readonly at: number;
}
export interface Suppression {
  readonly channel: Channel | 'all';
  readonly reason: string;
  /** Where it was said: 'phone', 'reply'. */
  readonly source?: string | null;
  readonly actor: string;
  readonly at: number;
  readonly liftedAt?: number | null;
  readonly liftedBy?: string | null;
}
type Recorded = { readonly recorded: true } | { readonly refused: 'unknown-customer' };

export function recordConsent(db: Db, id: string, consent: Consent): Promise<Recorded> {
  return db.transaction().execute(async (tx) => {
    const customerId = await lockCustomer(tx, id);
    if (customerId === null) return { refused: 'unknown-customer' };
    const { channel, purpose, granted, source, proof = null, text = null, givenBy = null, actor, at } = consent;
    const given_at = new Date(consent.givenAt ?? at);
    const said = { channel, purpose, granted, source, proof, text, given_by: givenBy, given_at, actor };
    await tx
      .insertInto('consents')
      .values({ ...said, customer_id: customerId, at: new Date(at) })
      .execute();
    await setConsentGate(tx, customerId, { channel, purpose, granted }, consent.at);
    return { recorded: true };
  });
}

export const consentsOf = async (db: Db, customerId: string): Promise<Consent[]> =>
  (await db.selectFrom('consents').selectAll().where('customer_id', '=', customerId).orderBy('id').execute()).map(read);

const read = (c: Selectable<Database['consents']>): Consent => ({
  channel: c.channel,
  purpose: c.purpose,
  granted: c.granted,
  source: c.source,
  proof: c.proof,
  text: c.text,
  givenBy: c.given_by,
  givenAt: (c.given_at ?? c.at).getTime(),
  actor: c.actor,
  at: c.at.getTime(),
});

export interface ExportedConsent extends Consent {
  readonly id: string;
  readonly customerId: string;
}
/** Every consent ever given or withdrawn, of everybody, in the order in which they were written down. */
export async function allConsents(
  db: Db,
  { after, limit }: { after: number; limit: number },
): Promise<ExportedConsent[]> {
  const rows = await db
    .selectFrom('consents')
    .selectAll()
    .where('id', '>', String(after))
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...read(row), id: row.id, customerId: row.customer_id }));
}

export function suppress(db: Db, id: string, suppression: Suppression): Promise<Recorded> {
  return db.transaction().execute(async (tx) => {
    const customerId = await lockCustomer(tx, id);
    if (customerId === null) return { refused: 'unknown-customer' };
    await suppressIn(tx, customerId, suppression);
    return { recorded: true };
  });
}

/** Inside a transaction that holds the customer. */
export async function suppressIn(tx: Tx, customerId: string, suppression: Suppression): Promise<void> {
  const { channel, reason, source = null, actor, at } = suppression;
  await tx
    .insertInto('suppressions')
    .values({ customer_id: customerId, channel, reason, source, actor, at: new Date(at) })
    .onConflict((c) => c.doNothing())
    .execute();
  await closeBySuppression(tx, customerId, { channel, reason, at });
}

export function liftSuppression(
  db: Db,
  id: string,
  channel: Channel | 'all',
  actor: string,
  now: number,
): Promise<Recorded> {
  return db.transaction().execute(async (tx) => {
    const customerId = await lockCustomer(tx, id);
    if (customerId === null) return { refused: 'unknown-customer' };
    await tx
      .updateTable('suppressions')
      .set({ lifted_at: new Date(now), lifted_by: actor })
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
  (await suppressionHistory(db, customerId)).filter(({ liftedAt }) => liftedAt === null);

/** Those that were lifted, too; oldest first. */
export async function suppressionHistory(db: Db, customerId: string): Promise<Suppression[]> {
  const rows = await db
    .selectFrom('suppressions')
    .selectAll()
    .where('customer_id', '=', customerId)
    .orderBy('at')
    .execute();
  return rows.map((s) => ({
    channel: s.channel,
    reason: s.reason,
    source: s.source,
    actor: s.actor,
    at: s.at.getTime(),
    liftedAt: s.lifted_at?.getTime() ?? null,
    liftedBy: s.lifted_by,
  }));
}
