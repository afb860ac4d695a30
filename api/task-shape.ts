/** A task as the API tells of it. */
import { z } from 'zod';
import type { TaskWhole } from '../store/tasks/get.ts';
import type { StoredTask } from '../store/tasks/row.ts';
import { Problem } from './problems.ts';
import { instant, iso, maybeInstant, maybeIso } from './shapes.ts';

export const states = ['open', 'claimed', 'snoozed', 'done'] as const;
const shape = {
  id: z.string(),
  number: z.number().int().describe('What people call it: T-12'),
  customerId: z.string(),
  team: z.string(),
  state: z.enum(states),
  askedTeam: z.string().describe('The team that is asked now: its own, or one of the ladder'),
  rung: z.number().int().describe('How far it has climbed its ladder'),
  claimedBy: z.string().nullable(),
  claimedAt: maybeInstant,
  outcome: z.string().nullable(),
  deadlineAt: maybeInstant.describe('When somebody must look at it next; null only when it is done'),
  createdAt: instant,
  doneAt: maybeInstant,
};
export const task = z.object(shape).meta({ id: 'Task' });
export const whole = z
  .object({
    ...shape,
    reasons: z.array(
      z.object({
        id: z.string(),
        because: z.string(),
        journey: z.string().nullable(),
        step: z.string().nullable(),
        outcomes: z.array(z.string()),
        answered: z.string().nullable().describe('The outcome its enrolment was told'),
        at: instant,
        dueAt: instant,
      }),
    ),
    log: z.array(z.object({ at: instant, actor: z.string(), action: z.string() })),
  })
  .meta({ id: 'TaskWhole' });

export const none = (id: string): Problem => new Problem('not-found', `There is no task '${id}'.`);

export const shown = (stored: StoredTask): z.output<typeof task> => ({
  id: stored.id,
  number: stored.number,
  customerId: stored.customerId,
  team: stored.team,
  state: stored.state,
  askedTeam: stored.askedTeam,
  rung: stored.rung,
  claimedBy: stored.claimedBy,
  claimedAt: maybeIso(stored.claimedAt),
  outcome: stored.outcome,
  deadlineAt: maybeIso(stored.deadlineAt),
  createdAt: iso(stored.createdAt),
  doneAt: maybeIso(stored.doneAt),
});
export const shownWhole = (stored: TaskWhole): z.output<typeof whole> => ({
  ...shown(stored),
  reasons: stored.reasons.map(({ id, because, journey, step, outcomes, answered, at, dueAt }) => ({
    ...{ id, because, journey, step, answered },
    outcomes: [...outcomes],
    at: iso(at),
    dueAt: iso(dueAt),
  })),
  log: stored.log.map(({ at, actor, action }) => ({ at: iso(at), actor, action })),
});
