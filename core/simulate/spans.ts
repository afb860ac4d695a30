import { away } from '../calendar/away.ts';
import type { Setting } from './types.ts';

/** As production counts: on the team's business calendar, or by the clock alone for a team nobody knows. */
export const after = (
  { calendarOf }: Pick<Setting, 'calendarOf'>,
  team: string,
  from: number,
  span: string,
  direction: 1 | -1,
): number => away(calendarOf(team, from), from, span, direction);
