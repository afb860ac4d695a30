/** The most that one rule lets through in the span of another. */
import { dayMs, hourMs } from '../../calendar/zone.ts';
import type { CalendarPeriod, ReadSpacing, ReadWindow, WindowSpan } from '../read-policy.ts';
import { roomFor, windowIsAbout } from '../window-use.ts';
import { inSpacing, type PricedKind } from './kinds.ts';
import { dearestOf } from './kinds.ts';

/** A day in which the clock is changed has an hour or two less, or more. */
const changeMs = 2 * hourMs;
const shortestMs = { day: dayMs - changeMs, week: 7 * dayMs - changeMs, month: 28 * dayMs - changeMs };
const longestMs = { day: dayMs + changeMs, week: 7 * dayMs + changeMs, month: 31 * dayMs + changeMs };

export const longestOf = (span: WindowSpan): number =>
  'rollingMs' in span ? span.rollingMs : longestMs[span.calendar];

/** Calendar periods that the same calendar cuts: how many of one meet one of the other. */
const met: Readonly<Record<CalendarPeriod, Readonly<Record<CalendarPeriod, number>>>> = {
  day: { day: 1, week: 1, month: 1 },
  week: { day: 7, week: 1, month: 2 },
  month: { day: 31, week: 6, month: 1 },
};

/** Into how many spans of the `inner` window whatever lies in one span of the `outer` can fall, at most. */
export function spansIn(outer: WindowSpan, inner: WindowSpan): number {
  if ('rollingMs' in inner) return Math.ceil(longestOf(outer) / inner.rollingMs);
  if ('calendar' in outer) return met[outer.calendar][inner.calendar];
  return Math.ceil(outer.rollingMs / shortestMs[inner.calendar]) + 1;
}

const mostRoom = (window: ReadWindow, kinds: readonly PricedKind[]): number =>
  Math.max(...kinds.map(({ purpose }) => roomFor(window, purpose)));
const coversAll = (window: ReadWindow, kinds: readonly PricedKind[]): boolean =>
  kinds.every((kind) => windowIsAbout(window, kind));

/** What one window lets through of touches of these kinds in a span; null: it does not count all of them. */
export function mostBy(window: ReadWindow, kinds: readonly PricedKind[], span: WindowSpan): number | null {
  if (window.alert || kinds.length === 0 || !coversAll(window, kinds)) return null;
  return spansIn(span, window.span) * mostRoom(window, kinds);
}

/** The same of a spacing: so many touches, each as dear as it can be. */
export function mostBySpacing(spacing: ReadSpacing, kinds: readonly PricedKind[], span: WindowSpan): number | null {
  if (spacing.apartMs === 0 || kinds.length === 0 || inSpacing(spacing, kinds).length < kinds.length) return null;
  return Math.ceil(longestOf(span) / spacing.apartMs) * dearestOf(kinds);
}

/** What several windows together let through: by each that counts all of them, or purpose by purpose. */
export function mostByAll(windows: readonly ReadWindow[], kinds: readonly PricedKind[], span: WindowSpan): number {
  const least = (some: readonly PricedKind[]): number =>
    Math.min(...windows.map((window) => mostBy(window, some, span) ?? Infinity));
  const purposes = [...new Set(kinds.map(({ purpose }) => purpose))];
  const oneByOne = purposes.reduce((sum, purpose) => sum + least(kinds.filter((k) => k.purpose === purpose)), 0);
  return Math.min(least(kinds), oneByOne);
}
