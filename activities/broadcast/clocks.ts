/** A broadcast begins at a time of each customer's own clock: zone by zone, the earliest first. */
import { isZone } from '../../core/calendar/zone.ts';
import { instantIn, wallOf } from '../../store/audiences/plan.ts';

export interface Pass {
  readonly at: number;
  /** Null: whoever has none. */
  readonly zones: readonly (string | null)[];
}

/** In order of time. Without a zone, or with one that nobody knows, it is the clock of the journey's team that counts. */
export function passesOf(at: string, zones: readonly (string | null)[], teamZone: string): readonly Pass[] {
  const wall = wallOf(at);
  if (wall === null) throw new Error(`A broadcast begins at '${at}', which is no time; publishing refuses it`);
  const passes = new Map<number, (string | null)[]>();
  for (const zone of zones) {
    const instant = instantIn(zone !== null && isZone(zone) ? zone : teamZone, wall);
    passes.set(instant, [...(passes.get(instant) ?? []), zone]);
  }
  return [...passes].map(([instant, its]) => ({ at: instant, zones: its })).sort((a, b) => a.at - b.at);
}
