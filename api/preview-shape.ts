/** What an answer would look like and cost, as the API tells of it. */
import { z } from 'zod';
import { channel } from './shapes.ts';
import { warning } from './warning-shape.ts';

export const preview = z
  .object({
    ways: z.array(z.object({ channel, address: z.string() })).describe('All ways to write to them, the best first'),
    channel,
    address: z.string(),
    subject: z.string().nullable().describe('Of an e-mail; null also where what was said is confidential'),
    segments: z.number().int().nullable().describe('How many messages a text is on its way; null: it is no text'),
    cost: z.number().describe('In the budget; 0: it is a turn of a conversation that goes on'),
    counts: z
      .array(z.object({ window: z.string(), used: z.number(), atMost: z.number(), span: z.string() }))
      .describe('Where it would count, and what is used there without it'),
    warnings: z.array(warning).describe('What would have stopped a machine: it wants a reason'),
  })
  .meta({ id: 'AnswerPreview' });
