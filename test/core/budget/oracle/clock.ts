/** What the wall shows, by Node's own clock and not by ours; remembered, because asking it is slow. */
import { day, hour } from '../fixtures.ts';

/** Everything happens on the half hour, but for what ends a millisecond before one. */
export const step = hour / 2;
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export interface Clock {
  /** '21:30' */
  time(t: number): string;
  weekday(t: number): string;
  /** Two instants are in one period if it has the same name. */
  period(kind: string, t: number): string;
}

function remembered<T>(ask: (t: number) => T): (t: number) => T {
  const answers = new Map<number, T>();
  return (t) => {
    const bucket = Math.floor(t / step);
    const answer = answers.get(bucket) ?? ask(bucket * step);
    answers.set(bucket, answer);
    return answer;
  };
}

function made(zone: string): Clock {
  const stamp = new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const name = new Intl.DateTimeFormat('en', { timeZone: zone, weekday: 'long' });
  const local = remembered((t) => stamp.format(t));
  const weekday = remembered((t) => name.format(t));
  const date = (t: number): string => local(t).slice(0, 10);
  const monday = remembered((t) =>
    new Date(Date.parse(`${date(t)}T00:00:00Z`) - weekdays.indexOf(weekday(t)) * day).toISOString().slice(0, 10),
  );
  return {
    time: remembered((t) => local(t).slice(11, 16)),
    weekday,
    period: (kind, t) =>
      kind === 'calendar day' ? date(t) : kind === 'calendar month' ? local(t).slice(0, 7) : monday(t),
  };
}

const clocks = new Map<string, Clock>();
export function clockIn(zone: string): Clock {
  const clock = clocks.get(zone) ?? made(zone);
  clocks.set(zone, clock);
  return clock;
}
