/** Instants of the engine's own clock, which in a demo runs faster than the one on the wall. All in epoch milliseconds. */

/** `virtualAnchor + (real − realAnchor) × rate`. Rate 1 with equal anchors is the real clock. */
export interface ClockSpec {
  readonly realAnchor: number;
  readonly virtualAnchor: number;
  readonly rate: number;
}

export const virtualAt = (spec: ClockSpec, realMs: number): number =>
  Math.round(spec.virtualAnchor + (realMs - spec.realAnchor) * spec.rate);

/** How long a timer must really run so that this much of the engine's time passes; never negative. */
export const realMsOf = (spec: ClockSpec, virtualMs: number): number => Math.max(0, Math.ceil(virtualMs / spec.rate));

/** The real instant at which the engine's clock shows this. */
export const realAt = (spec: ClockSpec, virtualMs: number): number =>
  Math.round(spec.realAnchor + (virtualMs - spec.virtualAnchor) / spec.rate);
