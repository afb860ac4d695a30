/** What an agent is about to write: where it would go, what it would cost, and what they should know before. Nothing is written. */
import { z } from 'zod';
import { countSegments } from '../channels/segments.ts';
import { readPolicy } from '../core/budget/read-policy.ts';
import { weighHuman } from '../store/budget/weigh-human.ts';
import { getCustomer } from '../store/customers.ts';
import { latestDefinition } from '../store/definitions.ts';
import { subjectToContinue } from '../store/tasks/answer.ts';
import { getTask } from '../store/tasks/get.ts';
import { waysTo } from '../store/tasks/ways-to.ts';
import { mayRead } from './confidential.ts';
import type { Api, ApiDeps } from './deps.ts';
import { preview } from './preview-shape.ts';
import { Problem } from './problems.ts';
import { bodyRefusals, channel, ourPath, refusals } from './shapes.ts';
import { none } from './task-shape.ts';

export function answerPreview(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'POST',
    url: '/v1/tasks/:id/answer/preview',
    schema: {
      tags: ['tasks'],
      summary: 'What an answer would cost, where it would go and what to know before; nothing is written',
      operationId: 'previewAnswer',
      params: ourPath,
      body: z.strictObject({ channel: channel.optional(), text: z.string().max(20_000).default('') }),
      response: { 200: preview, ...refusals(404, 409, ...bodyRefusals) },
    },
    handler: async (request) => {
      const { id } = request.params;
      const { text, channel: wanted } = request.body;
      const task = await getTask(db, id);
      const customer = task && (await getCustomer(db, task.customerId));
      if (!task || !customer) throw none(id);
      const policy = await latestDefinition(db, 'policy');
      if (!policy)
        throw new Problem('not-possible-now', 'Nothing is published yet: there is no policy to count this by.');
      const ways = waysTo(customer);
      const way = wanted === undefined ? ways[0] : ways.find((one) => one.channel === wanted);
      if (!way)
        throw new Problem(
          'not-possible-now',
          `There is no way to write to '${customer.id}' by ${wanted ?? 'anything'}.`,
        );
      const weighed = await weighHuman(
        db,
        {
          touchId: `${task.id}/preview`,
          customerId: customer.id,
          ...way,
          purpose: 'service',
          ...(customer.wroteAt === null ? {} : { answersInboundAt: customer.wroteAt }),
          about: { taskId: task.id },
        },
        readPolicy(policy.data, policy.number),
        now(),
      );
      // What it continues is what they wrote.
      const isShown = way.channel === 'email' && (await mayRead(db, request, customer.id, now()));
      return {
        ways: ways.map((one) => ({ ...one })),
        ...way,
        subject: isShown ? await subjectToContinue(db, customer.id) : null,
        segments: way.channel === 'sms' ? countSegments(text).segments : null,
        cost: weighed.cost,
        counts: weighed.counters.map(({ window, used, atMost, span }) => ({ window, used, atMost, span })),
        warnings: weighed.warnings.map((one) => ({ ...one })),
      };
    },
  });
}
