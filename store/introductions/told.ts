/** What a customer has told already, for whoever is about to speak with them. */
import type { Told } from '../../core/introduction/opening-line.ts';
import type { Scalar } from '../../core/run/inputs.ts';
import { confidenceOf } from '../confidence/confidence.ts';
import { latestDefinition } from '../definitions.ts';
import type { Db } from '../open.ts';

export async function toldBy(
  db: Db,
  task: { readonly id: string; readonly customerId: string },
): Promise<Omit<Told, 'name'> & { readonly locale: string }> {
  const { fields, locale } = await db
    .selectFrom('customers')
    .select(['fields', 'locale'])
    .where('id', '=', task.customerId)
    .executeTakeFirstOrThrow();
  const wrote = await db
    .selectFrom('messages')
    .select('body')
    .where('customer_id', '=', task.customerId)
    .where('direction', '=', 'in')
    .where('kind', '=', 'message')
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const reasons = await db
    .selectFrom('task_reasons')
    .leftJoin('enrolments', 'enrolments.id', 'task_reasons.enrolment_id')
    .leftJoin('events', 'events.id', 'enrolments.entry_event_id')
    .select(['because', 'events.type', 'events.data'])
    .where('task_id', '=', task.id)
    .orderBy('task_reasons.at', 'desc')
    .execute();
  const { firstName } = fields;
  return {
    locale,
    firstName: typeof firstName === 'string' && firstName !== '' ? firstName : null,
    // In a confidential conversation only its people read what was said, and each reading is written down: it is no line for anybody.
    wrote: (await confidenceOf(db, task.customerId)) === null ? (wrote?.body ?? null) : null,
    because: reasons[0]?.because ?? null,
    answers: await choicesIn(db, reasons),
  };
}

interface Entered {
  readonly type: string | null;
  readonly data: Readonly<Record<string, Scalar>> | null;
}

/** What they chose, and no ids and numbers of other systems. */
async function choicesIn(db: Db, entered: readonly Entered[]): Promise<(readonly [string, string])[]> {
  const events = (await latestDefinition(db, 'words'))?.data.events ?? {};
  const said = new Map<string, string>();
  for (const { type, data } of entered)
    for (const [field, value] of Object.entries(data ?? {}))
      if (events[type ?? '']?.[field]?.kind === 'oneOf' && !said.has(field)) said.set(field, String(value));
  return [...said];
}
