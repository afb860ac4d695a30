/** What an activity needs to know of a run: who, which journey, and what that was published with. */
import type { ReadPolicy } from '../core/budget/read-policy.ts';
import type { StoredWords } from '../core/journey/stored-words.ts';
import type { Journey } from '../core/journey/table.ts';
import type { Templates } from '../store/definitions.ts';
import type { Customer } from '../store/customers.ts';
import { journeyAt } from '../store/journeys.ts';
import type { Db } from '../store/open.ts';
import { publishedWith } from './published-with.ts';

export interface Run {
  readonly enrolment: string;
  readonly customerId: string;
  readonly journey: Journey;
  readonly version: number;
  readonly words: StoredWords;
  readonly policy: ReadPolicy;
  readonly templates: Templates;
}

/** Likewise of somebody in a broadcast, who has no run of their own; their record is read for a whole page. */
export interface Who extends Omit<Run, 'enrolment'> {
  readonly enrolment: string | null;
  readonly customer?: Customer;
}

export async function runOf(db: Db, enrolment: string): Promise<Run> {
  const row = await db
    .selectFrom('enrolments')
    .select(['customer_id', 'journey', 'version'])
    .where('id', '=', enrolment)
    .executeTakeFirstOrThrow(() => new Error(`There is no enrolment ${enrolment}`));
  const journey = await journeyAt(db, row.journey, row.version);
  if (!journey) throw new Error(`Enrolment ${enrolment} runs ${row.journey} ${row.version}, which was never published`);
  return {
    enrolment,
    customerId: row.customer_id,
    journey: journey.definition,
    version: row.version,
    ...(await publishedWith(db, row)),
  };
}
