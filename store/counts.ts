/** What Prometheus is told: one reading of the tables, so that it does not matter which process is asked. */
import { sql } from 'kysely';
import type { Db } from './open.ts';

export interface Counts {
  readonly touches: readonly { readonly state: string; readonly channel: string | null; readonly count: number }[];
  /** Touches that wait now, by the gate that holds them. */
  readonly deferrals: readonly { readonly because: string; readonly count: number }[];
  readonly openTasks: readonly { readonly team: string; readonly state: string; readonly count: number }[];
  readonly outbox: { readonly waiting: number; readonly parked: number };
  readonly runningEnrolments: number;
}

export async function readCounts(db: Db): Promise<Counts> {
  const count = sql<string>`count(*)`.as('count');
  // The fence gives a touch back with the gate that it met.
  const because = sql<string | null>`coalesce(failure, answer ->> 'because')`;
  const [touches, deferrals, tasks, outbox, running] = await Promise.all([
    db.selectFrom('touches').select(['state', 'channel', count]).groupBy(['state', 'channel']).execute(),
    db
      .selectFrom('touches')
      .select([because.as('because'), count])
      .where('state', '=', 'deferred')
      .groupBy('because')
      .execute(),
    db
      .selectFrom('tasks')
      .select(['asked_team', 'state', count])
      .where('state', '<>', 'done')
      .groupBy(['asked_team', 'state'])
      .execute(),
    db
      .selectFrom('outbox')
      .select([
        sql<string>`count(*) filter (where parked_at is null)`.as('waiting'),
        sql<string>`count(parked_at)`.as('parked'),
      ])
      .executeTakeFirstOrThrow(),
    db.selectFrom('enrolments').select(count).where('state', '=', 'running').executeTakeFirstOrThrow(),
  ]);
  return {
    touches: touches.map((row) => ({ ...row, count: Number(row.count) })),
    deferrals: deferrals.map((row) => ({ because: row.because ?? 'unknown', count: Number(row.count) })),
    openTasks: tasks.map((row) => ({ team: row.asked_team, state: row.state, count: Number(row.count) })),
    outbox: { waiting: Number(outbox.waiting), parked: Number(outbox.parked) },
    runningEnrolments: Number(running.count),
  };
}
