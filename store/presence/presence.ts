/** Who is at a customer right now, so that two people who type to one customer see each other. Real time: people do not live faster in a demo. */
import { sql } from 'kysely';
import type { Doing } from '../database/tasks.ts';
import type { Db } from '../open.ts';

export const doings = ['reading', 'writing', 'calling'] as const satisfies readonly Doing[];
export interface Present {
  readonly agent: string;
  readonly doing: Doing;
  readonly since: number;
}

/** Whoever does not say so again within this is gone. */
export const presentForSeconds = 30;
const now = sql<Date>`clock_timestamp()`;

/** Says what they do; the same again only keeps it. Answers with the others who are there. */
export async function bePresent(
  db: Db,
  customerId: string,
  { agent, doing, forSeconds = presentForSeconds }: Pick<Present, 'agent' | 'doing'> & { readonly forSeconds?: number },
): Promise<Present[]> {
  const until = sql<Date>`clock_timestamp() + make_interval(secs => ${forSeconds})`;
  await db
    .insertInto('presence')
    .values({ customer_id: customerId, agent, doing, since: now, until })
    .onConflict((c) =>
      c.columns(['customer_id', 'agent']).doUpdateSet({
        doing: sql`excluded.doing`,
        since: sql`case when presence.doing = excluded.doing and presence.until > clock_timestamp() then presence.since else excluded.since end`,
        until: sql`excluded.until`,
      }),
    )
    .execute();
  return (await presentAt(db, customerId)).filter((each) => each.agent !== agent);
}

export async function leaveCustomer(db: Db, customerId: string, agent: string): Promise<void> {
  await db.deleteFrom('presence').where('customer_id', '=', customerId).where('agent', '=', agent).execute();
}

/** The one who came first stands first. */
export async function presentAt(db: Db, customerId: string): Promise<Present[]> {
  const rows = await db
    .selectFrom('presence')
    .select(['agent', 'doing', 'since'])
    .where('customer_id', '=', customerId)
    .where('until', '>', now)
    .orderBy('since')
    .orderBy('agent')
    .execute();
  return rows.map((row) => ({ ...row, since: row.since.getTime() }));
}
