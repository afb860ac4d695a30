/** How long somebody would wait for a team's people, and whether a journey may give them more now. */
import { dayMs, minuteMs } from '../calendar/zone.ts';
import { plainMs, readSpan } from '../journey/phrases.ts';

export interface TeamLoad {
  /** Open tasks that wait for somebody of the team. */
  readonly ahead: number;
  /** How many of the team are on shift. */
  readonly onShift: number;
  /** From taking a task to its end, the median of the last weeks; null: none was done. */
  readonly medianMs: number | null;
  /** How many that is the median of. */
  readonly finished: number;
}
export interface Forecast extends TeamLoad {
  /** What was reckoned with. */
  readonly handlingMs: number;
  /** Not: too few were done to tell. */
  readonly measured: boolean;
  readonly waitMs: number;
}

/** Reckoned with until enough tasks of a team were done. */
const handlingUsuallyMs = 15 * minuteMs;
/** Fewer tell nothing. */
const enough = 5;

/** Tasks ahead × median handling time, shared by those who are there; nobody there counts as one. */
export function forecastOf(load: TeamLoad): Forecast {
  const median = load.finished >= enough ? load.medianMs : null;
  const handlingMs = median ?? handlingUsuallyMs;
  return {
    ...load,
    measured: median !== null,
    handlingMs,
    waitMs: Math.round((load.ahead * handlingMs) / Math.max(1, load.onShift)),
  };
}

/** Is what journeys would give them beyond what customers may wait? */
export const isSlowed = ({ waitMs }: Forecast, waitAtMost: string | null): boolean =>
  waitMs > (limitOf(waitAtMost) ?? Infinity);

export interface Slowing {
  readonly forecast: Forecast;
  /** How long customers may wait for this team: '4 hours'; null: nobody said. */
  readonly waitAtMost: string | null;
  /** When it was first to be given to the team. */
  readonly since: number;
  readonly now: number;
}

const slowAtLeastMs = 15 * minuteMs;
/** Slowed, and not stopped: after so long a person gets it all the same. */
const slowAtMostMs = 2 * dayMs;

/** When it shall be asked again; null: it may go to the team now. */
export function slowedUntil({ forecast, waitAtMost, since, now }: Slowing): number | null {
  const limitMs = limitOf(waitAtMost);
  if (limitMs === null || !isSlowed(forecast, waitAtMost) || now >= since + slowAtMostMs) return null;
  return Math.min(now + Math.max(forecast.waitMs - limitMs, slowAtLeastMs), since + slowAtMostMs);
}

export function limitOf(waitAtMost: string | null): number | null {
  const read = waitAtMost === null ? null : readSpan(waitAtMost);
  return read ? plainMs(read) : null;
}

/** 'care has 14 tasks ahead for 2 people on shift, 20 min each: 140 min, and 120 min is what customers may wait'. */
export function saySlowed(team: string, { ahead, onShift, handlingMs, waitMs }: Forecast, waitAtMost: string): string {
  const minutes = (ms: number): string => `${String(Math.round(ms / minuteMs))} min`;
  const people = onShift === 1 ? '1 person' : `${String(onShift)} people`;
  return `Not yet: ${team} has ${String(ahead)} tasks ahead for ${people} on shift, ${minutes(handlingMs)} each: ${minutes(waitMs)}, and customers may wait ${waitAtMost}.`;
}
