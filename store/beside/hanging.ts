/**
 * What is not a run and hangs on an event all the same: promises it keeps, promises and notes whose date it moves, splits whose
 * journey's goal it is. They outlive their runs. Found in one look, because every event asks.
 */
import { sql } from 'kysely';
import { goalsCountForMs } from '../../core/split.ts';
import type { Scalar } from '../../core/run/inputs.ts';
import { isAbout } from '../about.ts';
import type { Tx } from '../open.ts';

export interface ForBeside {
  readonly customerId: string;
  readonly type: string;
  readonly data: Readonly<Record<string, Scalar>>;
  readonly now: number;
  /** It is about the customer, whatever tells their runs apart. */
  readonly isOfAll?: true;
}
export interface Hanging {
  /** Ids of promises that this keeps. */
  readonly kept: readonly string[];
  /** Ids of promises and notes whose date this tells anew. */
  readonly movedPromises: readonly string[];
  readonly movedNotes: readonly string[];
  /** Enrolments of splits whose goal this is. */
  readonly goals: readonly string[];
}

interface Row {
  what: 'kept' | 'promise' | 'note' | 'goal';
  id: string;
  once_field: string | null;
  once_value: string | null;
}

export async function hangingOn(tx: Tx, event: ForBeside): Promise<Hanging> {
  const { customerId, type, now } = event;
  const measured = new Date(now - goalsCountForMs);
  const { rows } = await sql<Row>`
    select case when ${type} = any (p.kept_by) then 'kept' else 'promise' end as what, p.id, e.once_field, e.once_value
      from promises p join enrolments e on e.id = p.enrolment_id
      where p.customer_id = ${customerId} and p.state = 'open' and (${type} = any (p.kept_by) or p.follows = ${type})
    union all
    select 'note', n.id, e.once_field, e.once_value
      from notes n join enrolments e on e.id = n.enrolment_id
      where n.customer_id = ${customerId} and n.state = 'open' and n.follows = ${type}
    union all
    select distinct 'goal', e.id, e.once_field, e.once_value
      from splits s join enrolments e on e.id = s.enrolment_id
      where s.customer_id = ${customerId} and s.goal = ${type} and s.goal_met_at is null
        and (e.ended_at is null or e.ended_at >= ${measured})`.execute(tx);
  const ids = (what: Row['what']): string[] =>
    rows.filter((row) => row.what === what && (event.isOfAll ?? isAbout(event.data, row))).map((row) => row.id);
  return { kept: ids('kept'), movedPromises: ids('promise'), movedNotes: ids('note'), goals: ids('goal') };
}
