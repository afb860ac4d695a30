/**
 * Amounts of time and moments, read. Phrases stay as said in the stored journey: they are what people diff, and their
 * grammar is frozen with its `format`. May enter a workflow.
 */
export interface SpanRead {
  readonly count: number;
  readonly unit: 'minute' | 'hour' | 'day' | 'week';
  /** Counted on the team's business calendar; hours and days only. */
  readonly business: boolean;
}
export type MomentRead =
  | { readonly in: SpanRead }
  /** 'next 09:00' on the customer's clock. */
  | { readonly next: string }
  /** A field of an event or of the customer, so long before or after it, `at` a time of that day. */
  | { readonly field: string; readonly side?: 'before' | 'after'; readonly by?: SpanRead; readonly at?: string };

const minutesIn = { minute: 1, hour: 60, day: 1_440, week: 10_080 };
const tenYears = 3_653 * minutesIn.day;

/** '4 business hours'; null if it is no such phrase, or longer than ten years. */
export function readSpan(said: string): SpanRead | null {
  const m = /^(\d+(?:\.\d+)?) (business )?(minute|hour|day|week)s?$/.exec(said);
  if (!m || (m[2] && (m[3] === 'minute' || m[3] === 'week'))) return null;
  const unit = m[3] as SpanRead['unit'];
  const count = Number(m[1]);
  return count * minutesIn[unit] > tenYears ? null : { count, unit, business: Boolean(m[2]) };
}

/** '2 days', 'next 09:00', 'customer.renewsOn' or '1 day before appointment-set.startsAt at 17:00'; null if it is none. */
export function readMoment(said: string): MomentRead | null {
  if (/^next ([01]\d|2[0-3]):[0-5]\d$/.test(said)) return { next: said.slice(5) };
  const m = /^(?:(.+) (before|after) )?([\w-]+\.[\w-]+)(?: at ((?:[01]\d|2[0-3]):[0-5]\d))?$/.exec(said);
  if (!m) {
    const span = readSpan(said);
    return span && { in: span };
  }
  const by = m[1] ? readSpan(m[1]) : null;
  if (m[1] && !by) return null;
  return { field: m[3] ?? '', ...(by ? { side: m[2] as 'before' | 'after', by } : {}), ...(m[4] ? { at: m[4] } : {}) };
}

/** A span in milliseconds by the clock alone: null for business time, which a team's calendar counts. */
export const plainMs = (span: SpanRead): number | null =>
  span.business ? null : Math.round(span.count * minutesIn[span.unit] * 60_000);

/** The event, or 'customer', whose field a moment hangs on; null if it hangs on none. */
export function followed(said: string): string | null {
  const moment = readMoment(said);
  return moment && 'field' in moment ? moment.field.slice(0, moment.field.indexOf('.')) : null;
}
