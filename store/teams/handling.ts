/** How long a task takes a team's people from taking it to its end: of those that were done lately. */
import { sql } from 'kysely';
import { dayMs } from '../../core/calendar/zone.ts';

export const handlingDays = 30;

/** What was handled: not what was merged with another, or came to nothing by itself. */
export const handledLately = (
  now: number,
) => sql<boolean>`(state = 'done' and claimed_at is not null and done_at >= claimed_at
  and done_at > ${new Date(now - handlingDays * dayMs)} and done_at <= ${new Date(now)}
  and coalesce(outcome, '') not in ('merged', 'joined', 'obsolete'))`;

export const medianHandlingMs = sql<
  number | null
>`round(percentile_cont(0.5) within group (order by extract(epoch from done_at - claimed_at)::float8 * 1000))::float8`;
