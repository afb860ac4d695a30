/** What nobody found out in the time that a policy states counts as sent: the direction in which no customer is written to too often. */
import { sql } from 'kysely';
import type { Budgets } from './budget/index.ts';
import type { Db } from './open.ts';
import { sentRuleOf, type UnknownKind } from './sent-rule.ts';

/** Answers with how many there were. `limit` of each journey's version and channel, the longest unknown first. */
export async function countAsSent(
  { db, budgets }: { readonly db: Db; readonly budgets: Budgets },
  { now, limit }: { readonly now: number; readonly limit: number },
): Promise<number> {
  let counted = 0;
  for (const kind of await unknownKinds(db)) {
    const rule = await sentRuleOf(db, kind);
    if (!rule) continue;
    const { afterMs, ...stated } = rule;
    for (const touchId of await sentBefore(db, kind, now - afterMs, limit))
      if ((await budgets.settleByRule(touchId, stated)).settled) counted += 1;
  }
  return counted;
}

/** Few are unknown at a time, so what they are of is found by the index of just those. */
async function unknownKinds(db: Db): Promise<UnknownKind[]> {
  const { rows } = await sql<UnknownKind>`
    select distinct journey, version, channel from touches where state = 'unknown'`.execute(db);
  return rows;
}

async function sentBefore(db: Db, kind: UnknownKind, instant: number, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from touches
    where state = 'unknown' and sending_at <= ${new Date(instant)} and journey is not distinct from ${kind.journey}
      and version is not distinct from ${kind.version} and channel = ${kind.channel}
    order by sending_at limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}
