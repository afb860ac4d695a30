/** A hold that was set by hand, as the API tells of it. */
import { z } from 'zod';
import { instant } from './shapes.ts';

export const hold = z
  .object({ until: instant, reason: z.string(), actor: z.string(), at: instant })
  .meta({ id: 'Hold' });
export const holdAnswer = z.object({ hold: hold.nullable() });
