/** A task as the API tells of it. */
import { z } from 'zod';
import { dueOf } from '../core/task/task.ts';
import type { TaskWhole } from '../store/tasks/get.ts';
import { sayReasons } from '../core/routing/say-reasons.ts';
import type { StoredTask } from '../store/tasks/row.ts';
import { Problem } from './problems.ts';
import { instant, iso, maybeInstant, maybeIso } from './shapes.ts';

export const states = ['open', 'claimed', 'snoozed', 'done'] as const;
export const suggestion = z
  .object({ agent: z.string(), because: z.array(z.string()).describe('The top reasons, the weightiest first') })
  .nullable()
  .describe('While it is open: whom of those on shift it fits best. Null: nobody, or it is held out to measure by');
const shape = {
  id: z.string(),
  number: z.number().int().describe('What people call it: T-12'),
  customerId: z.string(),
  team: z.string(),
  state: z.enum(states),
  askedTeam: z.string().describe('The team that is asked now: its own, or one of the ladder'),
  askedPerson: z
    .string()
    .nullable()
    .describe('The person who is asked now by name, on a rung of the ladder that names one'),
  rung: z.number().int().describe('How far it has climbed its ladder'),
  claimedBy: z
    .string()
    .nullable()
    .describe('While claimed: who has it. While snoozed: whom it goes back to. Done: who had it last'),
  claimedAt: maybeInstant,
  outcome: z.string().nullable().describe("What came of it; 'merged' if its reasons stand with another task now"),
  mergedInto: z.string().nullable().describe('The id of the task that has its reasons now'),
  dueAt: maybeInstant.describe(
    'By when the customer is to be looked after: claimed, answered, or woken; null only when it is done',
  ),
  deadlineAt: maybeInstant.describe('When somebody must look at it next; null only when it is done'),
  createdAt: instant,
  doneAt: maybeInstant,
  suggested: suggestion,
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
    log: z
      .array(
        z.object({
          number: z.number().int().describe('The task it was written for: this one, or one that was merged into it'),
          at: instant,
          actor: z.string().describe("The person who acted, 'customer' or 'engine'"),
          action: z.string(),
          why: z.string().nullable().describe('In the words of whoever acted'),
          note: z.record(z.string(), z.unknown()).describe('What belongs to the action: from, to, until, outcome …'),
        }),
      )
      .describe('All that was done with it, oldest first: never changed, never taken away'),
  })
  .meta({ id: 'TaskWhole' });

export const none = (id: string): Problem => new Problem('not-found', `There is no task '${id}'.`);

export const shownSuggestion = (it: StoredTask['suggested']): z.output<typeof suggestion> =>
  it && { agent: it.agent, because: sayReasons(it.agent, it.reasons) };

export const shown = (stored: StoredTask): z.output<typeof task> => ({
  id: stored.id,
  number: stored.number,
  customerId: stored.customerId,
  team: stored.team,
  state: stored.state,
  askedTeam: stored.askedTeam,
  askedPerson: stored.askedPerson,
  rung: stored.rung,
  claimedBy: stored.claimedBy,
  claimedAt: maybeIso(stored.claimedAt),
  outcome: stored.outcome,
  mergedInto: stored.mergedInto,
  dueAt: maybeIso(dueOf(stored)),
  deadlineAt: maybeIso(stored.deadlineAt),
  createdAt: iso(stored.createdAt),
  doneAt: maybeIso(stored.doneAt),
  suggested: shownSuggestion(stored.suggested),
});
export const shownWhole = (stored: TaskWhole): z.output<typeof whole> => ({
  ...shown(stored),
  reasons: stored.reasons.map(({ id, because, journey, step, outcomes, answered, at, dueAt }) => ({
    ...{ id, because, journey, step, answered },
    outcomes: [...outcomes],
    at: iso(at),
    dueAt: iso(dueAt),
  })),
  log: stored.log.map(({ at, note: { why, ...note }, ...line }) => ({
    ...line,
    at: iso(at),
    why: typeof why === 'string' ? why : null,
    note,
  })),
});
