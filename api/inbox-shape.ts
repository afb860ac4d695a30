/** A task as the inbox shows it. */
import { z } from 'zod';
import { states, suggestion } from './task-shape.ts';
import { channel, instant, pageOf } from './shapes.ts';

export const inboxTask = z
  .object({
    id: z.string(),
    number: z.number().int().describe('What people call it: T-12'),
    customer: z.object({ id: z.string(), name: z.string(), zone: z.string().nullable() }),
    team: z.string(),
    askedTeam: z.string().describe('The team that is asked now'),
    state: z.enum(states),
    rung: z.number().int(),
    claimedBy: z.string().nullable(),
    dueAt: instant,
    createdAt: instant,
    because: z.string().nullable().describe('The newest of its reasons'),
    reasons: z.number().int(),
    last: z
      .object({
        direction: z.enum(['in', 'out']),
        channel,
        author: z.string(),
        says: z.string().describe('The beginning of it'),
        at: instant,
      })
      .nullable()
      .describe('What was said last, by them or by us'),
    isConfidential: z.boolean().describe('What was said is for its people, and says nothing in any list'),
    why: z
      .enum(['waits-for-you', 'overdue', 'climbed', 'due', 'in-hand', 'asleep', 'done'])
      .describe('Why it stands where it does'),
    suggested: suggestion,
    whyAt: instant.describe('Since when they wait or it is overdue; else when it is due or wakes'),
  })
  .meta({ id: 'InboxTask' });

export const inboxPage = pageOf(inboxTask).extend({
  counts: z
    .object({
      next: z.number().int(),
      mine: z.number().int(),
      team: z.number().int(),
      climbing: z.number().int(),
      snoozed: z.number().int(),
    })
    .nullable()
    .describe('How many there are in each view; null but for the first page'),
  now: instant.describe("The engine's clock"),
});
