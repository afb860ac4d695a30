/** Conversations that are confidential: who says so, who reads them, and who did. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  confidenceOf,
  endConfidence,
  letIn,
  markConfidential,
  type Confidence,
} from '../store/confidence/confidence.ts';
import { readingsOf } from '../store/confidence/readings.ts';
import { getCustomer } from '../store/customers.ts';
import { actorOf } from './authenticate.ts';
import { confidenceAnswer, reading } from './confidence-shape.ts';
import { page, readCursor } from './cursor.ts';
import type { Api, ApiDeps } from './deps.ts';
import { refuseStranger } from './known-people.ts';
import { Problem } from './problems.ts';
import { agent, bodyRefusals, customerPath, iso, line, pageOf, paging, refusals } from './shapes.ts';
import { noCustomer } from './words-published.ts';

export function confidences(app: Api, deps: ApiDeps): void {
  marking(app, deps);
  lettingIn(app, deps);
  looking(app, deps);
}

const shown = (found: Confidence | null): z.output<typeof confidenceAnswer> => ({
  confidence: found && {
    ...found,
    at: iso(found.at),
    people: found.people.map(({ at, ...one }) => ({ ...one, at: iso(at) })),
  },
});

/** Its people say who else reads it; so does whoever leads, because somebody must when they are away. */
function refuseOutsider(request: FastifyRequest, { people }: Confidence): void {
  const person = request.caller?.person;
  if (person && (person.role === 'lead' || people.some((one) => one.agent === person.name))) return;
  const inside = people.map((one) => one.agent).join(', ');
  throw new Problem('confidential', `Only its people (${inside}) and leads change who reads this conversation.`);
}

function marking(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/customers/:id/confidence',
    schema: {
      tags: ['conversation'],
      summary: 'Whether the conversation is confidential, and who its people are',
      operationId: 'getConfidence',
      params: customerPath,
      response: { 200: confidenceAnswer, ...refusals(404) },
    },
    handler: async ({ params: { id } }) => {
      if ((await getCustomer(db, id)) === null) throw noCustomer(id);
      return shown(await confidenceOf(db, id));
    },
  });
  app.route({
    method: 'PUT',
    url: '/v1/customers/:id/confidence',
    schema: {
      tags: ['conversation'],
      summary: 'Mark a conversation confidential',
      operationId: 'markConfidential',
      description:
        'From then on only its people read what was said, and every reading is written down. Its people are whoever marks it, those named here, and whoever has a task of this customer. No API key reads it.',
      params: customerPath,
      body: z.strictObject({ reason: line(500), people: z.array(agent).max(50).default([]) }),
      response: { 200: confidenceAnswer, ...refusals(404, 422, ...bodyRefusals) },
    },
    handler: async (request) => {
      const { id } = request.params;
      const { reason, people } = request.body;
      for (const name of people) await refuseStranger(db, 'people', name);
      const before = await confidenceOf(db, id);
      if (before) refuseOutsider(request, before);
      const own = request.caller?.person?.name;
      const named = own === undefined ? people : [own, ...people];
      const marked = { reason, actor: actorOf(request), people: named, now: now() };
      if (!(await markConfidential(db, id, marked))) throw noCustomer(id);
      return shown(await confidenceOf(db, id));
    },
  });
  app.route({
    method: 'POST',
    url: '/v1/customers/:id/confidence/end',
    schema: {
      tags: ['conversation'],
      summary: 'A conversation is confidential no longer',
      operationId: 'endConfidence',
      params: customerPath,
      body: z.strictObject({ why: line(500) }),
      response: { 200: confidenceAnswer, ...refusals(404, ...bodyRefusals) },
    },
    handler: async (request) => {
      const { id } = request.params;
      const before = await confidenceOf(db, id);
      if (before) refuseOutsider(request, before);
      const lifted = { actor: actorOf(request), because: request.body.why, now: now() };
      if ((await endConfidence(db, id, lifted)) === null) throw noCustomer(id);
      return { confidence: null };
    },
  });
}

function lettingIn(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'PUT',
    url: '/v1/customers/:id/confidence/people/:who',
    schema: {
      tags: ['conversation'],
      summary: 'Let somebody read a confidential conversation',
      operationId: 'letIn',
      description: 'By one of its people, or by whoever leads; it is kept who did so and why.',
      params: customerPath.extend({ who: agent }),
      body: z.strictObject({ reason: line(500) }),
      response: { 200: confidenceAnswer, ...refusals(404, 409, 422, ...bodyRefusals) },
    },
    handler: async (request) => {
      const { id, who } = request.params;
      await refuseStranger(db, 'path.who', who);
      const before = await confidenceOf(db, id);
      if (before) refuseOutsider(request, before);
      const asked = { agent: who, by: actorOf(request), reason: request.body.reason, now: now() };
      if (!before || !(await letIn(db, id, asked)))
        throw new Problem('not-possible-now', `The conversation with '${id}' is not confidential.`);
      return shown(await confidenceOf(db, id));
    },
  });
}

function looking(app: Api, { db }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/customers/:id/readings',
    schema: {
      tags: ['conversation'],
      summary: 'Who read a confidential conversation, and who tried to, newest first',
      operationId: 'listReadings',
      params: customerPath,
      querystring: z.strictObject(paging),
      response: { 200: pageOf(reading), ...refusals(404, 422) },
    },
    handler: async ({ params: { id }, query: { limit, after } }) => {
      if ((await getCustomer(db, id)) === null) throw noCustomer(id);
      const [from] = readCursor(after, ['number']) ?? [null];
      const rows = await readingsOf(db, id, { after: from as number | null, limit: limit + 1 });
      return page(
        rows,
        limit,
        ({ number: _, at, until, ...row }) => ({ ...row, at: iso(at), until: iso(until) }),
        (row) => [row.number],
      );
    },
  });
}
