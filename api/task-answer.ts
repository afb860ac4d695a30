/** What an agent writes to the customer. */
import { z } from 'zod';
import { readPolicy } from '../core/budget/read-policy.ts';
import { latestDefinition } from '../store/definitions.ts';
import { deskOf } from '../store/desk.ts';
import { answerTask, type Answered } from '../store/tasks/answer.ts';
import { getTask } from '../store/tasks/get.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { agent, bodyRefusals, channel, line, ourPath, ownKey, refusals } from './shapes.ts';
import { changedOr } from './task-refused.ts';
import { shown, task } from './task-shape.ts';
import { warning } from './warning-shape.ts';
import { tellPump } from './tell-pump.ts';

export function answering(app: Api, { db, now, defaultTeam }: ApiDeps): void {
  app.route({
    method: 'POST',
    url: '/v1/tasks/:id/answer',
    schema: {
      tags: ['tasks'],
      summary: 'Write to the customer, on the channel they wrote on or another that leads to them',
      description:
        'It is counted like any touch and never blocked, only warned about: where something would have stopped a machine and there is no `why`, nothing is sent and the warnings are told; the same again with a `why` goes out, and designers read it. The same idempotency key again is one answer.',
      operationId: 'answerTask',
      params: ourPath,
      headers: z.object({ 'idempotency-key': ownKey }),
      body: z.strictObject({
        agent,
        text: z.string().min(1).max(20_000).regex(/\S/, 'a text'),
        subject: line(200).optional().describe('Of an e-mail; without it, it continues theirs'),
        channel: channel.optional().describe('Without it, where they wrote'),
        why: line(500).optional().describe('Why they go on although they were warned'),
      }),
      response: {
        200: z.object({ sent: z.literal(false), warnings: z.array(warning) }),
        202: z.object({
          sent: z.literal(true),
          task,
          touchId: z.string(),
          channel,
          warnings: z.array(warning),
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
        ...(body.channel === undefined ? {} : { channel: body.channel }),
        ...(body.why === undefined ? {} : { why: body.why }),
        policy: readPolicy(policy.data, policy.number),
        addSpan,
      });
      if ('is' in answered) return reply.code(200).send({ sent: false, warnings: [...answered.warnings] });
      const after = changedOr(id, answered);
      await tellPump(db, app.log);
      const { touchId, channel: by, warnings } = answered as Extract<Answered, { touchId: string }>; // What is refused was thrown.
      return reply.code(202).send({ sent: true, task: shown(after), touchId, channel: by, warnings: [...warnings] });
    },
  });
}
