import { sql } from 'kysely';
import type { Routable } from '../../core/routing/route.ts';
import type { Db } from '../open.ts';

/**
 * Who of a team is on shift, with what they have. Loads are counted once for all: both partial indexes hold no more than our people carry.
 * Two who ask at once see the same load: a suggestion is advice, and locks nobody.
 */
export async function onShift(db: Db, team: string): Promise<Routable[]> {
  const { rows } = await sql<Routable>`
    with load as (
      select who, count(*)::int as has from (
        select claimed_by as who from tasks where state = 'claimed'
        union all
        select routed_to from tasks where state = 'open' and routed_to is not null and not held_out
      ) each group by who
    )
    select a.name, a.languages, a.skills, case when a.shares_interests then a.interests else '{}' end as interests,
      coalesce(load.has, 0) as load, a.capacity
    from agents a left join load on load.who = a.name
    where a.on_shift and a.teams @> array[${team}::text]
    order by a.name`.execute(db);
  return rows;
}
