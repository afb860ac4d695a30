/** What customers are told of their own limits, and what is refused as hours. */
import { describe, expect, it, test } from '@jest/globals';
import { hoursFaults, sayLimits, type Said } from '../../../core/budget/say-limits.ts';
import type { OwnLimits } from '../../../core/budget/row.ts';
import { readClock } from '../../../core/calendar/zone.ts';
import { at } from './fixtures.ts';

const until = at('2026-12-24T07:05:00Z');
const alike = { email: 1, sms: 1 };
const less = (atMost: number, span: string): OwnLimits => ({ less: { atMost, in: span, until } });
const nine = { from: '09:00', to: '18:00' };

test.each<[string, OwnLimits | null, Partial<Said>, string, string]>([
  ['nothing', null, {}, 'You have set no limits of your own.', 'Sie haben keine eigenen Grenzen gesetzt.'],
  ['nothing that is left', {}, {}, 'You have set no limits of your own.', 'Sie haben keine eigenen Grenzen gesetzt.'],
  [
    'one message in some days',
    less(1, '30 days'),
    {},
    'You hear from us at most 1 message in 30 days until 24 Dec 2026, except about what you asked us yourself.',
    'Sie hören von uns bis zum 24. Dezember 2026 höchstens 1 Nachricht in 30 Tagen; was Sie selbst von uns wollten, beantworten wir weiterhin.',
  ],
  [
    'two, where a text takes out more than an e-mail',
    less(2, '1 week'),
    { cost: { email: 1, sms: 2 } },
    'You hear from us at most 2 messages in 1 week until 24 Dec 2026 (an e-mail counts as 1, a text as 2), except about what you asked us yourself.',
    'Sie hören von uns bis zum 24. Dezember 2026 höchstens 2 Nachrichten in einer Woche (eine E-Mail zählt 1, eine SMS 2); was Sie selbst von uns wollten, beantworten wir weiterhin.',
  ],
  [
    'none at all',
    less(0, '30 days'),
    { cost: { email: 1, sms: 2 } },
    'You hear from us nothing until 24 Dec 2026, except about what you asked us yourself.',
    'Sie hören von uns bis zum 24. Dezember 2026 nichts; was Sie selbst von uns wollten, beantworten wir weiterhin.',
  ],
  [
    'until a day of their own clock',
    { less: { atMost: 1, in: '2 weeks', until: at('2027-01-31T23:30:00Z') } },
    {},
    'You hear from us at most 1 message in 2 weeks until 1 Feb 2027, except about what you asked us yourself.',
    'Sie hören von uns bis zum 1. Februar 2027 höchstens 1 Nachricht in 2 Wochen; was Sie selbst von uns wollten, beantworten wir weiterhin.',
  ],
  [
    'until a day of no clock that we know',
    { less: { atMost: 1, in: '2 weeks', until: at('2027-01-31T23:30:00Z') } },
    { zone: null },
    'You hear from us at most 1 message in 2 weeks until 31 Jan 2027, except about what you asked us yourself.',
    'Sie hören von uns bis zum 31. Januar 2027 höchstens 1 Nachricht in 2 Wochen; was Sie selbst von uns wollten, beantworten wir weiterhin.',
  ],
  [
    'by one channel',
    { channels: ['email'] },
    {},
    'You hear from us only by e-mail, except about what you asked us yourself.',
    'Sie hören von uns nur per E-Mail; was Sie selbst von uns wollten, beantworten wir weiterhin.',
  ],
  [
    'by some channels',
    { channels: ['sms', 'whatsapp', 'voice'] },
    {},
    'You hear from us only by text message, WhatsApp or phone, except about what you asked us yourself.',
    'Sie hören von uns nur per SMS, WhatsApp oder Telefon; was Sie selbst von uns wollten, beantworten wir weiterhin.',
  ],
  [
    'by the others',
    { channels: ['push', 'chat'] },
    {},
    'You hear from us only by our app or chat, except about what you asked us yourself.',
    'Sie hören von uns nur per App oder Chat; was Sie selbst von uns wollten, beantworten wir weiterhin.',
  ],
  [
    'at some hours of some days',
    { hours: [nine, { from: '10:00', to: '12:00', on: ['Saturday', 'Sun'] }] },
    {},
    'You hear from us only between 09:00 and 18:00 or between 10:00 and 12:00 on Saturday and Sun, except about what you asked us yourself.',
    'Sie hören von uns nur zwischen 09:00 und 18:00 Uhr oder samstags und sonntags zwischen 10:00 und 12:00 Uhr; was Sie selbst von uns wollten, beantworten wir weiterhin.',
  ],
  [
    'at hours of every other day',
    { hours: [{ ...nine, on: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] }] },
    {},
    'You hear from us only between 09:00 and 18:00 on Monday, Tuesday, Wednesday, Thursday and Friday, except about what you asked us yourself.',
    'Sie hören von uns nur montags, dienstags, mittwochs, donnerstags und freitags zwischen 09:00 und 18:00 Uhr; was Sie selbst von uns wollten, beantworten wir weiterhin.',
  ],
  [
    'a pause',
    { pausedUntil: until },
    {},
    'You hear nothing from us until 24 Dec 2026, 08:05, except about what you asked us yourself.',
    'Bis zum 24. Dezember 2026, 08:05 Uhr, hören Sie nichts von uns; was Sie selbst von uns wollten, beantworten wir weiterhin.',
  ],
  [
    'a pause by no clock that we know',
    { pausedUntil: until },
    { zone: null },
    'You hear nothing from us until 24 Dec 2026, 07:05 UTC, except about what you asked us yourself.',
    'Bis zum 24. Dezember 2026, 07:05 Uhr UTC, hören Sie nichts von uns; was Sie selbst von uns wollten, beantworten wir weiterhin.',
  ],
  [
    'several wishes',
    { ...less(1, 'calendar month'), channels: ['email', 'sms'] },
    {},
    'You hear from us at most 1 message each month until 24 Dec 2026, only by e-mail or text message, except about what you asked us yourself.',
    'Sie hören von uns bis zum 24. Dezember 2026 höchstens 1 Nachricht im Monat, nur per E-Mail oder SMS; was Sie selbst von uns wollten, beantworten wir weiterhin.',
  ],
  [
    'a pause, and wishes behind it',
    { pausedUntil: until, ...less(1, 'calendar week'), channels: ['email'], hours: [nine] },
    {},
    'You hear nothing from us until 24 Dec 2026, 08:05, and then at most 1 message each week until 24 Dec 2026, only by e-mail, only between 09:00 and 18:00, except about what you asked us yourself.',
    'Bis zum 24. Dezember 2026, 08:05 Uhr, hören Sie nichts von uns, und danach bis zum 24. Dezember 2026 höchstens 1 Nachricht in der Woche, nur per E-Mail, nur zwischen 09:00 und 18:00 Uhr; was Sie selbst von uns wollten, beantworten wir weiterhin.',
  ],
])('%s', (_, own, over, inEnglish, inGerman) => {
  const said = { zone: 'Europe/Berlin', cost: alike, ...over };
  expect(sayLimits(own, { tongue: 'en', ...said })).toBe(inEnglish);
  expect(sayLimits(own, { tongue: 'de', ...said })).toBe(inGerman);
});

test.each([
  ['1 minute', 'in 1 minute', 'in einer Minute'],
  ['90 minutes', 'in 90 minutes', 'in 90 Minuten'],
  ['1 hour', 'in 1 hour', 'in einer Stunde'],
  ['24 hours', 'in 24 hours', 'in 24 Stunden'],
  ['1 day', 'in 1 day', 'in einem Tag'],
  ['10 days', 'in 10 days', 'in 10 Tagen'],
  ['1 week', 'in 1 week', 'in einer Woche'],
  ['2 weeks', 'in 2 weeks', 'in 2 Wochen'],
  ['1.5 days', 'in 1.5 days', 'in 1,5 Tagen'],
  ['calendar day', 'each day', 'am Tag'],
  ['calendar week', 'each week', 'in der Woche'],
  ['calendar month', 'each month', 'im Monat'],
])('%s is told as %s and %s', (span, inEnglish, inGerman) => {
  const said = { zone: 'Europe/Berlin', cost: alike };
  expect(sayLimits(less(3, span), { tongue: 'en', ...said })).toContain(` at most 3 messages ${inEnglish} until `);
  expect(sayLimits(less(3, span), { tongue: 'de', ...said })).toContain(` höchstens 3 Nachrichten ${inGerman};`);
});

test('every month has its name in either language', () => {
  const months = Array.from({ length: 12 }, (_, month) => {
    const own = { less: { atMost: 1, in: '1 day', until: Date.UTC(2026, month, 15) } };
    return (['en', 'de'] as const).map((tongue) => {
      const words = sayLimits(own, { tongue, zone: null, cost: alike });
      return /15\.? (\S+) 2026/.exec(words)?.[1];
    });
  });
  expect(months).toEqual([
    ['Jan', 'Januar'],
    ['Feb', 'Februar'],
    ['Mar', 'März'],
    ['Apr', 'April'],
    ['May', 'Mai'],
    ['Jun', 'Juni'],
    ['Jul', 'Juli'],
    ['Aug', 'August'],
    ['Sep', 'September'],
    ['Oct', 'Oktober'],
    ['Nov', 'November'],
    ['Dec', 'Dezember'],
  ]);
});

describe('hours that somebody wants', () => {
  it('are times of one day, the earlier first, on days that there are', () => {
    expect(hoursFaults([nine, { ...nine, on: ['Monday', 'Tue'] }], readClock)).toEqual([]);
  });
  it('are refused with the place of every fault', () => {
    const wrong = [
      nine,
      { from: '9', to: '18:00' },
      { from: '09:00', to: 'six' },
      { from: '09:00', to: '09:00' },
      { from: '18:00', to: '09:00', on: ['Monday', 'Mo', 'weekends'] },
    ];
    const order = (n: number, from: string, to: string): string =>
      `hours.${n}: from '${from}' to '${to}' should be two times of one day, the earlier first`;
    expect(hoursFaults(wrong, readClock)).toEqual([
      order(1, '9', '18:00'),
      order(2, '09:00', 'six'),
      order(3, '09:00', '09:00'),
      order(4, '18:00', '09:00'),
      "hours.4.on: 'Mo' should be a day such as 'Sunday'",
      "hours.4.on: 'weekends' should be a day such as 'Sunday'",
    ]);
  });
});
