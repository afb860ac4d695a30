/** Whoever is asked about: the records that were found to be theirs, and what our own people have stopped. */
import type { AreaGuard } from '../../../../core/budget/area-guards.ts';
import type { Gates, Killed, OwnLimits, RecentTouch, SharedRow, WaitingTouch } from '../../../../core/budget/row.ts';
import { spans } from './spans.ts';

export interface Person {
  /** One, or those that were merged; the kept one first. */
  readonly records: readonly Gates[];
  readonly recent: readonly RecentTouch[];
  readonly waiting: readonly WaitingTouch[];
  readonly shared?: readonly SharedRow[];
}
export interface Stopped {
  readonly killed: Killed;
  readonly areaGuards: readonly AreaGuard[];
}
export const nothingStopped: Stopped = { killed: [], areaGuards: [] };

/** What one record knows settles what another only guesses; where two know different things, they may be at either. */
export function zonesOf({ records }: Person): readonly string[] {
  const known = records.flatMap(({ zone }) => zone ?? []);
  return known.length > 0 ? known : records.flatMap(({ zonesPlausible }) => zonesPlausible);
}
/** Where a record says less than the area does, doubt counts as being there. */
export function mayBeIn(area: string, { records }: Person): boolean {
  const [where = '', postal = ''] = area.split(':');
  const [country, region] = where.split('-');
  const known = records.flatMap(({ place }) => place ?? []);
  const guessed = records
    .flatMap(({ jurisdictions }) => jurisdictions ?? [])
    .map((law) => ({ country: law.split('-')[0], region: law.split('-')[1], postal: undefined }));
  return (known.length > 0 ? known : guessed).some(
    (at) =>
      at.country === country &&
      (region === undefined || at.region === undefined || at.region === region) &&
      (at.postal === undefined || at.postal.startsWith(postal)),
  );
}

/** Of two wishes for less: the smaller number in the longer span, for the longer time. */
export function lessOf({ records }: Person): OwnLimits['less'] {
  const all = records.flatMap(({ own }) => own?.less ?? []);
  const longest = (a: string, b: string): string => ((spans[a] ?? 0) >= (spans[b] ?? 0) ? a : b);
  return all.length === 0
    ? undefined
    : {
        atMost: Math.min(...all.map(({ atMost }) => atMost)),
        in: all.map((less) => less.in).reduce(longest),
        until: Math.max(...all.map(({ until }) => until)),
      };
}
