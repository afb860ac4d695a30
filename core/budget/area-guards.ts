import { mayBeIn, readArea } from './area.ts';
import type { Gates } from './row.ts';

/** An area that is under a guard: it holds for whoever is there now, and for whoever comes later, until it is lifted. */
export interface AreaGuard {
  readonly fact: string;
  readonly contradicts: readonly string[];
  readonly reviewAt: number;
  /** As they were said: 'DE:535'. */
  readonly areas: readonly string[];
}

/** Those of areas where they are or may be. */
export const guardsHere = <Guard extends Pick<AreaGuard, 'areas'>>(gates: Gates, all: readonly Guard[]): Guard[] =>
  all.filter(({ areas }) =>
    areas.some((said) => {
      const area = readArea(said);
      return area !== null && mayBeIn(area, gates);
    }),
  );

/** The customer's own guards, and those of the areas where they are or may be. */
export function underAreas(gates: Gates, all: readonly AreaGuard[]): Gates {
  const here = guardsHere(gates, all);
  if (here.length === 0) return gates;
  const added = here.map(({ fact, contradicts, reviewAt, areas }) => ({
    fact: `${fact} (${areas.join(', ')})`,
    contradicts,
    reviewAt,
  }));
  return { ...gates, guards: [...gates.guards, ...added] };
}
