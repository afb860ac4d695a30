import type { Policy } from '../../core/budget/policy.ts';
import { definitionAt, type Stored } from '../definitions.ts';
import type { Db } from '../open.ts';

/** The policy of the newest publication up to an instant; null: nothing was published yet. */
export async function policyInForce(db: Db, at: number): Promise<Stored<Policy> | null> {
  const row = await db
    .selectFrom('journeys')
    .select('policy_hash')
    .where('published_at', '<=', new Date(at))
    .orderBy('published_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? definitionAt(db, 'policy', row.policy_hash) : null;
}

/** The policy that was published under this number. */
export async function policyNumbered(db: Db, number: number): Promise<Stored<Policy> | null> {
  const row = await db
    .selectFrom('definitions')
    .select('hash')
    .where('kind', '=', 'policy')
    .where('number', '=', number)
    .executeTakeFirst();
  return row ? definitionAt(db, 'policy', row.hash) : null;
}

/** Which policies the customer's running journeys are held to: each version stays with the policy it was published with. */
export const pinnedPolicies = (
  db: Db,
  customerId: string,
): Promise<{ journey: string; version: number; policyVersion: number }[]> =>
  db
    .selectFrom('enrolments as e')
    .innerJoin('journeys as j', (join) => join.onRef('j.name', '=', 'e.journey').onRef('j.version', '=', 'e.version'))
    .innerJoin('definitions as d', 'd.hash', 'j.policy_hash')
    .select(['e.journey', 'e.version', 'd.number as policyVersion'])
    .distinct()
    .where('e.customer_id', '=', customerId)
    .where('e.state', '=', 'running')
    .orderBy('e.journey')
    .orderBy('e.version')
    .execute();
