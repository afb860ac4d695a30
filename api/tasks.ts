/** Tasks: customers who need a person. Who acts is named in the body; a key may act for a whole desk. */
import { z } from 'zod';
import { readPolicy } from '../core/budget/read-policy.ts';
import { latestDefinition } from '../store/definitions.ts';
import { deskOf } from '../store/desk.ts';
import { answerTask, type Answered } from '../store/tasks/answer.ts';
import type { TaskChanged } from '../store/tasks/change.ts';
import { claimTask } from '../store/tasks/claim.ts';
import { completeTask } from '../store/tasks/complete.ts';
import { getTask, type TaskWhole } from '../store/tasks/get.ts';
import { listTasks } from '../store/tasks/list.ts';
import { releaseTask } from '../store/tasks/release.ts';
import type { StoredTask } from '../store/tasks/row.ts';
import { snoozeTask } from '../store/tasks/snooze.ts';
import { page, readCursor } from './cursor.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import {
  agent,
  bodyRefusals,
  channel,
  customerId,
  instant,
  iso,
  line,
  maybeInstant,
  maybeIso,
  name,
  ourPath,
  pageOf,
  paging,
  refusals,
} from './shapes.ts';
import { tellPump } from './tell-pump.ts';

const states = ['open', 'claimed', 'snoozed', 'done'] as const;
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
const task = z.object(shape).meta({ id: 'Task' });
const whole = z
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

/** One open task for customer and team: what a claim says of the conversation holds for all of its reasons. */
export function tasks(app: Api, deps: ApiDeps): void {
  reading(app, deps);
  acting(app, deps);
  answering(app, deps);
}

function reading(app: Api, { db }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/tasks',
    schema: {
      tags: ['tasks'],
      summary: 'List tasks, oldest first',
      operationId: 'listTasks',
      querystring: z.strictObject({
        ...paging,
        team: name.optional().describe('The team that is asked now'),
        customerId: customerId.optional(),
        claimedBy: agent.optional(),
        state: z.enum(states).optional().describe('Without it, all that are not done'),
      }),
      response: { 200: pageOf(task), ...refusals(422) },
    },
    handler: async ({ query: { limit, after, ...filter } }) => {
      const cursor = readCursor(after, ['number']);
      const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
      const more = cursor === null ? {} : { after: { number: cursor[0] as number } };
      const rows = await listTasks(db, { ...given, ...more, limit: limit + 1 });
      return page(rows, limit, shown, (row) => [row.number]);
    },
  });
  app.route({
    method: 'GET',
    url: '/v1/tasks/:id',
    schema: {
      tags: ['tasks'],
      summary: 'Get a task with its reasons and what was done',
      operationId: 'getTask',
      params: ourPath,
      response: { 200: whole, ...refusals(404) },
    },
    handler: async ({ params: { id } }) => {
      const found = await getTask(db, id);
      if (found === null) throw none(id);
      return shownWhole(found);
    },
  });
}

/** Each is one compare-and-set on the row: it works while no worker runs. */
function acting(app: Api, deps: ApiDeps): void {
  const { db, now, defaultTeam } = deps;
  const by = { agent };
  const operations = {
    claim: {
      summary: 'Claim a task: from now on this person has the conversation',
      body: z.strictObject(by),
      act: async (id: string, body: { agent: string }) => {
        const [desk, policy] = await Promise.all([deskOf(db, defaultTeam), latestDefinition(db, 'policy')]);
        const team = (await getTask(db, id))?.askedTeam ?? defaultTeam;
        const holdUntil = desk.addSpan(team, now(), policy?.data.holdAtMost ?? '2 days');
        return claimTask(db, { id, by: body.agent, now: now(), holdUntil, addSpan: desk.addSpan });
      },
    },
    release: {
      summary: 'Give a task back to its team',
      body: z.strictObject(by),
      act: async (id: string, body: { agent: string }) =>
        releaseTask(db, { id, by: body.agent, now: now(), addSpan: (await deskOf(db, defaultTeam)).addSpan }),
    },
    snooze: {
      summary: 'Put a task aside until an instant; a message of the customer wakes it before',
      body: z.strictObject({ ...by, until: instant }),
      act: (id: string, body: { agent: string; until: string }) =>
        snoozeTask(db, { id, by: body.agent, now: now(), until: Date.parse(body.until) }),
    },
    complete: {
      summary: 'Finish a task with one of its outcomes',
      body: z.strictObject({ ...by, outcome: line(100) }),
      act: (id: string, body: { agent: string; outcome: string }) =>
        completeTask(db, { id, by: body.agent, now: now(), outcome: body.outcome }),
    },
  };
  for (const [what, { summary, body, act }] of Object.entries(operations))
    app.route({
      method: 'POST',
      url: `/v1/tasks/:id/${what}`,
      schema: {
        tags: ['tasks'],
        summary,
        operationId: `${what}Task`,
        params: ourPath,
        body,
        response: { 200: task, ...refusals(404, 409, 422, ...bodyRefusals) },
      },
      handler: async ({ params: { id }, body: given }) => {
        // People say T-12, rows are found by their id.
        const own = (await getTask(db, id))?.id ?? id;
        // Each operation reads the body that its own schema has just let through.
        const changed = await (act as (id: string, body: unknown) => Promise<TaskChanged>)(own, given);
        const after = changedOr(id, changed);
        await tellPump(db, app.log);
        return shown(after);
      },
    });
}

function answering(app: Api, { db, now, defaultTeam }: ApiDeps): void {
  app.route({
    method: 'POST',
    url: '/v1/tasks/:id/answer',
    schema: {
      tags: ['tasks'],
      summary: 'Write to the customer, on the channel they wrote on',
      description:
        'It is counted like any touch and never blocked: what would have stopped a machine comes back as warnings. The same idempotency key again is one answer.',
      operationId: 'answerTask',
      params: ourPath,
      headers: z.object({
        'idempotency-key': z
          .string()
          .regex(/^[A-Za-z0-9_-]{1,100}$/, '1 to 100 letters, digits, - and _')
          .describe('Yours, one for each answer'),
      }),
      body: z.strictObject({
        agent,
        text: z.string().min(1).max(20_000).regex(/\S/, 'a text'),
        subject: line(200).optional().describe('Of an e-mail; without it, it continues theirs'),
      }),
      response: {
        202: z.object({
          task,
          touchId: z.string(),
          channel,
          warnings: z.array(z.object({ gate: z.string(), rule: z.string() })),
        }),
        ...refusals(404, 409, 422, ...bodyRefusals),
      },
    },
    handler: async ({ params: { id }, headers, body }, reply) => {
      const policy = await latestDefinition(db, 'policy');
      if (!policy)
        throw new Problem('not-possible-now', 'Nothing is published yet: there is no policy to count this by.');
      const { addSpan } = await deskOf(db, defaultTeam);
      const answered = await answerTask(db, {
        id: (await getTask(db, id))?.id ?? id,
        by: body.agent,
        now: now(),
        key: headers['idempotency-key'],
        text: body.text,
        ...(body.subject === undefined ? {} : { subject: body.subject }),
        policy: readPolicy(policy.data, policy.number),
        addSpan,
      });
      const after = changedOr(id, answered);
      await tellPump(db, app.log);
      const { touchId, channel: by, warnings } = answered as Extract<Answered, { touchId: string }>; // What is refused was thrown.
      return reply.code(202).send({ task: shown(after), touchId, channel: by, warnings: [...warnings] });
    },
  });
}

function changedOr(id: string, changed: TaskChanged | Answered): StoredTask {
  if (!('refused' in changed)) return changed.task;
  if (changed.refused === 'unknown-task') throw none(id);
  if (changed.refused === 'unknown-outcome' || changed.refused === 'not-later') {
    const field = changed.refused === 'unknown-outcome' ? 'outcome' : 'until';
    const expected = field === 'outcome' ? 'an outcome that a reason of this task offers' : 'an instant later than now';
    throw new Problem('unknown-name', `${changed.because}.`, [{ field, expected, mend: `${changed.because}.` }]);
  }
  throw new Problem(changed.refused === 'other-text' ? 'different-body' : 'not-possible-now', `${changed.because}.`);
}
const none = (id: string): Problem => new Problem('not-found', `There is no task '${id}'.`);

const shown = (stored: StoredTask): z.output<typeof task> => ({
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
const shownWhole = (stored: TaskWhole): z.output<typeof whole> => ({
  ...shown(stored),
  reasons: stored.reasons.map(({ id, because, journey, step, outcomes, answered, at, dueAt }) => ({
    ...{ id, because, journey, step, answered },
    outcomes: [...outcomes],
    at: iso(at),
    dueAt: iso(dueAt),
  })),
  log: stored.log.map(({ at, actor, action }) => ({ at: iso(at), actor, action })),
});
