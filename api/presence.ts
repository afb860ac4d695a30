/** Who is at a customer right now, and 'I am calling'. */
import { z } from 'zod';
import { readPolicy } from '../core/budget/read-policy.ts';
import { getCustomer } from '../store/customers.ts';
import { latestDefinition } from '../store/definitions.ts';
import {
  bePresent,
  doings,
  leaveCustomer,
  presentAt,
  presentForSeconds,
  type Present,
} from '../store/presence/presence.ts';
import { startCall } from '../store/tasks/call.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { agent, bodyRefusals, customerPath, instant, iso, line, ownKey, refusals } from './shapes.ts';
import { warning } from './warning-shape.ts';
import { noCustomer } from './words-published.ts';

const present = z
  .object({
    agent,
    doing: z.enum(doings),
    since: instant.describe('Real time, also where the engine has a fast clock'),
  })
  .meta({ id: 'Present' });
const shown = ({ since, ...who }: Present): z.output<typeof present> => ({ ...who, since: iso(since) });
const all = z.object({ items: z.array(present) });

export function presence(app: Api, deps: ApiDeps): void {
  being(app, deps);
  calling(app, deps);
}

function being(app: Api, { db }: ApiDeps): void {
  app.route({
    method: 'PUT',
    url: '/v1/customers/:id/presence',
    schema: {
      tags: ['people'],
      summary: 'Say what somebody is doing with this customer, and see who else is there',
      description: `It is forgotten after ${presentForSeconds} s: say it again before.`,
      operationId: 'bePresent',
      params: customerPath,
      body: z.strictObject({ agent, doing: z.enum(doings) }),
      response: { 200: all, ...refusals(404, ...bodyRefusals) },
    },
    handler: async ({ params: { id }, body }) => {
      if ((await getCustomer(db, id)) === null) throw noCustomer(id);
      return { items: (await bePresent(db, id, body)).map(shown) };
    },
  });
  app.route({
    method: 'GET',
    url: '/v1/customers/:id/presence',
    schema: {
      tags: ['people'],
      summary: 'See who is at this customer right now',
      operationId: 'getPresence',
      params: customerPath,
      response: { 200: all, ...refusals(404) },
    },
    handler: async ({ params: { id } }) => {
      if ((await getCustomer(db, id)) === null) throw noCustomer(id);
      return { items: (await presentAt(db, id)).map(shown) };
    },
  });
  app.route({
    method: 'DELETE',
    url: '/v1/customers/:id/presence/:agent',
    schema: {
      tags: ['people'],
      summary: 'Say that somebody has left this customer',
      operationId: 'leaveCustomer',
      params: customerPath.extend({ agent }),
      response: { 204: z.null(), ...refusals(404) },
    },
    handler: async ({ params: { id, agent: who } }, reply) => {
      if ((await getCustomer(db, id)) === null) throw noCustomer(id);
      await leaveCustomer(db, id, who);
      return reply.code(204).send(null);
    },
  });
}

function calling(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'POST',
    url: '/v1/customers/:id/calls',
    schema: {
      tags: ['people'],
      summary: 'Say that somebody is calling this customer now: it is counted like any touch',
      description:
        'Never blocked, only warned about: where there are warnings and no `why`, nothing is counted and the warnings are told; the same again with a `why` goes through, and designers read it. The same idempotency key again is one call.',
      operationId: 'startCall',
      params: customerPath,
      headers: z.object({ 'idempotency-key': ownKey }),
      body: z.strictObject({ agent, why: line(500).optional().describe('Why they go on although they were warned') }),
      response: {
        200: z.object({
          counted: z.boolean().describe('False: they were warned, and nothing is counted yet'),
          touchId: z.string().nullable(),
          warnings: z.array(warning),
        }),
        ...refusals(404, 409, ...bodyRefusals),
      },
    },
    handler: async ({ params: { id }, headers, body }) => {
      const policy = await latestDefinition(db, 'policy');
      if (!policy)
        throw new Problem('not-possible-now', 'Nothing is published yet: there is no policy to count this by.');
      const called = await startCall(db, {
        ...{ customerId: id, agent: body.agent, why: body.why ?? null, key: headers['idempotency-key'], now: now() },
        policy: readPolicy(policy.data, policy.number),
      });
      if (called.is === 'unknown-customer') throw noCustomer(id);
      const touchId = called.is === 'counted' ? called.touchId : null;
      return { counted: touchId !== null, touchId, warnings: [...called.warnings] };
    },
  });
}
