/** What a customer asked of us, as the API tells of it. */
import { z } from 'zod';
import { channel, instant } from './shapes.ts';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "a time such as '09:00'");
export const openHours = z.strictObject({
  from: clock,
  to: clock,
  on: z.array(z.string().max(20)).min(1).max(7).optional().describe("Days such as 'Monday'; without it, every day"),
});
export const limits = z
  .object({
    less: z.object({ atMost: z.number(), in: z.string(), until: instant }).nullable(),
    pausedUntil: instant.nullable(),
    hours: z.array(openHours).nullable(),
    channels: z.array(channel).nullable(),
    means: z.object({ en: z.string(), de: z.string() }).describe('What it now means, to be told to the customer'),
    says: z.string().describe('The same in their own language, or in English'),
  })
  .meta({ id: 'OwnLimits' });
export const limitsWithHistory = limits.extend({
  history: z.array(z.object({ at: instant, actor: z.string(), source: z.string(), says: z.string() })),
});
