/** What was said, as the API tells of it. */
import { z } from 'zod';
import { channel, instant } from './shapes.ts';

export const message = z
  .object({
    id: z.string(),
    direction: z.enum(['in', 'out']),
    kind: z
      .enum(['message', 'auto-reply', 'bounce', 'stop', 'note'])
      .describe("'note': what a person wrote down of a call; nobody was sent it"),
    channel,
    author: z.string().describe("'customer', 'tech', or the agent's name"),
    subject: z.string().nullable(),
    body: z.string(),
    touchId: z.string().nullable(),
    taskId: z.string().nullable(),
    enrolmentId: z.string().nullable(),
    at: instant,
  })
  .meta({ id: 'Message' });
