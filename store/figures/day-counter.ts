/**
 * Counts the days that somebody wants to see, one after the other, and so that it never costs much: a day that is over is counted once and
 * kept; one that is not is counted anew at most so often that counting takes a twentieth of the time.
 */
import type { Day } from '../../core/calendar/last-days.ts';
import type { Db } from '../open.ts';
import { countDay } from './count-day.ts';
import type { DayFigures } from './figures.ts';
import { isSettled, keepDay, keptDays } from './kept-days.ts';

export interface DaysAsked {
  readonly zone: string;
  /** In their order. */
  readonly days: readonly Day[];
  readonly now: number;
}
/** By date. What is not there yet is being counted: ask again. */
export type Counted = ReadonlyMap<string, DayFigures>;

export interface DayCounter {
  /** Waits for what is missing, but not longer than `waitsMs`. */
  figuresOf(asked: DaysAsked): Promise<Counted>;
  /** After the day that is just being counted. */
  stop(): Promise<void>;
}

const waitsMs = 1_500;
const leastMs = 5_000;
const shareOfTime = 20;

/** Of a day that is not over: what it was when it was counted last; real time, milliseconds. */
interface Recent {
  readonly figures: DayFigures;
  readonly at: number;
  readonly tookMs: number;
}

export function dayCounter(db: Db, onError: (error: unknown) => void): DayCounter {
  const recent = new Map<string, Recent>();
  let isStopped = false;
  let counting: Promise<void> = Promise.resolve();
  const underWay = new Set<string>();

  const isFresh = (key: string, from: number): boolean => {
    const known = recent.get(key);
    return known !== undefined && from - known.at < Math.max(leastMs, known.tookMs * shareOfTime);
  };
  const countOne = async ({ zone, now }: DaysAsked, day: Day): Promise<void> => {
    const from = performance.now();
    const figures = await countDay(db, day, now);
    const at = performance.now();
    if (isSettled(day, now)) {
      recent.delete(`${zone} ${day.date}`);
      await keepDay(db, zone, day.date, figures, now);
    } else recent.set(`${zone} ${day.date}`, { figures, at, tookMs: at - from });
  };
  /** The newest first: that is what somebody looks at. */
  const count = (asked: DaysAsked, days: readonly Day[]): void => {
    for (const day of days.toReversed()) {
      const key = `${asked.zone} ${day.date}`;
      if (underWay.has(key)) continue;
      underWay.add(key);
      counting = counting
        .then(() => (isStopped ? undefined : countOne(asked, day)))
        .catch(onError)
        .finally(() => underWay.delete(key));
    }
  };
  return {
    async figuresOf(asked) {
      const { zone, days } = asked;
      const known = new Map(await keptDays(db, zone, days));
      const missing = days.filter(({ date }) => !known.has(date));
      const stale = missing.filter(({ date }) => !isFresh(`${zone} ${date}`, performance.now()));
      if (stale.length > 0) {
        count(asked, stale);
        await Promise.race([counting, wait(waitsMs)]);
        const kept = await keptDays(db, zone, stale);
        for (const [date, figures] of kept) known.set(date, figures);
      }
      for (const { date } of missing) {
        const found = known.get(date) ?? recent.get(`${zone} ${date}`)?.figures;
        if (found) known.set(date, found);
      }
      return known;
    },
    async stop() {
      isStopped = true;
      await counting;
    },
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
