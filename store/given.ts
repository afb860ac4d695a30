/** What a customer has told us already, so that nobody asks twice: facts that came with events, and how guided conversations ended. */
import { sql } from 'kysely';
import type { Scalar } from '../core/run/inputs.ts';
import type { Db } from './open.ts';

export type Given =
  | {
      readonly is: 'fact';
      /** Epoch milliseconds. */
      readonly at: number;
      readonly event: string;
      readonly facts: Readonly<Record<string, Scalar>>;
    }
  | {
      readonly is: 'answer';
      readonly at: number;
      readonly journey: string;
      readonly step: string | null;
      /** What they were asked; null: it is not kept. */
      readonly asked: string | null;
      readonly answer: string;
    };

/** The newest first, so many of each at most. `told`: events by which customers tell us something; others are of our own doing. */
export async function givenBy(
  db: Db,
  customerId: string,
  { told, limit }: { readonly told: readonly string[]; readonly limit: number },
): Promise<Given[]> {
  const events = await db
    .selectFrom('events')
    .select(['type', 'data', 'at'])
    .where('customer_id', '=', customerId)
    .where((eb) => eb('type', '=', eb.fn.any(eb.val([...told]))))
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
  // A conversation's outcome reaches its run under the id of the touch that opened it; one that a person made is a task, and told there.
  const { rows: answers } = await sql<{
    at: Date;
    journey: string;
    step: string | null;
    asked: string | null;
    answer: string;
  }>`
    select d.at, e.journey, t.step, m.body as asked, d.body ->> 'outcome' as answer
    from enrolments e
      join deliveries d on d.enrolment_id = e.id and d.kind = 'outcome'
      join touches t on t.id = d.body ->> 'of' and t.state <> 'with-person'
      left join messages m on m.customer_id = e.customer_id and m.id = 'out/' || t.id
    where e.customer_id = ${customerId} order by d.at desc limit ${limit}`.execute(db);
  return [
    ...events.map(({ type, data, at }): Given => ({ is: 'fact', at: at.getTime(), event: type, facts: data })),
    ...answers.map(({ at, ...answer }): Given => ({ is: 'answer', at: at.getTime(), ...answer })),
  ].sort((a, b) => b.at - a.at);
}
