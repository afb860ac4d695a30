/** The names that people at the desk choose from, as the API tells them. */
import { z } from 'zod';

export const deskWords = z.object({
  teams: z.array(z.string()),
  guards: z
    .array(z.object({ fact: z.string(), contradicts: z.array(z.string()) }))
    .describe('What may be known of a situation, and what templates may not assume then'),
});
