/** What a customer agreed to, and what they were stopped for, as the API tells of it. */
import { z } from 'zod';
import { channel, instant, maybeInstant } from './shapes.ts';

export const consent = z
  .object({
    channel,
    purpose: z.string(),
    granted: z.boolean().describe('False: withdrawn'),
    source: z.string(),
    proof: z.string().nullable(),
    text: z.string().nullable().describe('The words that were agreed to'),
    givenBy: z.string().nullable().describe('Who said it, where that was not the customer'),
    givenAt: instant.describe('When it was said'),
    actor: z.string().describe('The API key that recorded it'),
    at: instant.describe('When it was written down'),
  })
  .meta({ id: 'Consent' });

export const where = channel.or(z.literal('all')).describe("A channel, or 'all'");
export const suppression = z
  .object({
    channel: where,
    reason: z.string(),
    source: z.string().nullable().describe("Where it was said: 'phone', 'reply'"),
    actor: z.string(),
    at: instant,
    liftedAt: maybeInstant,
    liftedBy: z.string().nullable(),
  })
  .meta({ id: 'Suppression' });
