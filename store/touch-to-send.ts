import type { Channel } from '../core/journey/channels.ts';
import type { TouchState } from './database.ts';
import type { Db } from './open.ts';

/** What sending needs to know of a touch. Instants in epoch milliseconds. */
export interface TouchToSend {
  readonly id: string;
  readonly customerId: string;
  readonly enrolmentId: string | null;
  readonly taskId: string | null;
  readonly journey: string | null;
  readonly version: number | null;
  readonly purpose: string;
  readonly template: string | null;
  readonly madeBy: 'tech' | 'human';
  readonly channel: Channel | null;
  readonly address: string | null;
  readonly state: TouchState;
  readonly sendingAt: number | null;
}

export async function touchToSend(db: Db, id: string): Promise<TouchToSend> {
  const row = await db
    .selectFrom('touches')
    .select([
      'id',
      'customer_id as customerId',
      'enrolment_id as enrolmentId',
      'task_id as taskId',
      'journey',
      'version',
      'purpose',
      'template',
      'made_by as madeBy',
      'channel',
      'address',
      'state',
      'sending_at',
    ])
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => new Error(`There is no touch '${id}'`));
  const { sending_at, channel, ...touch } = row;
  // Written by the budget, which takes channels only.
  return { ...touch, channel: channel as Channel | null, sendingAt: sending_at?.getTime() ?? null };
}

/** An agent's answers and introductions that are still to be sent, by the workflow of their task. */
export async function answersToSend(db: Db, taskId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('touches')
    .select('id')
    .where('task_id', '=', taskId)
    .where((eb) => eb.or([eb('made_by', '=', 'human'), eb('template', '=', 'introduction')]))
    .where('state', '=', 'reserved')
    .orderBy('asked_at')
    .execute();
  return rows.map((row) => row.id);
}
