/** What a customer told us already, and what we promised them, as the API tells of it. */
import { z } from 'zod';
import { scalar } from './customer-shape.ts';
import { instant, maybeInstant } from './shapes.ts';

export const given = z.object({
  items: z.array(
    z.discriminatedUnion('is', [
      z.object({
        is: z.literal('fact'),
        at: instant,
        event: z.string(),
        facts: z.record(z.string(), scalar),
      }),
      z.object({
        is: z.literal('answer'),
        at: instant,
        journey: z.string(),
        step: z.string().nullable(),
        asked: z.string().nullable().describe('The words they were asked with'),
        answer: z.string(),
      }),
    ]),
  ),
});
export const promises = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      step: z.string(),
      team: z.string(),
      state: z.enum(['open', 'kept', 'broken', 'obsolete']),
      dueAt: instant,
      renewed: z.number().int().describe('How often they were told that it takes longer'),
      madeAt: instant,
      settledAt: maybeInstant,
    }),
  ),
});
