/**
 * Quiet hours are a matter of what the customer's clock shows: an instant is quiet if the wall time there is. So an hour
 * that comes twice is quiet both times, and a skipped one shortens the wait.
 */
import type { Channel } from '../journey/channels.ts';
import { dayMs, isZone, minuteMs, nextChange, readClock, wallMs, weekdayOf } from './zone.ts';
import { readWeekday, weekdays } from './day-names.ts';

export interface QuietRule {
  /** '21:00'. With `to` at or before it, the span goes over midnight; '00:00' to '24:00' is the whole day. */
  readonly from: string;
  readonly to: string;
  /** The weekdays on which the span begins; without a word, every day. */
  readonly on?: readonly string[];
  readonly channels?: readonly Channel[];
  readonly purposes?: readonly string[];
}

export interface QuietSpan {
  /** '21:00–08:00' or '00:00–24:00 on Sunday': what explanations call it. */
  readonly said: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** By weekday, Sunday first: does a span begin on that day? */
  readonly begins: readonly boolean[];
}

export function quietFaults(rule: QuietRule): string[] {
  const faults: string[] = [];
  for (const key of ['from', 'to'] as const)
    if (readClock(rule[key]) === null)
      faults.push(`quiet.${key} is '${rule[key]}', and should be a time such as '21:00'`);
  if (rule.from === '24:00') faults.push(`quiet.from is '24:00': write '00:00'`);
  for (const day of rule.on ?? [])
    if (readWeekday(day) === null) faults.push(`quiet.on names '${day}', and should name days such as 'Sunday'`);
  if (rule.on?.length === 0) faults.push('quiet.on is empty: name a day, or leave it out for every day');
  return faults;
}

/** The rule as the decision reads it. Faults are told by `quietFaults`; here they are a bug of ours. */
export function readQuiet(rule: QuietRule): QuietSpan {
  const from = readClock(rule.from);
  const to = readClock(rule.to);
  if (from === null || to === null) throw new RangeError(quietFaults(rule).join('; '));
  const days = rule.on?.map(readWeekday);
  const on = rule.on ? ` on ${rule.on.join(', ')}` : '';
  return {
    said: `${rule.from}–${rule.to}${on}`,
    fromMs: from * minuteMs,
    toMs: to * minuteMs,
    begins: weekdays.map((_, day) => !days || days.includes(day)),
  };
}

/** Milliseconds on the wall until this span lets go, or 0 if it does not hold at this wall time. */
function wallMsLeft(span: QuietSpan, wall: number): number {
  const day = Math.floor(wall / dayMs);
  const sinceMidnight = wall - day * dayMs;
  const beginsToday = span.begins[weekdayOf(day)] === true;
  if (span.fromMs < span.toMs)
    return beginsToday && sinceMidnight >= span.fromMs && sinceMidnight < span.toMs ? span.toMs - sinceMidnight : 0;
  if (beginsToday && sinceMidnight >= span.fromMs) return dayMs + span.toMs - sinceMidnight;
  return span.begins[weekdayOf(day - 1)] === true && sinceMidnight < span.toMs ? span.toMs - sinceMidnight : 0;
}

/** With more than this to wait there is no hour left: a policy that is quiet for two weeks on end is a fault of the policy. */
export const quietHorizonMs = 14 * dayMs;

/**
 * The first instant from `at` on at which no span holds in any of the zones: null if that is `at` itself, 'never' if it
 * does not come within two weeks. Several zones are those where somebody may be; no zone at all means that we do not
 * know, and then no hour is safe.
 */
export function quietUntil(
  spans: readonly QuietSpan[],
  zones: readonly string[],
  at: number,
): { readonly until: number | 'never'; readonly said: string } | null {
  const first = spans[0];
  if (!first) return null;
  const usable = zones.filter(isZone);
  if (usable.length === 0) return { until: 'never', said: first.said };
  let now = at;
  let said: string | null = null;
  // Each round moves to the end of one span or to the next change of the clock; when a round moves nothing, all are open.
  for (let moved = true; moved;) {
    moved = false;
    for (const zone of usable)
      for (const span of spans) {
        const left = wallMsLeft(span, wallMs(zone, now));
        if (left === 0) continue;
        now = Math.min(now + left, nextChange(zone, now));
        moved = true;
        said ??= span.said;
      }
    if (now - at > quietHorizonMs) return { until: 'never', said: said ?? first.said };
  }
  return said === null ? null : { until: now, said };
}
