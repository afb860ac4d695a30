/** A journey's version, as the API tells of it. */
import { z } from 'zod';
import { instant, maybeInstant } from './shapes.ts';

export const listed = z
  .object({
    name: z.string(),
    version: z.number().int(),
    hash: z.string().describe('SHA-256 of its canonical JSON'),
    story: z.string().nullable(),
    publishedAt: instant,
    publishedBy: z.string(),
    sameAs: z.number().int().nullable().describe('The version that this one brought back'),
    retiredAt: maybeInstant,
  })
  .meta({ id: 'JourneyVersion' });
export const whole = listed
  .extend({
    definition: z.looseObject({}).describe('The flat table of steps'),
    wordsHash: z.string(),
    policyHash: z.string(),
    templatesHash: z.string(),
  })
  .meta({ id: 'Journey' });
