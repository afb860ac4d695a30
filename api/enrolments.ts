/** Enrolments: who is on which journey, where they stand, and what they wait for. */
import { z } from 'zod';
import { cancelEnrolment, getEnrolment, listEnrolments, type Enrolment } from '../store/enrolments.ts';
import { actorOf } from './authenticate.ts';
import { page, readCursor } from './cursor.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { customerId, instant, iso, maybeInstant, maybeIso, name, ourPath, pageOf, paging, refusals } from './shapes.ts';
import { tellPump } from './tell-pump.ts';

const enrolment = z
  .object({
    id: z.string(),
    customerId: z.string(),
    journey: z.string(),
    version: z.number().int(),
    state: z.enum(['running', 'ended']),
    outcome: z.string().nullable().describe('What came of it, once it has ended'),
    step: z.string().nullable().describe('Where it stood when it last began to wait'),
    waitingFor: z.string().nullable(),
    wakeAt: maybeInstant.describe('When it goes on by itself'),
    delivered: z.number().int().describe('The number of the newest event that reached it'),
    heard: z.number().int().describe('The newest one it has taken'),
    startedAt: instant,
    parkedAt: maybeInstant,
    endedAt: maybeInstant,
  })
  .meta({ id: 'Enrolment' });

export function enrolments(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/enrolments',
    schema: {
      tags: ['enrolments'],
      summary: 'List enrolments, newest first',
      operationId: 'listEnrolments',
      querystring: z.strictObject({
        ...paging,
        customerId: customerId.optional(),
        journey: name.optional(),
        state: z.enum(['running', 'ended']).optional(),
      }),
      response: { 200: pageOf(enrolment), ...refusals(422) },
    },
    handler: async ({ query: { limit, after, customerId: customer, journey, state } }) => {
      const cursor = readCursor(after, ['number', 'string']);
      const rows = await listEnrolments(db, {
        limit: limit + 1,
        ...(customer !== undefined && { customerId: customer }),
        ...(journey !== undefined && { journey }),
        ...(state !== undefined && { state }),
        ...(cursor !== null && { after: { startedAt: cursor[0] as number, id: cursor[1] as string } }),
      });
      return page(rows, limit, shown, (row) => [row.startedAt, row.id]);
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/enrolments/:id',
    schema: {
      tags: ['enrolments'],
      summary: 'Get an enrolment',
      operationId: 'getEnrolment',
      params: ourPath,
      response: { 200: enrolment, ...refusals(404) },
    },
    handler: async ({ params: { id } }) => {
      const found = await getEnrolment(db, id);
      if (found === null) throw none(id);
      return shown(found);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/enrolments/:id/cancel',
    schema: {
      tags: ['enrolments'],
      summary: 'Cancel an enrolment',
      operationId: 'cancelEnrolment',
      description: 'The run is told, and ends as soon as it hears: what is not yet on its way is withdrawn.',
      params: ourPath,
      response: { 202: enrolment, ...refusals(404, 409) },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const done = await cancelEnrolment(db, id, actorOf(request), now());
      if ('refused' in done) {
        if (done.refused === 'unknown') throw none(id);
        throw new Problem('not-possible-now', `Enrolment ${id} has ended already.`);
      }
      await tellPump(db, app.log);
      const found = await getEnrolment(db, id);
      if (found === null) throw none(id);
      return reply.code(202).send(shown(found));
    },
  });
}

const none = (id: string): Problem => new Problem('not-found', `There is no enrolment '${id}'.`);

const shown = ({ startedAt, parkedAt, endedAt, wakeAt, ...stored }: Enrolment): z.output<typeof enrolment> => ({
  ...stored,
  wakeAt: maybeIso(wakeAt),
  startedAt: iso(startedAt),
  parkedAt: maybeIso(parkedAt),
  endedAt: maybeIso(endedAt),
});
