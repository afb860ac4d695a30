/** What is done with a task. Each is one compare-and-set on the row: it works while no worker runs. */
import { z } from 'zod';
import { readPolicy } from '../core/budget/read-policy.ts';
import { latestDefinition } from '../store/definitions.ts';
import { deskOf } from '../store/desk.ts';
import { answerTask, type Answered } from '../store/tasks/answer.ts';
import type { TaskChanged } from '../store/tasks/change.ts';
import { claimTask } from '../store/tasks/claim.ts';
import { completeTask } from '../store/tasks/complete.ts';
import { getTask } from '../store/tasks/get.ts';
import { releaseTask } from '../store/tasks/release.ts';
import type { StoredTask } from '../store/tasks/row.ts';
import { snoozeTask } from '../store/tasks/snooze.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { agent, bodyRefusals, channel, instant, line, ourPath, refusals } from './shapes.ts';
import { none, shown, task } from './task-shape.ts';
import { tellPump } from './tell-pump.ts';

export function acting(app: Api, deps: ApiDeps): void {
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

export function answering(app: Api, { db, now, defaultTeam }: ApiDeps): void {
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
