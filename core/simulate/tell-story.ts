/** The story so far, a line for each thing that happened, by the customer's clock. */
import { monthName, weekdayName } from '../calendar/day-names.ts';
import { wallClock } from '../calendar/zone.ts';
import type { Line, Sim } from './types.ts';

/** 'Fri  6 Mar 16:55' */
export function shortInstant(at: number, zone: string | null): string {
  const w = wallClock(zone ?? 'UTC', at);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${weekdayName(w.weekday).slice(0, 3)} ${String(w.day).padStart(2)} ${monthName(w.month)} ${two(w.hour)}:${two(w.minute)}`;
}

export const tellLine = (line: Line, zone: string | null): string =>
  `${shortInstant(line.at, zone)}  ${line.kind.padEnd(7)}  ${line.says}`;

export const tellStory = ({ story, row }: Pick<Sim, 'story' | 'row'>): string[] =>
  story.map((line) => tellLine(line, row.gates.zone));
