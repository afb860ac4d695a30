/** Somebody wrote to us, or came to us otherwise, and no person has it: by the policy's `maxSilence` they hear from us, or a person gets them. */
import { sql } from 'kysely';
import type { Tx } from '../open.ts';

/** Inside the transaction that takes their message in. Whoever waits already waits on: what is due first is looked at first. */
export async function beginSilence(
  tx: Tx,
  { customerId, since, dueAt }: { readonly customerId: string; readonly since: number; readonly dueAt: number },
): Promise<void> {
  await tx
    .insertInto('silences')
    .values({ customer_id: customerId, since: new Date(since), due_at: new Date(dueAt) })
    .onConflict((c) => c.doNothing())
    .execute();
}

/**
 * Inside the transaction that takes an event in, if the newest policy says that they wait for us after it. What it is due by is a matter of the
 * team's calendar, which is not read for every event: the floor's next look finds that out, and puts it off until then.
 */
export async function beginSilenceAfter(
  tx: Tx,
  { customerId, type, since }: { readonly customerId: string; readonly type: string; readonly since: number },
): Promise<void> {
  await sql`insert into silences (customer_id, since, due_at)
    select ${customerId}::text, ${new Date(since)}::timestamptz, ${new Date(since)}::timestamptz
    from (select data from definitions where kind = 'policy' order by number desc limit 1) as policy
    where (data -> 'theyWaitAfter')::jsonb ? ${type}
    on conflict do nothing`.execute(tx);
}

export interface Waits {
  readonly since: number;
  /** The event they wait after; null: they wrote. */
  readonly event: string | null;
}

/**
 * Since when they wait: their first message, or event after which they wait, that nothing of ours has followed. A service or a person's words that went out, our word that we
 * answered elsewhere, and a task that somebody finished are something; an advertisement is not, nor what may never have arrived. Null: they
 * do not wait.
 */
export async function waitsSince(tx: Tx, customerId: string, theyWaitAfter: readonly string[]): Promise<Waits | null> {
  const { rows } = await sql<{ at: Date; event: string | null }>`
    select w.at, w.event from (
      select m.at, null as event from messages m
        where m.customer_id = ${customerId} and m.direction = 'in' and m.kind = 'message'
      union all
      select least(e.at, e.received_at), e.type from events e
        where e.customer_id = ${customerId} and e.type = any(${[...theyWaitAfter]}::text[])
    ) w where w.at > coalesce(greatest(
      (select max(o.at) from messages o left join touches t on t.id = o.touch_id
        where o.customer_id = ${customerId} and o.direction = 'out' and o.kind = 'message'
          and (t.id is null or ((t.made_by = 'human' or t.purpose = 'service') and t.state in ('sending', 'sent')))),
      (select max(e.at) from events e where e.customer_id = ${customerId} and e.type = 'we-answered'),
      (select max(k.done_at) from tasks k where k.customer_id = ${customerId})), '-infinity')
    order by w.at limit 1`.execute(tx);
  const first = rows[0];
  return first ? { since: first.at.getTime(), event: first.event } : null;
}

/** Why the last touch since then did not go out, in one sentence; null: none was asked for. */
export async function lastRefusal(tx: Tx, customerId: string, since: number): Promise<string | null> {
  const row = await tx
    .selectFrom('touches')
    .innerJoin('asks', (join) => join.onRef('asks.touch_id', '=', 'touches.id').onRef('asks.ask', '=', 'touches.ask'))
    .select('asks.explanation')
    .where('touches.customer_id', '=', customerId)
    .where('touches.purpose', '=', 'service')
    .where('touches.state', 'in', ['deferred', 'refused', 'unknown', 'failed', 'withdrawn'])
    .where('asks.at', '>=', new Date(since))
    .orderBy('asks.at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.explanation.says ?? null;
}
