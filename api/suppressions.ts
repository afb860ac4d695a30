/** Stops: who must not be contacted on a channel, or on any. */
import { z } from 'zod';
import { liftSuppression, suppress, suppressionsOf, type Suppression } from '../store/consents.ts';
import { getCustomer } from '../store/customers.ts';
import { actorOf } from './authenticate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { bodyRefusals, channel, customerId, customerPath, instant, iso, line, refusals } from './shapes.ts';
import { noCustomer } from './words-published.ts';

const where = channel.or(z.literal('all')).describe("A channel, or 'all'");
const suppression = z
  .object({ channel: where, reason: z.string(), actor: z.string(), at: instant })
  .meta({ id: 'Suppression' });
const all = z.object({ items: z.array(suppression) });

export function suppressions(app: Api, { db, now }: ApiDeps): void {
  const holding = async (id: string): Promise<z.output<typeof all>> => {
    if ((await getCustomer(db, id)) === null) throw noCustomer(id);
    return { items: (await suppressionsOf(db, id)).map(shown) };
  };

  app.route({
    method: 'GET',
    url: '/v1/customers/:id/suppressions',
    schema: {
      tags: ['customers'],
      summary: 'List the stops that hold',
      operationId: 'listSuppressions',
      params: customerPath,
      response: { 200: all, ...refusals(404) },
    },
    handler: ({ params: { id } }) => holding(id),
  });

  app.route({
    method: 'POST',
    url: '/v1/customers/:id/suppressions',
    schema: {
      tags: ['customers'],
      summary: 'Stop all contact on a channel, or on all',
      operationId: 'suppress',
      params: customerPath,
      body: z.strictObject({ channel: where, reason: line(500) }),
      response: { 201: all, ...refusals(404, ...bodyRefusals) },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const done = await suppress(db, id, { ...request.body, actor: actorOf(request), at: now() });
      if ('refused' in done) throw noCustomer(id);
      return reply.code(201).send(await holding(id));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/customers/:id/suppressions/:channel',
    schema: {
      tags: ['customers'],
      summary: 'Lift a stop',
      operationId: 'liftSuppression',
      description: 'Answers with the stops that still hold. Lifting one that does not hold changes nothing.',
      params: z.strictObject({ id: customerId, channel: where }),
      response: { 200: all, ...refusals(404) },
    },
    handler: async ({ params: { id, channel: from } }) => {
      if ('refused' in (await liftSuppression(db, id, from, now()))) throw noCustomer(id);
      return holding(id);
    },
  });
}

const shown = (stored: Suppression): z.output<typeof suppression> => ({ ...stored, at: iso(stored.at) });
