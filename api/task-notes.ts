/** What people leave for later readers: notes of calls, and reminders. */
import { z } from 'zod';
import { getCustomer } from '../store/customers.ts';
import { deskOf } from '../store/desk.ts';
import { followUpsOf, setFollowUp, takeBackFollowUp, type FollowUp } from '../store/notes/follow-up.ts';
import { getTask } from '../store/tasks/get.ts';
import { noteOnTask } from '../store/tasks/note.ts';
import type { Api, ApiDeps } from './deps.ts';
import { followUp, followUps } from './follow-up-shape.ts';
import { Problem } from './problems.ts';
import { agent, bodyRefusals, customerPath, instant, iso, line, ourPath, ownKey, refusals } from './shapes.ts';
import { changedOr } from './task-refused.ts';
import { none, shown, task } from './task-shape.ts';
import { tellPump } from './tell-pump.ts';
import { noCustomer, refuseUnknown } from './words-published.ts';

const keyed = z.object({ 'idempotency-key': ownKey });

export function notesOfPeople(app: Api, deps: ApiDeps): void {
  noting(app, deps);
  following(app, deps);
}

function noting(app: Api, { db, now, defaultTeam }: ApiDeps): void {
  app.route({
    method: 'POST',
    url: '/v1/tasks/:id/notes',
    schema: {
      tags: ['tasks'],
      summary: 'Write down what was said on the phone',
      operationId: 'noteOnTask',
      description:
        'It stands in the conversation, and nobody is sent it. `reached`: they have their answer by it, so whoever waits for one hears that; only whoever has the task can say so. The same idempotency key again is one note.',
      params: ourPath,
      headers: keyed,
      body: z.strictObject({
        agent,
        text: z.string().min(1).max(20_000).regex(/\S/, 'a text'),
        reached: z.boolean().default(false),
      }),
      response: { 200: task, ...refusals(404, 409, 422, ...bodyRefusals) },
    },
    handler: async ({ params: { id }, headers, body }) => {
      const { addSpan } = await deskOf(db, defaultTeam);
      const noted = await noteOnTask(db, {
        id: (await getTask(db, id))?.id ?? id,
        by: body.agent,
        key: headers['idempotency-key'],
        text: body.text,
        reached: body.reached,
        now: now(),
        addSpan,
      });
      const after = changedOr(id, noted);
      await tellPump(db, app.log);
      return shown(after);
    },
  });
}

const shownFollowUp = ({ dueAt, madeAt, ...rest }: FollowUp): z.output<typeof followUp> => ({
  ...rest,
  dueAt: iso(dueAt),
  madeAt: iso(madeAt),
});

function following(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/customers/:id/follow-ups',
    schema: {
      tags: ['people'],
      summary: 'What we are to be reminded of for a customer, the next first',
      operationId: 'followUpsOf',
      params: customerPath,
      response: { 200: followUps, ...refusals(404) },
    },
    handler: async ({ params: { id } }) => {
      if ((await getCustomer(db, id)) === null) throw noCustomer(id);
      return { items: (await followUpsOf(db, id)).map(shownFollowUp) };
    },
  });
  app.route({
    method: 'POST',
    url: '/v1/tasks/:id/follow-ups',
    schema: {
      tags: ['tasks'],
      summary: 'Set a reminder: at that instant it is a reason of the team’s task',
      operationId: 'setFollowUp',
      description: 'Also when the task is long done. The same idempotency key again is one reminder.',
      params: ourPath,
      headers: keyed,
      body: z.strictObject({ agent, about: line(500), dueAt: instant }),
      response: { 200: followUp, ...refusals(404, 422, ...bodyRefusals) },
    },
    handler: async ({ params: { id }, headers, body }) => {
      const dueAt = Date.parse(body.dueAt);
      if (dueAt <= now())
        refuseUnknown([
          {
            field: 'dueAt',
            expected: 'an instant later than now',
            value: body.dueAt,
            mend: 'Say when to be reminded.',
          },
        ]);
      const set = await setFollowUp(db, {
        ...{ taskId: (await getTask(db, id))?.id ?? id, by: body.agent, about: body.about, dueAt },
        ...{ key: headers['idempotency-key'], now: now() },
      });
      if (set === null) throw none(id);
      return shownFollowUp(set);
    },
  });
  app.route({
    method: 'DELETE',
    url: '/v1/tasks/:id/follow-ups/:key',
    schema: {
      tags: ['tasks'],
      summary: 'Take a reminder back, by the idempotency key it was set with',
      operationId: 'takeBackFollowUp',
      params: ourPath.extend({ key: ownKey }),
      response: { 204: z.null(), ...refusals(404) },
    },
    handler: async ({ params: { id, key } }, reply) => {
      if (!(await takeBackFollowUp(db, { taskId: id, key, now: now() })))
        throw new Problem('not-found', `There is no reminder '${key}' of task '${id}' that is still to come.`);
      return reply.code(204).send(null);
    },
  });
}
