import { readSpan } from '../journey/phrases.ts';
import type { Language } from './language.ts';

const calendar = {
  'calendar day': 'am selben Kalendertag',
  'calendar week': 'in derselben Kalenderwoche',
  'calendar month': 'im selben Kalendermonat',
} as const;
const units = {
  minute: ['einer Minute', 'Minuten'],
  hour: ['einer Stunde', 'Stunden'],
  day: ['einem Tag', 'Tagen'],
  week: ['einer Woche', 'Wochen'],
} as const;

/** A window's span as it is said of what fell into it: 'in 7 days', 'in 7 Tagen'. */
export function saySpan(span: string, language: Language): string {
  if (language === 'en') return span.startsWith('calendar') ? `in one ${span}` : `in ${span}`;
  if (span in calendar) return calendar[span as keyof typeof calendar];
  const read = readSpan(span);
  if (!read) return `in ${span}`;
  const [one, many] = units[read.unit];
  return read.count === 1 ? `in ${one}` : `in ${String(read.count)} ${many}`;
}
