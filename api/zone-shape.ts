/** What clocks show in a zone, as the API tells it. */
import { z } from 'zod';
import { instant } from './shapes.ts';

export const zoneShape = z
  .object({
    name: z.string(),
    rules: z.string().describe("The release of the IANA rules, such as '2026f'"),
    periods: z
      .array(z.object({ from: instant, offsetMinutes: z.number() }))
      .describe('From each of these instants on, clocks are so far east of UTC'),
  })
  .meta({ id: 'Zone' });
