/**
 * Two records are found to be one person: from then on that person has one budget, the stricter of both. Nothing that either record
 * alone would have stopped goes out because there were two.
 */
import { readWeekday } from '../calendar/day-names.ts';
import { sayArea } from './area.ts';
import { withOwn } from './move-gates.ts';
import { readWindowSpan } from './read-policy.ts';
import { release } from './reserve.ts';
import { sharedOf } from './shared-rows.ts';
import { surelyCoversMs } from './window-use.ts';
import type { BudgetRow, Gates, OwnHours, OwnLimits, RecentTouch, SharedRow } from './row.ts';

export interface MergedRows {
  readonly row: BudgetRow;
  /**
   * Places that were given before anybody knew of the other's, and that nobody has begun to send from: each asks again, of the
   * one budget. What is on its way cannot be called back, and keeps its place.
   */
  readonly givenBack: readonly RecentTouch[];
}

/** `keeps`: whose place is not taken from them, because a person makes them: they are never refused. */
export function mergeRows(
  kept: BudgetRow,
  merged: BudgetRow,
  keeps: (touchId: string) => boolean,
  now: number,
): MergedRows {
  const byInstant = [...kept.recent, ...merged.recent].toSorted((a, b) => a.at - b.at);
  const shared = unitedShared(sharedOf(kept), sharedOf(merged));
  const united: BudgetRow = {
    ...kept,
    version: kept.version + 1,
    recent: byInstant,
    waiting: [...kept.waiting, ...merged.waiting],
    gates: stricterGates(inForce(kept.gates, now), inForce(merged.gates, now)),
    ...(shared.length === 0 ? {} : { shared }),
  };
  // With nothing on one side, every place of the other was decided on all there is.
  const isOfBoth = kept.recent.length > 0 && merged.recent.length > 0;
  const givenBack = isOfBoth ? byInstant.filter((t) => t.state === 'reserved' && !keeps(t.touchId)) : [];
  return { row: givenBack.reduce((row, { touchId }) => release(row, touchId), united), givenBack };
}

/** A wish that is over is not revived by another's that is not. */
const inForce = (gates: Gates, now: number): Gates => withOwn(gates, gates.own, now);

const unitedShared = (one: readonly SharedRow[], other: readonly SharedRow[]): readonly SharedRow[] =>
  [...new Map([...one, ...other].map((shared) => [shared.key, shared])).values()].sort((a, b) =>
    a.key < b.key ? -1 : 1,
  );

/**
 * - Consent holds if a record has it and the other does not say no: one person gave it, and was merely not asked as the other. A no
 *   outweighs a yes, whichever is the later: they did not know that the one record was to speak for the other.
 * - What stops is united: suppressions, guards, the later hold, journeys that were stopped for them, the tighter of their own limits.
 * - Two zones are both plausible, so quiet hours hold in either; so does the law of either place. What one record knows settles what the
 *   other only guesses; of two places on record both count.
 */
export function stricterGates(kept: Gates, other: Gates): Gates {
  return {
    ...kept,
    consents: consentsOf(kept, other),
    suppressions: firstOf([...kept.suppressions, ...other.suppressions], (s) => s.channel),
    guards: [...groups([...kept.guards, ...other.guards], (g) => g.fact)].map(([fact, all]) => ({
      fact,
      contradicts: [...new Set(all.flatMap((g) => g.contradicts))],
      reviewAt: Math.max(...all.map((g) => g.reviewAt)),
    })),
    hold: [kept.hold, other.hold].reduce((a, b) => (b !== null && b.until > (a?.until ?? -Infinity) ? b : a)),
    ...heldOf(kept, other),
    ...stoppedOf(kept, other),
    ...zonesOf(kept, other),
    ...whereaboutsOf(kept, other),
    checks: [...groups([...(kept.checks ?? []), ...(other.checks ?? [])], (c) => c.assumption)].map(
      ([assumption, all]) => ({ assumption, at: Math.max(...all.map(({ at }) => at)) }),
    ),
    own: stricterLimits(kept.own, other.own),
    inboundOpen: [...groups([...kept.inboundOpen, ...other.inboundOpen], (open) => open.channel)].map(
      ([channel, all]) => ({ channel, until: Math.max(...all.map(({ until }) => until)) }),
    ),
  };
}

function consentsOf(kept: Gates, other: Gates): Gates['consents'] {
  const all = groups([...kept.consents, ...other.consents], ({ channel, purpose }) => `${channel} ${purpose}`);
  return [...all.values()].flatMap(([first, ...more]) =>
    first ? [{ ...first, granted: [first, ...more].every(({ granted }) => granted) }] : [],
  );
}

function heldOf(kept: Gates, other: Gates): Pick<Gates, 'held'> {
  const [held] = [kept.held, other.held].flatMap((one) => one ?? []).sort((a, b) => b.until - a.until);
  return held === undefined ? {} : { held };
}

/** Of two stops of one journey the longer one, and one without an end is the longest. */
function stoppedOf(kept: Gates, other: Gates): Pick<Gates, 'stopped'> {
  const all = groups([...(kept.stopped ?? []), ...(other.stopped ?? [])], ({ journey }) => journey);
  const ends = (until: number | null): number => until ?? Infinity;
  const stopped = [...all.values()].flatMap((of) => of.sort((a, b) => ends(b.until) - ends(a.until)).slice(0, 1));
  return stopped.length === 0 ? {} : { stopped };
}

function whereaboutsOf(kept: Gates, other: Gates): Pick<Gates, 'place' | 'alsoAt' | 'jurisdictions'> {
  const places = [kept, other].flatMap((gates) => [...(gates.place ? [gates.place] : []), ...(gates.alsoAt ?? [])]);
  const [place, ...alsoAt] = firstOf(places, sayArea);
  const jurisdictions = [...new Set([...(kept.jurisdictions ?? []), ...(other.jurisdictions ?? [])])];
  return {
    ...(place === undefined ? {} : { place }),
    ...(alsoAt.length === 0 ? {} : { alsoAt }),
    ...(jurisdictions.length === 0 ? {} : { jurisdictions }),
  };
}

function zonesOf(kept: Gates, other: Gates): Pick<Gates, 'zone' | 'zonesPlausible'> {
  const known = [...new Set([kept.zone, other.zone].filter((zone) => zone !== null))];
  const [zone] = known;
  if (known.length === 1 && zone !== undefined) return { zone, zonesPlausible: [] };
  const plausible = known.length > 1 ? known : [...new Set([...kept.zonesPlausible, ...other.zonesPlausible])];
  return { zone: null, zonesPlausible: plausible };
}

/** Of two wishes for less, one that is at least as tight as either: the smaller number, in the longer span, for the longer time. */
export function stricterLimits(one: OwnLimits | null, other: OwnLimits | null): OwnLimits | null {
  if (one === null || other === null) return one ?? other;
  const { less, pausedUntil } = one;
  const paused = Math.max(pausedUntil ?? -Infinity, other.pausedUntil ?? -Infinity);
  return {
    ...other,
    ...one,
    ...(less && other.less ? { less: stricterLess(less, other.less) } : {}),
    ...(paused === -Infinity ? {} : { pausedUntil: paused }),
    ...(one.channels && other.channels
      ? { channels: one.channels.filter((channel) => other.channels?.includes(channel) === true) }
      : {}),
    ...(one.hours && other.hours ? { hours: hoursInBoth(one.hours, other.hours) } : {}),
  };
}

/** Hours that both of them name; where there are none, the kept record's, because a wish that leaves no hour is none. */
function hoursInBoth(one: readonly OwnHours[], other: readonly OwnHours[]): readonly OwnHours[] {
  const both = one.flatMap((a) =>
    other.flatMap((b): OwnHours[] => {
      const [from, to] = [a.from > b.from ? a.from : b.from, a.to < b.to ? a.to : b.to];
      const on = a.on && b.on ? daysOfBoth(a.on, b.on) : (a.on ?? b.on);
      return from < to && on?.length !== 0 ? [{ from, to, ...(on === undefined ? {} : { on }) }] : [];
    }),
  );
  return both.length === 0 ? one : both;
}

/** 'Sun' and 'Sunday' are one day. */
const daysOfBoth = (one: readonly string[], other: readonly string[]): readonly string[] =>
  one.filter((day) => other.some((name) => readWeekday(name) === readWeekday(day)));

function stricterLess(one: NonNullable<OwnLimits['less']>, other: NonNullable<OwnLimits['less']>) {
  const longer = spanMs(one.in) >= spanMs(other.in) ? one.in : other.in;
  return { atMost: Math.min(one.atMost, other.atMost), in: longer, until: Math.max(one.until, other.until) };
}

function spanMs(said: string): number {
  const span = readWindowSpan(said);
  return span === null ? 0 : 'rollingMs' in span ? span.rollingMs : surelyCoversMs[span.calendar];
}

const firstOf = <T>(all: readonly T[], nameOf: (one: T) => string): readonly T[] =>
  [...groups(all, nameOf).values()].flatMap(([first]) => (first === undefined ? [] : [first]));

function groups<T, K extends string>(all: readonly T[], nameOf: (one: T) => K): Map<K, T[]> {
  const found = new Map<K, T[]>();
  for (const one of all) found.set(nameOf(one), [...(found.get(nameOf(one)) ?? []), one]);
  return found;
}
