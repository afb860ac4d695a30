/** What is on its way when something is stopped: nothing can call it back, so whoever stops it is told. */
import { z } from 'zod';
import type { InFlight } from '../store/budget/in-flight.ts';
import { instant, iso } from './shapes.ts';

export const flying = z
  .array(
    z.object({
      touchId: z.string(),
      customerId: z.string(),
      journey: z.string().nullable(),
      channel: z.string().nullable(),
      at: instant.describe('When it left us'),
      state: z.enum(['sending', 'unknown']).describe("'sending': with the provider; 'unknown': it may have arrived"),
    }),
  )
  .meta({ id: 'InFlight' })
  .describe('What was on its way already, at most 1,000: it cannot be called back');

export const shownFlying = (all: readonly InFlight[]): z.output<typeof flying> =>
  all.map((one) => ({ ...one, at: iso(one.at) }));
