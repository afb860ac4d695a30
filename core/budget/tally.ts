/**
 * The touches beside which a new one would stand, sorted once for each question by the rules that count them: the gates
 * are asked again and again until an instant is found at which all of them are open.
 */
import { periodOf } from './period.ts';
import { isAbout, type ReadSpacing, type ReadWindow } from './read-policy.ts';
import { measures, takenFrom, windowIsAbout, type Measure } from './window-use.ts';
import type { RecentTouch, SharedKind } from './row.ts';

/** Where a touch that waits and goes first would be: it has no place yet. */
export interface Ahead {
  readonly at: number;
  readonly cost: number;
}

/** One window as it is measured in one place. */
export interface Tally {
  readonly window: ReadWindow;
  readonly measure: Measure;
  /** What it counts over, if that is shared with others. */
  readonly over: SharedKind | null;
  /** Oldest first; none that has left the window already. */
  readonly touches: readonly RecentTouch[];
  readonly used: number;
  /** Earliest first. */
  readonly ahead: Ahead[];
}

export interface Spaced {
  readonly rule: ReadSpacing;
  readonly over: SharedKind | null;
  /** The last one, which is what holds the next. */
  readonly last: RecentTouch | null;
  readonly ahead: Ahead[];
}

export const talliesOf = (
  window: ReadWindow,
  recent: readonly RecentTouch[],
  over: SharedKind | null,
  zones: readonly string[],
  now: number,
): readonly Tally[] =>
  measures(window, zones).map((measure) => {
    const since = 'zone' in measure ? periodOf(measure.calendar, measure.zone, now).start - 1 : now - measure.rollingMs;
    const touches: RecentTouch[] = [];
    let used = 0;
    let isSorted = true;
    let last = -Infinity;
    for (const touch of recent) {
      if (touch.at <= since || touch.cost === 0 || !windowIsAbout(window, touch)) continue;
      touches.push(touch);
      used += touch.cost;
      if (touch.at < last) isSorted = false;
      last = touch.at;
    }
    if (!isSorted) touches.sort((a, b) => a.at - b.at);
    return { window, measure, over, touches, used, ahead: [] };
  });

export function spacedOf(rule: ReadSpacing, recent: readonly RecentTouch[], over: SharedKind | null): Spaced {
  let last: RecentTouch | null = null;
  for (const touch of recent)
    if (touch.cost > 0 && (last === null || touch.at > last.at) && isAbout(rule, touch)) last = touch;
  return { rule, over, last, ahead: [] };
}

/** Puts one that goes first where it would be. */
export function place(ahead: Ahead[], one: Ahead): void {
  const after = ahead.findIndex(({ at }) => at > one.at);
  if (after < 0) ahead.push(one);
  else ahead.splice(after, 0, one);
}

/** The first instant from `at` on at which so much more fits; Infinity if it never does. */
export function fitsFrom(tally: Tally, cost: number, room: number, at: number): number {
  const { measure, used, ahead } = tally;
  if (cost > room) return Infinity;
  if (used + cost + costOfAll(ahead) <= room) return at;
  if ('zone' in measure) return fitsInPeriodFrom(tally, measure.calendar, measure.zone, room - cost, at);
  if (ahead.length === 0) return leavesBy(tally.touches, measure.rollingMs, room - cost, at);
  for (let from = at; ;) {
    const until = crowdedUntil(tally, measure.rollingMs, room - cost, from);
    if (until === null) return from;
    from = until;
  }
}

/** Nothing leaves a calendar period before it ends; whatever the next one holds already is looked at afresh. */
function fitsInPeriodFrom(
  { touches, ahead }: Tally,
  calendar: 'day' | 'week' | 'month',
  zone: string,
  mostBeside: number,
  at: number,
): number {
  for (let from = at; ;) {
    const { start, end } = periodOf(calendar, zone, from);
    let used = 0;
    for (const touch of touches) if (touch.at >= start && takenFrom(touch) < end) used += touch.cost;
    for (const one of ahead) if (one.at >= start && one.at < end) used += one.cost;
    if (used <= mostBeside) return from;
    from = end;
  }
}

/** From the newest back: the first that is too much must have left. */
function leavesBy(touches: readonly RecentTouch[], spanMs: number, mostBeside: number, at: number): number {
  let used = 0;
  for (let i = touches.length - 1; i >= 0; i -= 1) {
    const touch = touches[i];
    if (touch === undefined || touch.at <= at - spanMs) return at;
    used += touch.cost;
    if (used > mostBeside) return touch.at + spanMs;
  }
  return at;
}

/**
 * Of every window that would hold a touch at `at`: its own, and those that end with one that goes first and comes later.
 * The first that is too full is so until the oldest in it has left; null if none is.
 */
function crowdedUntil(
  { touches, used: all, ahead }: Tally,
  spanMs: number,
  mostBeside: number,
  at: number,
): number | null {
  // The window slides on over what is sorted: each enters and leaves it once.
  let used = all;
  let left = 0;
  let come = 0;
  let gone = 0;
  for (let end = at; ;) {
    for (let touch = touches[left]; touch !== undefined && touch.at <= end - spanMs; touch = touches[left]) {
      used -= touch.cost;
      left += 1;
    }
    for (let one = ahead[come]; one !== undefined && one.at <= end; one = ahead[come]) {
      used += one.cost;
      come += 1;
    }
    for (let one = ahead[gone]; gone < come && one !== undefined && one.at <= end - spanMs; one = ahead[gone]) {
      used -= one.cost;
      gone += 1;
    }
    if (used > mostBeside) {
      const oldestAhead = gone < come ? ahead[gone]?.at : undefined;
      return Math.min(touches[left]?.at ?? Infinity, oldestAhead ?? Infinity) + spanMs;
    }
    const next = ahead[come];
    if (next === undefined || next.at >= at + spanMs) return null;
    end = next.at;
  }
}

const costOfAll = (all: readonly Ahead[]): number => {
  let sum = 0;
  for (const { cost } of all) sum += cost;
  return sum;
};

/** The first instant from `at` on that is far enough from all others. */
export function apartFrom({ rule, last, ahead }: Spaced, at: number): number {
  let from = last === null ? at : Math.max(at, last.at + rule.apartMs);
  for (const one of ahead) if (Math.abs(from - one.at) < rule.apartMs) from = one.at + rule.apartMs;
  return from;
}
