/** Days as a wall shows them, each with the instants between which it lies. */
import { dateOf, instantAt, wallDay } from './zone.ts';

export interface Day {
  /** '2026-03-02' */
  readonly date: string;
  /** Its first instant, and the first of the next day; epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

/** The day that `now` falls into and those before it, `count` in all, the oldest first. */
export function lastDays(zone: string, now: number, count: number): Day[] {
  const { day: today } = wallDay(zone, now);
  return Array.from({ length: count }, (_, n) => {
    const day = today - (count - 1 - n);
    return { date: dateOf(day), from: instantAt(zone, day, 0), to: instantAt(zone, day + 1, 0) };
  });
}
