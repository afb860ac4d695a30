/** Tasks: customers who need a person. Who acts is named in the body; a key may act for a whole desk. */
import { z } from 'zod';
import { getTask } from '../store/tasks/get.ts';
import { listTasks } from '../store/tasks/list.ts';
import { page, readCursor } from './cursor.ts';
import type { Api, ApiDeps } from './deps.ts';
import { tasksSeenBy } from './own-objects.ts';
import { agent, customerId, name, ourPath, pageOf, paging, refusals } from './shapes.ts';
import { acting } from './task-acts.ts';
import { answering } from './task-answer.ts';
import { none, shown, shownWhole, states, task, whole } from './task-shape.ts';

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
    handler: async ({ caller, query: { limit, after, ...filter } }) => {
      const cursor = readCursor(after, ['number']);
      const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
      const more = cursor === null ? {} : { after: { number: cursor[0] as number } };
      const seenBy = tasksSeenBy(caller);
      const seen = seenBy === null ? {} : { seenBy };
      const rows = await listTasks(db, { ...given, ...more, ...seen, limit: limit + 1 });
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
