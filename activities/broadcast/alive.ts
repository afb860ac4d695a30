import type { Clock } from '../../config/clock.ts';

/** While it is at work it says so in its row; the reconciler calls one that has said nothing for longer. Twice what a switched-off one sleeps. */
const aliveMs = 120_000;
export const aliveUntil = (clock: Clock): number => clock.now() + aliveMs * clock.spec.rate;
