/** What each thing that happens to a customer makes of their gates. */
import type { Channel } from '../journey/channels.ts';
import type { Gates, OwnLimits } from './row.ts';

/** Who wrote to us may be answered on that channel for this long. */
const inboundOpenMs = 14 * 86_400_000;

export const wroteBy = (gates: Gates, channel: Channel, now: number): Gates => ({
  ...gates,
  inboundOpen: [
    ...gates.inboundOpen.filter((open) => open.channel !== channel && open.until > now),
    { channel, until: now + inboundOpenMs },
  ],
});

/** STOP ends what their writing had opened. */
export const suppressed = (gates: Gates, suppression: Gates['suppressions'][number]): Gates => ({
  ...gates,
  suppressions: [...gates.suppressions.filter((s) => s.channel !== suppression.channel), suppression],
  inboundOpen: gates.inboundOpen.filter((o) => suppression.channel !== 'all' && o.channel !== suppression.channel),
});

/** Given or withdrawn: the last word on a channel and purpose holds. */
export const consented = (gates: Gates, consent: Gates['consents'][number]): Gates => ({
  ...gates,
  consents: [...gates.consents.filter((c) => c.channel !== consent.channel || c.purpose !== consent.purpose), consent],
});

/** The newest check of an assumption counts. */
export const checked = (gates: Gates, check: NonNullable<Gates['checks']>[number]): Gates => ({
  ...gates,
  checks: [...(gates.checks ?? []).filter(({ assumption }) => assumption !== check.assumption), check],
});

/** Null: it is over. */
export function heldBy({ held: _, ...gates }: Gates, held: Gates['held'] | null): Gates {
  return held ? { ...gates, held } : gates;
}

/** A journey that one of our people stopped for them; null: no longer. */
export function stoppedFor(
  { stopped = [], ...gates }: Gates,
  journey: string,
  stop: Omit<NonNullable<Gates['stopped']>[number], 'journey'> | null,
): Gates {
  const others = stopped.filter((one) => one.journey !== journey);
  const left = stop === null ? others : [...others, { journey, ...stop }];
  return left.length === 0 ? gates : { ...gates, stopped: left };
}

/** What they asked for and is over is forgotten; null: they ask for nothing. */
export function withOwn(gates: Gates, own: OwnLimits | null, now: number): Gates {
  const { less, pausedUntil, hours, channels } = own ?? {};
  const left: OwnLimits = {
    ...(less && less.until > now ? { less } : {}),
    ...(pausedUntil !== undefined && pausedUntil > now ? { pausedUntil } : {}),
    ...(hours ? { hours } : {}),
    ...(channels ? { channels } : {}),
  };
  return { ...gates, own: Object.keys(left).length === 0 ? null : left };
}

/** A hold of another task stays. */
export const unheld = (gates: Gates, taskId: string): Gates =>
  gates.hold?.taskId === taskId ? { ...gates, hold: null } : gates;
