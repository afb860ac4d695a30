/** A run's end: what reached it in the last moment is not lost, and what it had asked people for is needed no more. */
import { lockCustomer } from './customers.ts';
import { openDefaultTask, type Desk } from './default-task.ts';
import { latestDefinition } from './definitions.ts';
import type { Db, Tx } from './open.ts';
import { closeReasonIn } from './tasks/close-reason.ts';

export interface Ending {
  readonly id: string;
  readonly as: string;
  /** The newest delivery its workflow has taken. */
  readonly seen: number;
  /** Events it has heard and no step has taken, by their ids. */
  readonly untaken: readonly string[];
  /** It ends because nothing came: that must still be so. */
  readonly fenced: boolean;
  readonly now: number;
  readonly desk: Desk;
}
export type Ended = { readonly ended: true } | { readonly overtaken: true; readonly upTo: number };

/** Its open promises stay watched: somebody still waits for them. Call `notifyPump` afterwards. */
export const endEnrolment = (db: Db, ending: Ending): Promise<Ended> =>
  db.transaction().execute(async (tx) => {
    const { id, seen, now } = ending;
    const found = await tx
      .selectFrom('enrolments')
      .select('customer_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow(() => new Error(`There is no enrolment ${id}`));
    await lockCustomer(tx, found.customer_id);
    const run = await tx
      .selectFrom('enrolments')
      .select(['customer_id', 'journey', 'step', 'state', 'delivered'])
      .where('id', '=', id)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    if (run.state === 'ended') return { ended: true };
    if (ending.fenced && run.delivered > seen) return { overtaken: true, upTo: run.delivered };
    await tx
      .updateTable('enrolments')
      .set({
        state: 'ended',
        outcome: ending.as,
        ended_at: new Date(now),
        wake_at: null,
        waiting_for: null,
        heard: seen,
      })
      .where('id', '=', id)
      .execute();
    await makeReasonsObsolete(tx, id, now);
    await handOverReplies(tx, run, ending);
    return { ended: true };
  });

async function makeReasonsObsolete(tx: Tx, enrolmentId: string, now: number): Promise<void> {
  const reasons = await tx
    .selectFrom('task_reasons')
    .select('id')
    .where('enrolment_id', '=', enrolmentId)
    .where('answered', 'is', null)
    .execute();
  for (const { id } of reasons) await closeReasonIn(tx, id, now);
}

/** A reply that was given to this run as the one who answers, and that it has not heard or taken, goes to a person. */
async function handOverReplies(
  tx: Tx,
  run: { readonly customer_id: string; readonly journey: string; readonly step: string | null },
  { id, seen, untaken, now, desk }: Ending,
): Promise<void> {
  const newer = await tx
    .selectFrom('deliveries')
    .select(['number', 'body', 'event_id'])
    .where('enrolment_id', '=', id)
    .where((is) => is.or([is('number', '>', seen), ...untaken.map((event) => is('event_id', '=', event))]))
    .orderBy('number')
    .execute();
  const replies = newer.filter(
    ({ body }) => body.kind === 'event' && body.event === 'customer-replied' && body.unattributed !== true,
  );
  const first = replies[0];
  if (!first) return;
  await openDefaultTask(tx, desk, {
    customerId: run.customer_id,
    team: await teamOf(tx, id),
    reasonId: `${id}/left/${first.number}`,
    journey: run.journey,
    step: run.step,
    because: `They wrote while '${run.journey}' was ending`,
    now,
  });
}

/** The team of a run's journey, if its words still know it. */
export async function teamOf(tx: Tx, enrolmentId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('enrolments')
    .innerJoin('journeys', (join) =>
      join.onRef('journeys.name', '=', 'enrolments.journey').onRef('journeys.version', '=', 'enrolments.version'),
    )
    .select('journeys.definition')
    .where('enrolments.id', '=', enrolmentId)
    .executeTakeFirst();
  if (!row) return null;
  const words = await latestDefinition(tx, 'words');
  return words?.data.teams[row.definition.team] ? row.definition.team : null;
}
