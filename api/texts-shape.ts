/** What a version of a journey says. */
import { z } from 'zod';

const text = z
  .object({
    template: z.string(),
    locale: z.string(),
    purpose: z.string(),
    channels: z.array(z.string()),
    body: z.string().describe('In Liquid'),
  })
  .meta({ id: 'JourneyText' });
export const texts = z.object({ items: z.array(text) });
