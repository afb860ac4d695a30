/** The languages in which people at the desk and customers are answered. Whoever speaks another one is answered in English. */
import { monthName, weekdayName } from '../calendar/day-names.ts';
import { wallClock } from '../calendar/zone.ts';
import type { Channel } from '../journey/channels.ts';

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];
/** One text in each of them. */
export type Said = Readonly<Record<Language, string>>;

/** 'de-CH' is answered in German. */
export const languageOf = (locale: string): Language =>
  languages.find((language) => language === locale.toLowerCase().split(/[-_]/)[0]) ?? 'en';

const daysInGerman = ['Sonntag', 'Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag'] as const;
const monthsInGerman = [
  'Januar',
  'Februar',
  'März',
  'April',
  'Mai',
  'Juni',
  'Juli',
  'August',
  'September',
  'Oktober',
  'November',
  'Dezember',
] as const;
/** Of a day as `wallClock` counts it, and of a month from 1 to 12. */
export const weekdayInGerman = (weekday: number): string => daysInGerman[weekday] ?? '';
export const monthInGerman = (month: number): string => monthsInGerman[month - 1] ?? '';

/** 'Tuesday, 24 Nov 2026 at 08:00', 'Dienstag, 24. November 2026 um 8:00 Uhr'; in UTC, and saying so, where the zone is not known. */
export function sayWhen(at: number, zone: string | null, language: Language): string {
  const { weekday, day, month, year, hour, minute } = wallClock(zone ?? 'UTC', at);
  const two = (n: number): string => String(n).padStart(2, '0');
  const utc = zone === null ? ' UTC' : '';
  return language === 'de'
    ? `${weekdayInGerman(weekday)}, ${String(day)}. ${monthInGerman(month)} ${String(year)} um ${String(hour)}:${two(minute)} Uhr${utc}`
    : `${weekdayName(weekday)}, ${String(day)} ${monthName(month)} ${String(year)} at ${two(hour)}:${two(minute)}${utc}`;
}

/** How it comes: 'by e-mail', 'per E-Mail'. */
export const byChannel: Readonly<Record<Channel, Said>> = {
  email: { en: 'by e-mail', de: 'per E-Mail' },
  sms: { en: 'by text message', de: 'per SMS' },
  whatsapp: { en: 'by WhatsApp', de: 'per WhatsApp' },
  voice: { en: 'by phone', de: 'telefonisch' },
  push: { en: 'by a notice on your device', de: 'mit einer Mitteilung auf Ihrem Gerät' },
  chat: { en: 'in the chat', de: 'im Chat' },
};
