import { spanFrom } from '../calendar/moment.ts';
import { readSpan } from '../journey/phrases.ts';
import type { Setting } from './types.ts';

/** As production counts: on the team's business calendar, or by the clock alone for a team nobody knows. */
export function after(
  { calendarOf }: Pick<Setting, 'calendarOf'>,
  team: string,
  from: number,
  span: string,
  direction: 1 | -1,
): number {
  const read = readSpan(span);
  if (!read) throw new RangeError(`'${span}' is no span such as '4 business hours'; check refuses it`);
  const calendar = calendarOf(team, from);
  const found = spanFrom(from, calendar ? read : { ...read, business: false }, direction, calendar);
  if (!found.found) throw new RangeError(`'${span}': ${found.because}`);
  return found.at;
}
