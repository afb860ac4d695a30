/** Customers that were looked for, as the API tells of them. */
import { z } from 'zod';
import { maybeInstant } from './shapes.ts';

export const found = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string().describe('What people call them, as far as the record tells; else their id'),
      zone: z.string().nullable(),
      by: z
        .enum(['id', 'address', 'record', 'said'])
        .describe('Why they are among those found: the surest of all that is so'),
      address: z.string().nullable().describe('The one that was looked for, or their first one'),
      wroteAt: maybeInstant.describe('When they wrote last'),
      task: z.number().int().nullable().describe('The number of a task that is not done: T-12'),
    }),
  ),
});
