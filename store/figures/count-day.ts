/** All figures of one day, counted from what happened on it. */
import { sql } from 'kysely';
import type { Day } from '../../core/calendar/last-days.ts';
import { latestDefinition } from '../definitions.ts';
import type { Db } from '../open.ts';
import { countCrickets } from './crickets.ts';
import type { DayFigures } from './figures.ts';
import { countNotMade } from './not-made.ts';
import { countPromises } from './promises.ts';
import { countSent } from './sent.ts';
import { countToPerson } from './to-person.ts';

/** A day is counted to its end, or to now. One statement after the other, each on one core: whoever works at the same time goes first. */
export const countDay = (db: Db, { from, to: end }: Pick<Day, 'from' | 'to'>, now: number): Promise<DayFigures> =>
  db
    .transaction()
    .setAccessMode('read only')
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      await sql`set local max_parallel_workers_per_gather = 0`.execute(tx);
      const to = Math.min(end, now);
      const policy = await latestDefinition(tx, 'policy');
      return {
        sent: await countSent(tx, from, to),
        notMade: await countNotMade(tx, from, to),
        toPerson: await countToPerson(tx, from, to),
        promises: await countPromises(tx, from, to),
        crickets: await countCrickets(tx, from, to, policy?.data.theyWaitAfter ?? []),
      };
    });
