import type { Asked, Shut } from './asked.ts';
import { timedGates } from './gates.ts';
import { spacingOpenFrom } from './rules/spacing.ts';
import { windowsOpenFrom } from './rules/windows.ts';
import type { GateName } from './decision.ts';

export interface Earliest {
  readonly at: number | 'never';
  /** The first gate in the fixed order that is closed at the beginning. */
  readonly because: GateName;
  readonly shut: Shut;
  readonly heldLastBy: GateName;
}

/**
 * The earliest instant from `from` on at which every gate that opens by itself is open; null if that is `from`. Each gate
 * names the first instant at which it is open, so moving on to it passes none at which all of them are.
 */
export function earliest(asked: Asked, from: number): Earliest | null {
  let at = from;
  let found: Earliest | null = null;
  for (let moved = true; moved;) {
    moved = false;
    for (const [name, gate] of timedGates) {
      const shut = gate(asked, at);
      if (!shut) continue;
      // That it never opens is what matters, whatever else was closed before it.
      if (shut.opensAt === 'never') return { at: 'never', because: name, shut, heldLastBy: name };
      at = shut.opensAt;
      const held: Earliest = { because: name, shut, ...found, at, heldLastBy: name };
      found = held;
      moved = true;
    }
  }
  return found;
}

type OpenFrom = (asked: Asked, at: number) => number;
const openings: readonly OpenFrom[] = timedGates.map(([name, gate]): OpenFrom => {
  if (name === 'windows') return windowsOpenFrom;
  if (name === 'spacing') return spacingOpenFrom;
  return (asked, at) => {
    const shut = gate(asked, at);
    return shut === null ? at : shut.opensAt === 'never' ? Infinity : shut.opensAt;
  };
});

/** The same instant without its reasons; Infinity: never. Whoever plans for many asks for nothing else. */
export function openFrom(asked: Asked, from: number): number {
  let at = from;
  for (let moved = true; moved;) {
    moved = false;
    for (const opening of openings) {
      const opensAt = opening(asked, at);
      if (opensAt === at) continue;
      if (opensAt === Infinity) return Infinity;
      at = opensAt;
      moved = true;
    }
  }
  return at;
}
