import { day, hour } from '../fixtures.ts';

/** What is said, in milliseconds: of a calendar's period, what surely covers it also when the clock is changed. */
export const spans: Readonly<Record<string, number>> = {
  '30 minutes': hour / 2,
  '6 hours': 6 * hour,
  '1 day': day,
  '2 days': 2 * day,
  'calendar day': day + 2 * hour,
  'calendar week': 7 * day + 2 * hour,
  'calendar month': 31 * day + 2 * hour,
};
