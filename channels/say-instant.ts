import { wallMs } from '../core/calendar/zone.ts';

export type InstantStyle = 'day-and-time' | 'day' | 'time';

/**
 * An instant as people say it: 'Tuesday, 24 November, 17:00'. The clock on the wall comes from our own zone rules; Node
 * is asked only for the names of days and months, in UTC, where its zone table has no say.
 *
 * @param locale BCP 47; plain `en` says day before month
 */
export function sayInstant(at: number, zone: string, locale: string, style: InstantStyle): string {
  const wall = wallMs(zone, at);
  const say = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { ...options, timeZone: 'UTC' }).format(wall);
  const day = () => `${say({ weekday: 'long' })}, ${say({ day: 'numeric', month: 'long' })}`;
  const time = () => say({ hour: '2-digit', minute: '2-digit' });
  switch (style) {
    case 'day-and-time':
      return `${day()}, ${time()}`;
    case 'day':
      return day();
    case 'time':
      return time();
  }
}
