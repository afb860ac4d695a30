/** A confidential conversation, as the API tells of it. */
import { z } from 'zod';
import { instant } from './shapes.ts';

export const confidenceAnswer = z.object({
  confidence: z
    .object({
      reason: z.string(),
      actor: z.string(),
      at: instant,
      people: z.array(z.object({ agent: z.string(), letInBy: z.string(), reason: z.string(), at: instant })),
    })
    .nullable()
    .describe('Null: whoever reads conversations may read this one'),
});
export const reading = z
  .object({
    reader: z.string(),
    wasLet: z.boolean().describe('False: they tried, and read nothing'),
    at: instant,
    until: instant.describe('The last of these looks in a row'),
    times: z.number().int(),
  })
  .meta({ id: 'Reading' });
