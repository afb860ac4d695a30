import type { Setting, Sim } from './types.ts';

/** The clock that instants are said by: the customer's, or their team's where that is not known. */
export const zoneOf = ({ journey, calendarOf }: Setting, { row, now }: Pick<Sim, 'row' | 'now'>): string =>
  row.gates.zone ?? calendarOf(journey.team, now)?.zone ?? 'UTC';
