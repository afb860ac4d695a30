/**
 * Customers' dates come from other systems, in which '0001-01-01' stands for "not known" and '9999-12-31' for "never". No database or timer
 * takes every instant that such a date means, so what is stored or slept until lies within these.
 */
import { dayMs } from './zone.ts';

const earliest = 0;
const latest = Date.UTC(9999, 0, 1);
const longestMs = 100 * 365 * dayMs;

/** From 1970 until 9999: every database keeps it. */
export const isStorable = (at: number): boolean => earliest <= at && at < latest;

/** The instant itself, or the nearest one that can be waited for: not before 1970, and not longer than a hundred years. */
export const withinReach = (at: number, from: number): number =>
  Math.max(earliest, Math.min(at, latest - 1, from + longestMs));
