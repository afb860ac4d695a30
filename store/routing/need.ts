/** What a task asks of whoever takes it. */
import type { Need } from '../../core/routing/route.ts';
import { sql } from 'kysely';
import type { Db } from '../open.ts';

export async function needOf(
  db: Db,
  { id, customerId }: { readonly id: string; readonly customerId: string },
): Promise<Need> {
  const { locale, interests } = await db
    .selectFrom('customers')
    .leftJoin('customer_interests', 'customer_interests.customer_id', 'customers.id')
    .select(['locale', 'interests'])
    .where('customers.id', '=', customerId)
    .executeTakeFirstOrThrow();
  return {
    language: locale,
    topics: await topicsOf(db, id),
    knows: await knownTo(db, customerId),
    interests: interests ?? [],
  };
}

/** What its runs were entered with, such as a topic, and the journeys' names. Events hold no free text. */
async function topicsOf(db: Db, id: string): Promise<string[]> {
  const reasons = await db
    .selectFrom('task_reasons')
    .leftJoin('enrolments', 'enrolments.id', 'task_reasons.enrolment_id')
    .leftJoin('events', 'events.id', 'enrolments.entry_event_id')
    .select(['task_reasons.journey', 'events.data'])
    .where('task_id', '=', id)
    .where('answered', 'is', null)
    .execute();
  const said = reasons.flatMap(({ journey, data }) => [journey, ...Object.values(data ?? {})]);
  return [...new Set(said.filter((each) => typeof each === 'string'))];
}

/** Who wrote to them, and who had a task of theirs; the latest first. */
async function knownTo(db: Db, customerId: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from (
      select author as name, at from messages
        where customer_id = ${customerId} and direction = 'out' and author not in ('tech', 'human')
      union all
      select claimed_by, claimed_at from tasks where customer_id = ${customerId} and claimed_by is not null
    ) met group by name order by max(at) desc nulls last, name limit 20`.execute(db);
  return rows.map(({ name }) => name);
}
