/**
 * How others cap frequency, as far as their public documentation says it, each as a few pure lines: which of the messages that
 * are wanted goes out, and when. Where the documentation is silent, what is best for them is taken.
 */
import { wallDay, weekdayOf, dayMs } from '../../../core/calendar/zone.ts';

export const second = 1_000;
export const hour = 3_600_000;

/** Instants at which something is wanted, in order → when each goes out; null: never. */
export type Run = (wanted: readonly number[]) => (number | null)[];
export interface Vendor {
  readonly name: string;
  /** The setting that comes nearest to the policy's. */
  readonly set: string;
  readonly then: 'dropped' | 'tried again';
  readonly run: Run;
  readonly source: { readonly title: string; readonly url: string };
}

type Sent = readonly number[];
/** Each message by itself: it goes at once, or never. */
const dropping =
  (mayGo: (at: number, sent: Sent) => boolean): Run =>
  (wanted) => {
    const sent: number[] = [];
    return wanted.map((at) => {
      if (!mayGo(at, sent)) return null;
      sent.push(at);
      return at;
    });
  };

/** Today on the wall and the days before it. `countedAfterMs`: a send is counted only once it is known to have arrived. */
const calendarDays = (zone: string, days: number, atMost: number, countedAfterMs = 0): Run =>
  dropping((at, sent) => {
    const today = wallDay(zone, at).day;
    const counted = sent.filter((s) => s + countedAfterMs <= at && wallDay(zone, s).day > today - days);
    return counted.length < atMost;
  });

/** From one Sunday's midnight to the next. */
const weekOf = (zone: string, at: number): number => {
  const { day } = wallDay(zone, at);
  return day - weekdayOf(day);
};
const weeksFromSunday = (zone: string, atMost: number): Run =>
  dropping((at, sent) => sent.filter((s) => weekOf(zone, s) === weekOf(zone, at)).length < atMost);

export const rolling = (spanMs: number, atMost: number): Run =>
  dropping((at, sent) => sent.filter((s) => s > at - spanMs).length < atMost);

const apart = (ms: number): Run => dropping((at, sent) => sent.every((s) => at - s >= ms));

/** Tried again until there is room, first come, first served, for as long as the retry window is. */
const rollingWithRetry =
  (spanMs: number, atMost: number, retryMs: number): Run =>
  (wanted) => {
    const sent: number[] = [];
    return wanted.map((at) => {
      const roomAt = sent.length < atMost ? at : Math.max(at, (sent.at(-atMost) ?? at) + spanMs);
      if (roomAt > at + retryMs) return null;
      sent.push(roomAt);
      return roomAt;
    });
  };

export const vendors: readonly Vendor[] = [
  {
    name: 'Braze',
    set: '3 in 7 calendar days, user’s zone',
    then: 'dropped',
    run: calendarDays('Europe/Berlin', 7, 3),
    source: {
      title: 'Braze, Frequency capping: frequently asked questions',
      url: 'https://braze.com/docs/user_guide/messaging/messaging_fundamentals/frequency_capping/faq/',
    },
  },
  {
    name: 'Braze webhooks',
    set: 'the same, counted once success is recorded',
    then: 'dropped',
    run: calendarDays('Europe/Berlin', 7, 3, 5 * second),
    source: {
      title: 'Braze, Current X in Y filter behavior (calendar days in frequency capping)',
      url: 'https://braze.com/docs/x-in-y-behavior',
    },
  },
  {
    name: 'Iterable',
    set: '3 a week, from Sunday, project’s zone',
    then: 'dropped',
    run: weeksFromSunday('Europe/Berlin', 3),
    source: {
      title: 'Iterable, Frequency Management',
      url: 'https://support.iterable.com/hc/en-us/articles/15342990564372-Frequency-Management-',
    },
  },
  {
    name: 'Adobe Journey Optimizer',
    set: '3 a week, until Saturday 23:59:59 UTC',
    then: 'dropped',
    run: weeksFromSunday('UTC', 3),
    source: {
      title: 'Adobe Experience League community, Global rule capping',
      url: 'https://experienceleaguecommunities.adobe.com/adobe-journey-optimizer-15/global-rule-capping-249189',
    },
  },
  {
    name: 'HubSpot',
    set: '3 weekly, rolling',
    then: 'dropped',
    run: rolling(7 * dayMs, 3),
    source: {
      title: 'HubSpot, Set up an email frequency safeguard',
      url: 'https://knowledge.hubspot.com/marketing-email/set-up-an-email-frequency-safeguard',
    },
  },
  {
    name: 'Klaviyo',
    set: 'Smart Sending, 16 hours',
    then: 'dropped',
    run: apart(16 * hour),
    source: {
      title: 'Klaviyo, Smart Sending',
      url: 'https://help.klaviyo.com/hc/en-us/articles/115005078227',
    },
  },
  {
    name: 'Customer.io',
    set: '3 in 7 days, retried for 2 days',
    then: 'tried again',
    run: rollingWithRetry(7 * dayMs, 3, 2 * dayMs),
    source: { title: 'Customer.io, Message limits', url: 'https://customer.io/docs/journeys/message-limits/' },
  },
];

/** Not in the week: their documentation works an example of its own. */
export const oneSignal = {
  title: 'OneSignal, Push frequency capping',
  url: 'https://documentation.onesignal.com/docs/en/frequency-capping.md',
};
