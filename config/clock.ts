/** The only reader of the machine's clock. Everything below the mains is given `now`. */
import { virtualAt, type ClockSpec } from '../core/clock.ts';

export interface Clock {
  readonly spec: ClockSpec;
  /** Epoch milliseconds of the engine's time. */
  now(): number;
}

export const clockOf = (spec: ClockSpec): Clock => ({ spec, now: () => virtualAt(spec, Date.now()) });

/** The real clock. */
export const realClock: Clock = clockOf({ realAnchor: 0, virtualAnchor: 0, rate: 1 });
