/** Figures of days that are over: counted once, and kept. */
import type { Day } from '../../core/calendar/last-days.ts';
import type { Db } from '../open.ts';
import type { DayFigures } from './figures.ts';

/** Raised when figures are counted in another way, or others are. */
const format = 1;

/** A send of the last minute is settled by then, and a message that was held up has arrived. */
const settlesMs = 6 * 3_600_000;
export const isSettled = ({ to }: Pick<Day, 'to'>, now: number): boolean => now >= to + settlesMs;

export async function keptDays(db: Db, zone: string, days: readonly Day[]): Promise<ReadonlyMap<string, DayFigures>> {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return new Map();
  const rows = await db
    .selectFrom('day_figures')
    .select((eb) => ['figures', eb.cast<string>('day', 'text').as('date')])
    .where('zone', '=', zone)
    .where('format', '=', format)
    .where((eb) =>
      eb.between('day', eb.cast<Date>(eb.val(first.date), 'date'), eb.cast<Date>(eb.val(last.date), 'date')),
    )
    .execute();
  return new Map(rows.map(({ date, figures }) => [date, figures]));
}

export async function keepDay(db: Db, zone: string, date: string, figures: DayFigures, now: number): Promise<void> {
  const counted = { format, figures: JSON.stringify(figures), counted_at: new Date(now) };
  await db
    .insertInto('day_figures')
    .values((eb) => ({ zone, day: eb.cast<Date>(eb.val(date), 'date'), ...counted }))
    .onConflict((c) => c.columns(['zone', 'day']).doUpdateSet(counted))
    .execute();
}
