/** A reminder, as the API tells of it. */
import { z } from 'zod';
import { instant } from './shapes.ts';

export const followUp = z
  .object({
    id: z.string(),
    team: z.string().describe('Who is told'),
    about: z.string(),
    actor: z.string().nullable().describe('The person who set it; null: a journey did'),
    dueAt: instant,
    madeAt: instant,
  })
  .meta({ id: 'FollowUp' });
export const followUps = z.object({ items: z.array(followUp) });
