/**
 * Hours that laws leave for calls and messages, as data: one file a law, with its source and the days from which and up to which it holds.
 * It is no legal advice, and each file says so. A law holds for whoever may be in its jurisdiction: of several plausible ones, all do.
 */
import type { Channel } from '../journey/channels.ts';
import { readWeekday, weekdays } from './day-names.ts';
import everywhere from './legal-hours/everywhere.json' with { type: 'json' };
import europeanUnion from './legal-hours/european-union.json' with { type: 'json' };
import france from './legal-hours/france.json' with { type: 'json' };
import spain from './legal-hours/spain.json' with { type: 'json' };
import usFederal from './legal-hours/us-federal.json' with { type: 'json' };
import usFlorida from './legal-hours/us-florida.json' with { type: 'json' };
import usOklahoma from './legal-hours/us-oklahoma.json' with { type: 'json' };
import usWashington from './legal-hours/us-washington.json' with { type: 'json' };
import type { QuietSpan } from './quiet.ts';
import { dayMs, dayOf, hourMs, minuteMs, readClock } from './zone.ts';

/** From one time to another within a day, on some weekdays or on all. */
export interface OpenHours {
  readonly from: string;
  readonly to: string;
  readonly on?: readonly string[];
}

/** One file. */
export interface LegalHours {
  /** What a policy calls it: 'US-FL'. */
  readonly jurisdiction: string;
  readonly title: string;
  /** Countries, and parts of countries; '*' is everywhere. */
  readonly covers: readonly string[];
  readonly channels: readonly string[];
  readonly purposes: { readonly only?: readonly string[]; readonly except?: readonly string[] };
  readonly allowed: readonly OpenHours[];
  readonly source: {
    readonly law: string;
    readonly section: string;
    readonly url?: string;
    readonly checkedOn: string;
  };
  /** Days, '2021-07-01'; null: until it is changed. */
  readonly validFrom: string;
  readonly validUntil: string | null;
  readonly remarks: string;
  readonly notice: string;
}

export const legalHours: readonly LegalHours[] = [
  everywhere,
  europeanUnion,
  france,
  spain,
  usFederal,
  usFlorida,
  usOklahoma,
  usWashington,
];
/** What a policy may name. */
export const laws: readonly string[] = legalHours.map(({ jurisdiction }) => jurisdiction);

/** The hours outside of these, as spans in which nothing is sent; each begins and ends within its day. */
export function quietOutside(open: readonly OpenHours[], said: string): QuietSpan[] {
  const byGap = new Map<string, { fromMs: number; toMs: number; begins: boolean[] }>();
  for (const [day] of weekdays.entries()) {
    const hours = open
      .filter(({ on }) => !on || on.some((name) => readWeekday(name) === day))
      .map(({ from, to }) => ({ from: (readClock(from) ?? 0) * minuteMs, to: (readClock(to) ?? 0) * minuteMs }))
      .sort((a, b) => a.from - b.from);
    let closedFrom = 0;
    for (const { from, to } of [...hours, { from: dayMs, to: dayMs }]) {
      if (from > closedFrom) {
        const key = `${String(closedFrom)}-${String(from)}`;
        const gap = byGap.get(key) ?? { fromMs: closedFrom, toMs: from, begins: weekdays.map(() => false) };
        gap.begins[day] = true;
        byGap.set(key, gap);
      }
      closedFrom = Math.max(closedFrom, to);
    }
  }
  return [...byGap.values()].map((gap) => ({ said, ...gap }));
}

export interface ReadLaw extends LegalHours {
  readonly spans: readonly QuietSpan[];
  readonly fromAt: number;
  readonly untilAt: number;
}
/** A day begins 14 hours before it does in UTC, and ends 12 hours after: a law holds as soon and as long as it does anywhere. */
const read: readonly ReadLaw[] = legalHours.map((law) => ({
  ...law,
  spans: quietOutside(
    law.allowed,
    `outside ${law.allowed.map(({ from, to }) => `${from}–${to}`).join(', ')} (${law.title}: ${law.source.section})`,
  ),
  fromAt: (dayOf(law.validFrom) ?? 0) * dayMs - 14 * hourMs,
  untilAt: law.validUntil === null ? Infinity : ((dayOf(law.validUntil) ?? 0) + 1) * dayMs + 12 * hourMs,
}));

/** 'US' is any of its states, 'US-FL' is one, and federal law holds there as well. */
const covers = (law: LegalHours, where: string): boolean =>
  law.covers.some(
    (place) => place === '*' || place === where || where.startsWith(`${place}-`) || place.startsWith(`${where}-`),
  );

const known = new Map<string, readonly ReadLaw[]>();
const mostKnown = 10_000;

/** The laws that may hold for a touch. `kept`: what the policy keeps of them. */
export function lawsFor(
  jurisdictions: readonly string[],
  channel: Channel,
  purpose: string,
  kept: 'all' | readonly string[],
): readonly ReadLaw[] {
  const key = [kept === 'all' ? kept : kept.join(), jurisdictions.join(), channel, purpose].join('|');
  const had = known.get(key);
  if (had) return had;
  const found = read.filter(
    (law) =>
      (kept === 'all' || kept.includes(law.jurisdiction)) &&
      law.channels.includes(channel) &&
      (law.purposes.only?.includes(purpose) ?? true) &&
      !(law.purposes.except?.includes(purpose) ?? false) &&
      (law.covers.includes('*') || jurisdictions.some((where) => covers(law, where))),
  );
  if (known.size >= mostKnown) known.clear();
  known.set(key, found);
  return found;
}

/** Spans in which a law that may hold for this customer leaves no touch of this channel and purpose. */
export function legalSpans(
  touch: { readonly channel: Channel; readonly purpose: string },
  jurisdictions: readonly string[],
  kept: 'all' | 'none' | readonly string[],
  at: number,
): QuietSpan[] {
  if (kept === 'none') return [];
  return lawsFor(jurisdictions, touch.channel, touch.purpose, kept)
    .filter(({ fromAt, untilAt }) => at >= fromAt && at < untilAt)
    .flatMap(({ spans }) => spans);
}
