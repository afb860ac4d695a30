import type { Words } from '../words/en.ts';

/** 'Mon 2 Mar' for '2026-03-02': a day of a calendar, in no zone. */
export function sayDate(date: string, words: Words): string {
  const day = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return date;
  return `${words.days[day.getUTCDay()] ?? ''} ${words.date(day.getUTCDate(), words.months[day.getUTCMonth()] ?? '', null)}`;
}
