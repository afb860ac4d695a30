import type { Run } from './run.ts';

const statement = `
    with waits as (
      update broadcast_waits w set due_at = least(w.due_at, $2::timestamptz)
      where w.touch_id in (select json_array_elements_text($1)) returning w.broadcast_id
    )
    insert into outbox (workflow_id, kind, ref, freed, due_at)
    select 'run:' || enrolment_id, 'enrolment', enrolment_id, true, $2::timestamptz
    from touches where id in (select json_array_elements_text($1)) and enrolment_id is not null
    union select 'broadcast:' || broadcast_id, 'broadcast', broadcast_id, true, $2::timestamptz from waits
    order by 1
    on conflict (workflow_id) do update set freed = true, generation = outbox.generation + 1,
      due_at = least(outbox.due_at, excluded.due_at), parked_at = null`;

/** The runs and broadcasts whose touches wait may ask again: the pump tells them. */
export async function free(run: Run, touchIds: readonly string[], now: number): Promise<void> {
  if (touchIds.length > 0) await run(statement, [JSON.stringify(touchIds), new Date(now)]);
}
