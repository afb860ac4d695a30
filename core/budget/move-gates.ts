/** What each thing that happens to a customer makes of their gates. */
import type { Channel } from '../journey/channels.ts';
import type { Gates } from './types.ts';

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

/** A hold of another task stays. */
export const unheld = (gates: Gates, taskId: string): Gates =>
  gates.hold?.taskId === taskId ? { ...gates, hold: null } : gates;
