import { z } from 'zod';
import type { Io } from './io.ts';

export const flying = z.array(
  z.looseObject({
    touchId: z.string(),
    customerId: z.string(),
    channel: z.string().nullable(),
    at: z.string(),
    state: z.string(),
  }),
);

/** Whoever stops something wants to know what it was too late for. */
export function tellFlying(io: Io, all: z.infer<typeof flying>): void {
  if (all.length === 0) io.out('  nothing was on its way');
  for (const { touchId, customerId, channel, at, state } of all)
    io.out(`  on its way already, to ${customerId} by ${channel ?? 'no channel'} since ${at} (${state}): ${touchId}`);
}
