/** A customer's journeys, as the API tells of them. */
import { z } from 'zod';
import { instant, maybeInstant } from './shapes.ts';

export const theirJourneys = z.object({
  items: z.array(
    z.object({
      journey: z.string(),
      story: z.string().nullable().describe('What it is, in the words of whoever designed it'),
      runs: z.array(
        z.object({
          id: z.string(),
          version: z.number().int(),
          step: z.string().nullable(),
          waitingFor: z.string().nullable(),
          wakeAt: maybeInstant,
          startedAt: instant,
        }),
      ),
      stop: z
        .object({
          until: maybeInstant.describe('Null: for good, until somebody lifts it'),
          reason: z.string(),
          actor: z.string(),
          at: instant,
        })
        .nullable(),
    }),
  ),
});
