/** What a customer's own limits mean, in one sentence that they understand: it names no rule, and dates are on their own clock. */
import { monthName, readWeekday, weekdays } from '../calendar/day-names.ts';
import { wallClock } from '../calendar/zone.ts';
import type { Channel } from '../journey/channels.ts';
import { monthInGerman, weekdayInGerman, type Language } from '../why/language.ts';
import type { OwnHours, OwnLimits } from './row.ts';

export interface Said {
  readonly tongue: Language;
  /** IANA; null: not known, and dates are told in UTC. */
  readonly zone: string | null;
  /** What an e-mail and a text take out of a number of messages. */
  readonly cost: { readonly email: number; readonly sms: number };
}

export function sayLimits(own: OwnLimits | null, said: Said): string {
  const words = tongues[said.tongue];
  const { less, pausedUntil, hours, channels } = own ?? {};
  const parts = [
    ...(less ? [words.less(less.atMost, words.span(less.in), words.day(less.until, said.zone), said.cost)] : []),
    ...(channels ? [words.channels(channels.map((channel) => words.channel[channel]))] : []),
    ...(hours ? [words.hours(hours)] : []),
  ];
  const paused = pausedUntil === undefined ? null : words.paused(words.moment(pausedUntil, said.zone));
  return words.sentence(parts, paused);
}

interface Words {
  readonly channel: Readonly<Record<Channel, string>>;
  span(said: string): string;
  day(at: number, zone: string | null): string;
  moment(at: number, zone: string | null): string;
  less(atMost: number, span: string, until: string, cost: Said['cost']): string;
  channels(named: readonly string[]): string;
  hours(hours: readonly OwnHours[]): string;
  paused(until: string): string;
  sentence(parts: readonly string[], paused: string | null): string;
}

const two = (n: number): string => String(n).padStart(2, '0');
const clockOf = (at: number, zone: string | null): string => {
  const { hour, minute } = wallClock(zone ?? 'UTC', at);
  return `${two(hour)}:${two(minute)}`;
};
const listed = (all: readonly string[], and: string): string =>
  all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} ${and} ${all.at(-1) ?? ''}`;
/** '30 days' → 30, 'day'; null for 'calendar week'. */
const countOf = (said: string): { count: number; unit: string } | null => {
  const [, count, unit] = /^(\d+(?:\.\d+)?) (minute|hour|day|week)s?$/.exec(said) ?? [];
  return count === undefined || unit === undefined ? null : { count: Number(count), unit };
};

const english: Words = {
  channel: {
    email: 'e-mail',
    sms: 'text message',
    whatsapp: 'WhatsApp',
    voice: 'phone',
    push: 'our app',
    chat: 'chat',
  },
  span(said) {
    const counted = countOf(said);
    if (counted === null) return said.replace('calendar ', 'each ');
    return `in ${said}`;
  },
  day(at, zone) {
    const { day, month, year } = wallClock(zone ?? 'UTC', at);
    return `${String(day)} ${monthName(month)} ${String(year)}`;
  },
  moment: (at, zone) => `${english.day(at, zone)}, ${clockOf(at, zone)}${zone === null ? ' UTC' : ''}`,
  less: (atMost, span, until, { email, sms }) =>
    atMost === 0
      ? `nothing until ${until}`
      : `at most ${String(atMost)} ${atMost === 1 ? 'message' : 'messages'} ${span} until ${until}${
          email === sms ? '' : ` (an e-mail counts as ${String(email)}, a text as ${String(sms)})`
        }`,
  channels: (named) => `only by ${listed(named, 'or')}`,
  hours: (hours) =>
    `only ${listed(
      hours.map(({ from, to, on }) => `between ${from} and ${to}${on ? ` on ${listed(on, 'and')}` : ''}`),
      'or',
    )}`,
  paused: (until) => `You hear nothing from us until ${until}`,
  sentence(parts, paused) {
    if (paused === null && parts.length === 0) return 'You have set no limits of your own.';
    const own = ', except about what you asked us yourself.';
    if (paused === null) return `You hear from us ${parts.join(', ')}${own}`;
    return `${paused}${parts.length === 0 ? '' : `, and then ${parts.join(', ')}`}${own}`;
  },
};

/** 'montags' */
const onDay = (day: string): string => `${weekdayInGerman(readWeekday(day) ?? 0).toLowerCase()}s`;
const germanUnits: Readonly<Record<string, readonly [string, string]>> = {
  minute: ['einer Minute', 'Minuten'],
  hour: ['einer Stunde', 'Stunden'],
  day: ['einem Tag', 'Tagen'],
  week: ['einer Woche', 'Wochen'],
};
const german: Words = {
  channel: { email: 'E-Mail', sms: 'SMS', whatsapp: 'WhatsApp', voice: 'Telefon', push: 'App', chat: 'Chat' },
  span(said) {
    const counted = countOf(said);
    if (counted === null)
      return said === 'calendar day' ? 'am Tag' : said === 'calendar week' ? 'in der Woche' : 'im Monat';
    const [one, many] = germanUnits[counted.unit] ?? ['', ''];
    return counted.count === 1 ? `in ${one}` : `in ${String(counted.count).replace('.', ',')} ${many}`;
  },
  day(at, zone) {
    const { day, month, year } = wallClock(zone ?? 'UTC', at);
    return `${String(day)}. ${monthInGerman(month)} ${String(year)}`;
  },
  moment: (at, zone) => `${german.day(at, zone)}, ${clockOf(at, zone)} Uhr${zone === null ? ' UTC' : ''}`,
  less: (atMost, span, until, { email, sms }) =>
    atMost === 0
      ? `bis zum ${until} nichts`
      : `bis zum ${until} höchstens ${String(atMost)} ${atMost === 1 ? 'Nachricht' : 'Nachrichten'} ${span}${
          email === sms ? '' : ` (eine E-Mail zählt ${String(email)}, eine SMS ${String(sms)})`
        }`,
  channels: (named) => `nur per ${listed(named, 'oder')}`,
  hours: (hours) =>
    `nur ${listed(
      hours.map(({ from, to, on }) => `${on ? `${listed(on.map(onDay), 'und')} ` : ''}zwischen ${from} und ${to} Uhr`),
      'oder',
    )}`,
  paused: (until) => `Bis zum ${until}, hören Sie nichts von uns`,
  sentence(parts, paused) {
    if (paused === null && parts.length === 0) return 'Sie haben keine eigenen Grenzen gesetzt.';
    const own = '; was Sie selbst von uns wollten, beantworten wir weiterhin.';
    if (paused === null) return `Sie hören von uns ${parts.join(', ')}${own}`;
    return `${paused}${parts.length === 0 ? '' : `, und danach ${parts.join(', ')}`}${own}`;
  },
};
const tongues: Readonly<Record<Language, Words>> = { en: english, de: german };

/** Every fault of hours that somebody wants, each naming the place. */
export function hoursFaults(hours: readonly OwnHours[], readClock: (said: string) => number | null): string[] {
  return hours.flatMap(({ from, to, on }, n) => {
    const [begins, ends] = [readClock(from), readClock(to)];
    const place = `hours.${String(n)}`;
    return [
      ...(begins === null || ends === null || begins >= ends
        ? [`${place}: from '${from}' to '${to}' should be two times of one day, the earlier first`]
        : []),
      ...(on ?? []).flatMap((day) =>
        readWeekday(day) === null ? [`${place}.on: '${day}' should be a day such as '${weekdays[0]}'`] : [],
      ),
    ];
  });
}
